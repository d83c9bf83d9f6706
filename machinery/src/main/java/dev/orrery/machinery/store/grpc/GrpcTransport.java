package dev.orrery.machinery.store.grpc;

import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.machinery.store.StoreUnavailableException;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.store.Verb;
import dev.orrery.machinery.time.Clock;
import dev.orrery.proto.BatchResponse;
import dev.orrery.proto.CallResponse;
import dev.orrery.proto.SnapshotChunk;
import dev.orrery.proto.StoreGrpc;
import dev.orrery.proto.StoreGrpc.StoreStub;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Calls over one HTTP/2 connection, as many at a time as there are callers. The caller waits, and
 * should be a virtual thread; the channel's thread only hands answers over.
 *
 * <p>A call made while the api-server is away waits for it, up to its deadline. A read that was
 * lost on the way is sent again; a write is not, since it may have happened.
 */
public final class GrpcTransport implements Transport, AutoCloseable {

    private static final long CALL_SECONDS = 30;

    /** A snapshot is the state of the cluster. */
    private static final long SNAPSHOT_SECONDS = 120;

    /** A list of some ten thousand objects; a single object is at most 3 MiB. */
    private static final int MESSAGE_LIMIT = 128 << 20;

    private static final int READ_ATTEMPTS = 3;

    private final ManagedChannel channel;
    private final StoreStub store;
    private final String userAgent;

    /**
     * @param addresses {@code host:port}, several with commas between: any of them answers any call
     * @param userAgent {@code kube-scheduler/v1.36.0}
     * @throws java.io.UncheckedIOException if the credentials cannot be read (yet)
     */
    public GrpcTransport(String addresses, Credentials credentials, String userAgent, Clock clock) {
        this.channel =
                Addresses.channel(addresses)
                        .sslContext(credentials.client())
                        .defaultLoadBalancingPolicy("round_robin")
                        .maxInboundMessageSize(MESSAGE_LIMIT)
                        .userAgent(userAgent)
                        .directExecutor()
                        .build();
        this.store = StoreGrpc.newStub(channel).withWaitForReady();
        this.userAgent = userAgent;
        new Reconnect(channel, clock).start();
    }

    @Override
    public Answer call(Call call) {
        List<CallResponse> messages =
                send(
                        isRead(call.verb()) ? READ_ATTEMPTS : 1,
                        CALL_SECONDS,
                        (stub, reply) -> stub.call(Messages.request(call, userAgent), reply));
        return Messages.answer(messages.getFirst());
    }

    @Override
    public List<Answer> batch(List<Call> calls) {
        List<BatchResponse> messages =
                send(
                        1,
                        CALL_SECONDS,
                        (stub, reply) -> stub.batch(Messages.request(calls, userAgent), reply));
        return messages.getFirst().getAnswersList().stream().map(Messages::answer).toList();
    }

    @Override
    public Snapshot snapshot(Set<GroupResource> resources) {
        List<SnapshotChunk> chunks =
                send(
                        1,
                        SNAPSHOT_SECONDS,
                        (stub, reply) -> stub.snapshot(Messages.request(resources), reply));
        return Messages.snapshot(chunks);
    }

    /** Whether an api-server is connected, as far as is known here. */
    public boolean isConnected() {
        return channel.getState(false) == ConnectivityState.READY;
    }

    /** Calls that wait end with {@link StoreUnavailableException}. */
    @Override
    public void close() {
        channel.shutdownNow();
    }

    private <T> List<T> send(int attempts, long seconds, Sending<T> sending) {
        for (int attempt = 1; ; attempt++) {
            Reply<T> reply = new Reply<>();
            sending.send(store.withDeadlineAfter(seconds, TimeUnit.SECONDS), reply);
            try {
                return notEmpty(reply.await());
            } catch (Reply.FailedException e) {
                if (attempt == attempts || !e.isUnavailable()) {
                    throw new StoreUnavailableException("no answer: " + e.getMessage(), e);
                }
            }
        }
    }

    private static <T> List<T> notEmpty(List<T> messages) {
        if (messages.isEmpty()) {
            throw new StoreUnavailableException("no answer: the call ended without one", null);
        }
        return messages;
    }

    private static boolean isRead(Verb verb) {
        return verb == Verb.GET || verb == Verb.LIST;
    }

    @FunctionalInterface
    private interface Sending<T> {

        void send(StoreStub stub, Reply<T> reply);
    }
}
