package dev.orrery.apiserver.edge;

import dev.orrery.apiserver.user.User;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Takes the user of a gRPC call from the connection's certificate. */
final class CallerUser implements ServerInterceptor {

    private static final Context.Key<User> USER = Context.key("dev.orrery.user");

    static User current() {
        User user = USER.get();
        return user == null ? User.ANONYMOUS : user;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        User user = Users.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        return Contexts.interceptCall(Context.current().withValue(USER, user), call, headers, next);
    }
}
