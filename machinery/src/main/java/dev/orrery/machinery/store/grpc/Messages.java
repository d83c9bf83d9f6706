package dev.orrery.machinery.store.grpc;

import com.google.protobuf.UnsafeByteOperations;
import dev.orrery.machinery.log.GroupResource;
import dev.orrery.machinery.log.ObjectKey;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.Call;
import dev.orrery.machinery.store.Snapshot;
import dev.orrery.proto.BatchRequest;
import dev.orrery.proto.CallRequest;
import dev.orrery.proto.CallResponse;
import dev.orrery.proto.Resource;
import dev.orrery.proto.SnapshotChunk;
import dev.orrery.proto.SnapshotObject;
import dev.orrery.proto.SnapshotRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Calls and answers as the messages of {@code store.proto}. */
final class Messages {

    private Messages() {}

    static CallRequest request(Call call, String userAgent) {
        return CallRequest.newBuilder()
                .setVerb(call.verb().toString())
                .setGroup(call.group())
                .setVersion(call.version())
                .setResource(call.resource())
                .setSubresource(call.subresource())
                .setNamespace(call.namespace())
                .setName(call.name())
                .setBody(UnsafeByteOperations.unsafeWrap(call.body()))
                .setContentType(call.contentType())
                .putAllOptions(call.options())
                .setActingAs(call.actingAs())
                .setUserAgent(userAgent)
                .addAllCause(call.origin().cause())
                .setSeen(call.origin().seen())
                .setTraceparent(call.origin().traceparent())
                .build();
    }

    static BatchRequest request(List<Call> calls, String userAgent) {
        BatchRequest.Builder request = BatchRequest.newBuilder();
        calls.forEach(call -> request.addCalls(request(call, userAgent)));
        return request.build();
    }

    static Answer answer(CallResponse response) {
        return new Answer(
                response.getCode(),
                response.getBody().toByteArray(),
                response.getResourceVersion());
    }

    static SnapshotRequest request(Set<GroupResource> resources) {
        SnapshotRequest.Builder request = SnapshotRequest.newBuilder();
        for (GroupResource resource : resources) {
            request.addResources(
                    Resource.newBuilder()
                            .setGroup(resource.group())
                            .setResource(resource.resource()));
        }
        return request.build();
    }

    /**
     * @param chunks of one snapshot, at least one
     */
    static Snapshot snapshot(List<SnapshotChunk> chunks) {
        List<Snapshot.Item> items = new ArrayList<>();
        for (SnapshotChunk chunk : chunks) {
            for (SnapshotObject object : chunk.getObjectsList()) {
                items.add(item(object));
            }
        }
        return new Snapshot(chunks.getFirst().getResourceVersion(), items);
    }

    private static Snapshot.Item item(SnapshotObject object) {
        return new Snapshot.Item(
                ObjectKey.parse(object.getKey()),
                object.getResourceVersion(),
                object.getValue().toByteArray());
    }
}
