package dev.orrery.apiserver.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * HTTP from the api-server to what runs in the cluster: webhooks behind Services, aggregated APIs.
 * One request, one connection. Nothing here waits; the caller bounds the time by giving up, and the
 * connection ends with {@link Exchange#cancel}.
 */
public interface ClusterHttp {

    /** Where there is no network. */
    ClusterHttp NONE = _ -> new Unreachable();

    Exchange send(Call call);

    /** What never begins. */
    final class Unreachable implements Exchange {

        @Override
        public CompletionStage<Reply> reply() {
            return CompletableFuture.failedFuture(
                    new FailedException("connect: network is unreachable"));
        }

        @Override
        public void cancel() {}
    }

    /** A request under way. */
    interface Exchange {

        /** Fails with a {@link FailedException}. */
        CompletionStage<Reply> reply();

        void cancel();
    }

    /**
     * One request.
     *
     * @param address of the Service or pod; the connection goes there
     * @param path with the query
     * @param host for the Host header, with the port where it is not the usual one
     * @param security null for plain HTTP
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares calls
    record Call(
            String address,
            int port,
            String method,
            String path,
            String host,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable Security security) {}

    /**
     * How the server proves who it is.
     *
     * @param serverName that its certificate must be for
     * @param authorities PEM; empty for none that would be trusted
     * @param verify whether it need prove anything at all
     * @param asApiServer whether the api-server shows its own certificate
     */
    record Security(String serverName, String authorities, boolean verify, boolean asApiServer) {}

    /** The whole answer. */
    @SuppressWarnings("ArrayRecordComponent") // bytes are kept once; nobody compares replies
    record Reply(int code, Map<String, List<String>> headers, byte[] body) {}

    /** There was no answer; the message says why as Go's HTTP client does. */
    final class FailedException extends RuntimeException {

        public FailedException(String why) {
            super(why);
        }
    }
}
