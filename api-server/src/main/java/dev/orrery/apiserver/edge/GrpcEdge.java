package dev.orrery.apiserver.edge;

import com.google.protobuf.UnsafeByteOperations;
import dev.orrery.apiserver.ApiServer;
import dev.orrery.apiserver.request.ApiResponse;
import dev.orrery.apiserver.status.Failures;
import dev.orrery.apiserver.status.StatusException;
import dev.orrery.apiserver.user.User;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Origin;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.Verb;
import dev.orrery.proto.BatchRequest;
import dev.orrery.proto.BatchResponse;
import dev.orrery.proto.CallRequest;
import dev.orrery.proto.CallResponse;
import dev.orrery.proto.SnapshotChunk;
import dev.orrery.proto.SnapshotObject;
import dev.orrery.proto.SnapshotRequest;
import dev.orrery.proto.StoreGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Components' calls to the core and back, on the channel's threads: nothing here waits. */
final class GrpcEdge implements StoreGrpc.AsyncService {

    /** Large enough to be few, small enough to be sent while the next is made. */
    private static final int CHUNK_BYTES = 1 << 20;

    private final Supplier<@Nullable ApiServer> server;

    /**
     * @param server null while the core is starting
     */
    GrpcEdge(Supplier<@Nullable ApiServer> server) {
        this.server = server;
    }

    @Override
    public void call(CallRequest request, StreamObserver<CallResponse> observer) {
        answer(List.of(request), observer, List::getFirst);
    }

    @Override
    public void batch(BatchRequest request, StreamObserver<BatchResponse> observer) {
        answer(
                request.getCallsList(),
                observer,
                answers -> BatchResponse.newBuilder().addAllAnswers(answers).build());
    }

    private <T> void answer(
            List<CallRequest> requests,
            StreamObserver<T> observer,
            Function<List<CallResponse>, T> message) {
        ApiServer ready = server.get();
        User user = CallerUser.current();
        if (ready == null || user.isAnonymous()) {
            observer.onError(refused(ready).asRuntimeException());
            return;
        }
        List<Call> calls;
        try {
            calls = requests.stream().map(GrpcEdge::read).toList();
        } catch (IllegalArgumentException e) {
            observer.onError(Status.INVALID_ARGUMENT.withCause(e).asRuntimeException());
            return;
        }
        List<CompletableFuture<CallResponse>> answers = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            answers.add(
                    ready.call(calls.get(i), user, requests.get(i).getUserAgent())
                            .thenApply(GrpcEdge::answer)
                            .toCompletableFuture());
        }
        var _ =
                CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                        .thenRun(() -> {
                            observer.onNext(
                                    message.apply(
                                            answers.stream()
                                                    .map(CompletableFuture::join)
                                                    .toList()));
                            observer.onCompleted();
                        });
    }

    private static Status refused(@Nullable ApiServer ready) {
        return ready == null
                ? Status.UNAVAILABLE.withDescription("the api-server is starting")
                : Status.UNAUTHENTICATED.withDescription("no certificate");
    }

    private static Call read(CallRequest request) {
        return new Call(
                verb(request.getVerb()),
                request.getGroup(),
                request.getVersion(),
                request.getResource(),
                request.getSubresource(),
                request.getNamespace(),
                request.getName(),
                request.getBody().toByteArray(),
                request.getContentType(),
                request.getOptionsMap(),
                request.getActingAs(),
                new Origin(request.getCauseList(), request.getSeen(), request.getTraceparent()));
    }

    private static Verb verb(String text) {
        return text.equals("deletecollection")
                ? Verb.DELETE_COLLECTION
                : Verb.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static CallResponse answer(ApiResponse response) {
        return CallResponse.newBuilder()
                .setCode(response.code())
                .setBody(UnsafeByteOperations.unsafeWrap(response.body()))
                .setResourceVersion(response.resourceVersion())
                .build();
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotChunk> observer) {
        ApiServer ready = server.get();
        if (ready == null || CallerUser.current().isAnonymous()) {
            observer.onError(refused(ready).asRuntimeException());
            return;
        }
        Set<GroupResource> resources =
                request.getResourcesList().stream()
                        .map(one -> new GroupResource(one.getGroup(), one.getResource()))
                        .collect(Collectors.toSet());
        ready.snapshot(resources, CallerUser.current())
                .whenComplete((snapshot, failure) -> {
                    if (failure == null) {
                        send(snapshot, observer);
                    } else {
                        observer.onError(refused(Failures.of(failure)).asRuntimeException());
                    }
                });
    }

    private static Status refused(StatusException reason) {
        Status status = reason.code() == 403 ? Status.PERMISSION_DENIED : Status.UNAVAILABLE;
        return status.withDescription(reason.message());
    }

    private static void send(Snapshot snapshot, StreamObserver<SnapshotChunk> observer) {
        SnapshotChunk.Builder chunk = chunk(snapshot);
        int bytes = 0;
        for (Snapshot.Item item : snapshot.objects()) {
            chunk.addObjects(
                    SnapshotObject.newBuilder()
                            .setKey(item.key().logKey())
                            .setResourceVersion(item.resourceVersion())
                            .setValue(UnsafeByteOperations.unsafeWrap(item.value())));
            bytes += item.value().length;
            if (bytes > CHUNK_BYTES) {
                observer.onNext(chunk.build());
                chunk = chunk(snapshot);
                bytes = 0;
            }
        }
        observer.onNext(chunk.build()); // also where there is nothing: it carries the version
        observer.onCompleted();
    }

    private static SnapshotChunk.Builder chunk(Snapshot snapshot) {
        return SnapshotChunk.newBuilder().setResourceVersion(snapshot.resourceVersion());
    }
}
