package dev.orrery.kubelet.agent;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Turns away whoever does not show an api-server's certificate. */
final class ApiServersOnly implements ServerInterceptor {

    private static final String API_SERVER = "CN=kube-apiserver";

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        if (isApiServer(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))) {
            return next.startCall(call, headers);
        }
        call.close(
                Status.PERMISSION_DENIED.withDescription("only an api-server may ask"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static boolean isApiServer(@Nullable SSLSession session) {
        if (session == null) {
            return false;
        }
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    && Arrays.asList(certificate.getSubjectX500Principal().getName().split(","))
                            .contains(API_SERVER);
        } catch (SSLPeerUnverifiedException _) {
            return false;
        }
    }
}
