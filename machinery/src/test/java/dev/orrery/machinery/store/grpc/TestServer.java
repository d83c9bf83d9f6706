package dev.orrery.machinery.store.grpc;

import com.google.protobuf.ByteString;
import dev.orrery.proto.BatchRequest;
import dev.orrery.proto.BatchResponse;
import dev.orrery.proto.CallRequest;
import dev.orrery.proto.CallResponse;
import dev.orrery.proto.SnapshotChunk;
import dev.orrery.proto.SnapshotObject;
import dev.orrery.proto.SnapshotRequest;
import dev.orrery.proto.StoreGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An api-server's gRPC side that answers every call with the call's own body. */
final class TestServer extends StoreGrpc.StoreImplBase implements AutoCloseable {

    final List<CallRequest> calls = new CopyOnWriteArrayList<>();

    /** So many next calls are lost: they are counted, and get no answer. */
    final AtomicInteger losing = new AtomicInteger();

    private final Server server;

    /**
     * @param port 0 for any
     */
    TestServer(TestPki pki, int port) throws IOException {
        Path directory = pki.directory();
        server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .sslContext(
                                GrpcSslContexts.forServer(
                                                directory.resolve("server.crt").toFile(),
                                                directory.resolve("server.key").toFile())
                                        .trustManager(directory.resolve("ca.crt").toFile())
                                        .clientAuth(ClientAuth.REQUIRE)
                                        .build())
                        .directExecutor()
                        .addService(this)
                        .build()
                        .start();
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void call(CallRequest request, StreamObserver<CallResponse> answer) {
        calls.add(request);
        if (losing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer.onError(Status.UNAVAILABLE.withDescription("lost").asRuntimeException());
            return;
        }
        answer.onNext(
                CallResponse.newBuilder()
                        .setCode(200)
                        .setBody(request.getBody())
                        .setResourceVersion(calls.size())
                        .build());
        answer.onCompleted();
    }

    @Override
    public void batch(BatchRequest request, StreamObserver<BatchResponse> answer) {
        BatchResponse.Builder answers = BatchResponse.newBuilder();
        for (CallRequest each : request.getCallsList()) {
            calls.add(each);
            answers.addAnswers(
                    CallResponse.newBuilder().setCode(200).setResourceVersion(calls.size()));
        }
        answer.onNext(answers.build());
        answer.onCompleted();
    }

    @Override
    public void snapshot(SnapshotRequest request, StreamObserver<SnapshotChunk> answer) {
        for (var resource : request.getResourcesList()) {
            String group = resource.getGroup().isEmpty() ? "core" : resource.getGroup();
            String key = "/" + group + "/" + resource.getResource() + "/-/a";
            answer.onNext(
                    SnapshotChunk.newBuilder()
                            .setResourceVersion(42)
                            .addObjects(
                                    SnapshotObject.newBuilder()
                                            .setKey(key)
                                            .setResourceVersion(7)
                                            .setValue(ByteString.copyFromUtf8("{}")))
                            .build());
        }
        answer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
