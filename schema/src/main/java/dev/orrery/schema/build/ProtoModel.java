package dev.orrery.schema.build;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.IntStr;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Flowcontrol;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Node;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Resource;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protobuf messages of the stable API groups: packages, field numbers, special types. */
final class ProtoModel {

    private static final List<FileDescriptor> FILES =
            List.of(
                    IntStr.getDescriptor(),
                    Meta.getDescriptor(),
                    Resource.getDescriptor(),
                    Runtime.getDescriptor(),
                    V1.getDescriptor(),
                    V1Admissionregistration.getDescriptor(),
                    V1Apiextensions.getDescriptor(),
                    V1Apps.getDescriptor(),
                    V1Authentication.getDescriptor(),
                    V1Authorization.getDescriptor(),
                    V1Autoscaling.getDescriptor(),
                    V2Autoscaling.getDescriptor(),
                    V1Batch.getDescriptor(),
                    V1Certificates.getDescriptor(),
                    V1Coordination.getDescriptor(),
                    V1Discovery.getDescriptor(),
                    V1Events.getDescriptor(),
                    V1Flowcontrol.getDescriptor(),
                    V1Networking.getDescriptor(),
                    V1Node.getDescriptor(),
                    V1Policy.getDescriptor(),
                    V1Rbac.getDescriptor(),
                    V1Resource.getDescriptor(),
                    V1Scheduling.getDescriptor(),
                    V1Storage.getDescriptor());

    private final Map<String, List<Descriptor>> byGoName = new HashMap<>();

    ProtoModel() {
        for (FileDescriptor file : FILES) {
            for (Descriptor message : file.getMessageTypes()) {
                byGoName.computeIfAbsent(message.getName(), name -> new ArrayList<>()).add(message);
            }
        }
    }

    /**
     * The message of a Java model class.
     *
     * @param group the part of the class' name that tells equal names apart; mostly empty
     */
    @Nullable Descriptor message(String group, String version, String goName) {
        List<Descriptor> found =
                byGoName.getOrDefault(goName, List.of()).stream()
                        .filter(m -> m.getFullName().contains("." + group))
                        .filter(m -> m.getFullName().contains("." + version + "."))
                        .toList();
        if (found.size() > 1) {
            // The core group still has the message of a type that moved to meta.
            return found.stream()
                    .filter(message -> message.getFullName().contains(".meta."))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(goName + " is in several groups"));
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /**
     * {@code k8s.io.api.apps.v1.Deployment} is {@code io.k8s.api.apps.v1.Deployment} in OpenAPI.
     */
    static String openApiName(Descriptor message) {
        return "io.k8s"
                + message.getFullName()
                        .substring("k8s.io".length())
                        .replace("_apiserver", "-apiserver");
    }

    /** Names differ between JSON and protobuf in case and signs only: aPIGroup, apiGroup. */
    static @Nullable FieldDescriptor field(Descriptor message, String jsonName) {
        return message.getFields().stream()
                .filter(field -> plain(field.getName()).equals(plain(jsonName)))
                .findFirst()
                .orElse(null);
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
