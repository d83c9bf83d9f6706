package dev.orrery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What another implementation writes in protobuf is read as the same object in JSON. */
class ProtobufTest {

    static Stream<Arguments> objects() {
        return Stream.of(
                object(
                        "",
                        "Namespace",
                        V1.Namespace.getDefaultInstance(),
                        """
                        metadata { name: 'a' generateName: '' uid: '' generation: 0 creationTimestamp {} }
                        spec {}
                        status { phase: '' }
                        """,
                        "{'metadata':{'name':'a'},'spec':{},'status':{}}"),
                object(
                        "apps",
                        "Deployment",
                        V1Apps.Deployment.getDefaultInstance(),
                        """
                        metadata { name: 'a' creationTimestamp { seconds: 1600000000 nanos: 0 } }
                        spec {
                          replicas: 0
                          selector { matchLabels { key: 'app' value: 'a' } }
                          template {
                            metadata { labels { key: 'app' value: 'a' } }
                            spec { containers { name: 'c' image: 'nginx' tty: false } }
                          }
                          strategy {
                            type: 'RollingUpdate'
                            rollingUpdate {
                              maxUnavailable { type: 1 intVal: 0 strVal: '25%' }
                              maxSurge { type: 0 intVal: 0 strVal: '' }
                            }
                          }
                          paused: false
                          minReadySeconds: 0
                        }
                        """,
                        """
                        {'metadata':{'name':'a','creationTimestamp':'2020-09-13T12:26:40Z'},
                         'spec':{'replicas':0,'selector':{'matchLabels':{'app':'a'}},
                          'template':{'metadata':{'labels':{'app':'a'}},
                           'spec':{'containers':[{'name':'c','image':'nginx'}]}},
                          'strategy':{'type':'RollingUpdate',
                           'rollingUpdate':{'maxUnavailable':'25%','maxSurge':0}}}}
                        """),
                object(
                        "",
                        "Pod",
                        V1.Pod.getDefaultInstance(),
                        POD,
                        """
                        {'metadata':{'name':'a','ownerReferences':[{'kind':'ReplicaSet','name':'r',
                          'uid':'u','apiVersion':'apps/v1','controller':true}]},
                         'spec':{
                          'volumes':[{'name':'v','emptyDir':{'sizeLimit':'1Gi'}},
                           {'name':'w','configMap':{'name':'m','defaultMode':420}},
                           {'name':'x','projected':{'sources':[
                            {'serviceAccountToken':{'path':'t'}},
                            {'configMap':{'name':'n','items':[{'key':'k','path':'p'}]}}]}}],
                          'containers':[{'name':'c','ports':[{'containerPort':80}],
                           'env':[{'name':'E','valueFrom':{'secretKeyRef':
                             {'name':'s','key':'k','optional':false}}},
                            {'name':'F','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}],
                           'envFrom':[{'configMapRef':{'name':'g'}}],
                           'resources':{'limits':{'cpu':'500m','memory':'1Mi'}},
                           'livenessProbe':{'httpGet':{'path':'/','port':'http'},'periodSeconds':5},
                           'lifecycle':{'preStop':{'exec':{'command':['a','b']}}},
                           'securityContext':{'capabilities':{'add':['ALL']},'runAsUser':0}}],
                          'terminationGracePeriodSeconds':0,'hostNetwork':true,
                          'tolerations':[{'key':'k','operator':'Exists','tolerationSeconds':300}],
                          'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':
                           {'nodeSelectorTerms':[{'matchExpressions':[
                            {'key':'k','operator':'In','values':['v']}]}]}}},
                          'ephemeralContainers':[
                           {'name':'e','image':'i','targetContainerName':'c'}]}}
                        """),
                object(
                        "",
                        "Service",
                        V1.Service.getDefaultInstance(),
                        """
                        metadata { name: 'a' }
                        spec {
                          ports { port: 80 nodePort: 0 name: '' targetPort { type: 1 strVal: 'web' } }
                          selector { key: 'app' value: 'a' }
                          externalIPs: '1.2.3.4'
                          publishNotReadyAddresses: false
                          internalTrafficPolicy: 'Local'
                        }
                        """,
                        """
                        {'metadata':{'name':'a'},'spec':{'ports':[{'port':80,'targetPort':'web'}],
                         'selector':{'app':'a'},'externalIPs':['1.2.3.4'],
                         'internalTrafficPolicy':'Local'}}
                        """),
                object(
                        "batch",
                        "Job",
                        V1Batch.Job.getDefaultInstance(),
                        """
                        metadata { name: 'a' }
                        spec { parallelism: 2 suspend: false ttlSecondsAfterFinished: 0 }
                        """,
                        """
                        {'metadata':{'name':'a'},
                         'spec':{'parallelism':2,'suspend':false,'ttlSecondsAfterFinished':0}}
                        """),
                object(
                        "",
                        "Secret",
                        V1.Secret.getDefaultInstance(),
                        "metadata { name: 'a' } data { key: 'k' value: 'hello' } type: 'Opaque'",
                        "{'metadata':{'name':'a'},'data':{'k':'aGVsbG8='},'type':'Opaque'}"),
                object(
                        "networking.k8s.io",
                        "Ingress",
                        V1Networking.Ingress.getDefaultInstance(),
                        """
                        spec { rules { host: 'h' ingressRuleValue { http { paths { path: '/' } } } } }
                        """,
                        "{'spec':{'rules':[{'host':'h','http':{'paths':[{'path':'/'}]}}]}}"),
                object(
                        "",
                        "PersistentVolume",
                        V1.PersistentVolume.getDefaultInstance(),
                        """
                        spec {
                          capacity { key: 'storage' value { string: '1Gi' } }
                          persistentVolumeSource { hostPath { path: '/d' } }
                        }
                        """,
                        "{'spec':{'capacity':{'storage':'1Gi'},'hostPath':{'path':'/d'}}}"),
                object(
                        "policy",
                        "Eviction",
                        V1Policy.Eviction.getDefaultInstance(),
                        """
                        metadata { name: 'a' }
                        deleteOptions {
                          gracePeriodSeconds: 0
                          preconditions { uid: 'u' resourceVersion: '5' }
                        }
                        """,
                        """
                        {'metadata':{'name':'a'},'deleteOptions':{'gracePeriodSeconds':0,
                         'preconditions':{'uid':'u','resourceVersion':'5'}}}
                        """),
                object(
                        "authorization.k8s.io",
                        "SubjectAccessReview",
                        V1Authorization.SubjectAccessReview.getDefaultInstance(),
                        "spec { user: 'u' extra { key: 'e' value { items: 'x' items: 'y' } } }",
                        "{'spec':{'user':'u','extra':{'e':['x','y']}}}"),
                object(
                        "coordination.k8s.io",
                        "Lease",
                        V1Coordination.Lease.getDefaultInstance(),
                        "spec { renewTime { seconds: 1600000000 nanos: 1234000 } }",
                        "{'spec':{'renewTime':'2020-09-13T12:26:40.001234Z'}}"),
                object(
                        "apps",
                        "ControllerRevision",
                        V1Apps.ControllerRevision.getDefaultInstance(),
                        "data { raw: '{\"spec\":{\"a\":[1]}}' } revision: 1",
                        "{'data':{'spec':{'a':[1]}},'revision':1}"),
                object(
                        "apiextensions.k8s.io",
                        "CustomResourceDefinition",
                        V1Apiextensions.CustomResourceDefinition.getDefaultInstance(),
                        """
                        spec {
                          group: 'g'
                          versions {
                            name: 'v1' served: true storage: false
                            schema { openAPIV3Schema {
                              type: 'object'
                              default { raw: '{"a":[1]}' }
                              minimum: 1.5
                              properties { key: 'p' value {
                                items { schema { type: 'string' } }
                                additionalProperties { allows: false }
                              } }
                              xKubernetesPreserveUnknownFields: true
                            } }
                          }
                        }
                        """,
                        """
                        {'spec':{'group':'g','versions':[{'name':'v1','served':true,'storage':false,
                         'schema':{'openAPIV3Schema':{'type':'object','default':{'a':[1]},
                          'minimum':1.5,
                          'properties':{'p':{'items':{'type':'string'},'additionalProperties':false}},
                          'x-kubernetes-preserve-unknown-fields':true}}}]}}
                        """));
    }

    private static final String POD =
            """
            metadata {
              name: 'a'
              ownerReferences {
                kind: 'ReplicaSet' name: 'r' uid: 'u' apiVersion: 'apps/v1' controller: true
              }
            }
            spec {
              volumes {
                name: 'v' volumeSource { emptyDir { medium: '' sizeLimit { string: '1024Mi' } } }
              }
              volumes {
                name: 'w'
                volumeSource { configMap { localObjectReference { name: 'm' } defaultMode: 420 } }
              }
              volumes {
                name: 'x'
                volumeSource { projected {
                  sources { serviceAccountToken { path: 't' } }
                  sources { configMap {
                    localObjectReference { name: 'n' } items { key: 'k' path: 'p' }
                  } }
                } }
              }
              containers {
                name: 'c'
                ports { name: '' hostPort: 0 containerPort: 80 }
                env {
                  name: 'E' value: ''
                  valueFrom { secretKeyRef {
                    localObjectReference { name: 's' } key: 'k' optional: false
                  } }
                }
                env { name: 'F' valueFrom { fieldRef { fieldPath: 'metadata.name' } } }
                envFrom { configMapRef { localObjectReference { name: 'g' } } }
                resources {
                  limits { key: 'cpu' value { string: '0.5' } }
                  limits { key: 'memory' value { string: '1024Ki' } }
                }
                livenessProbe {
                  handler { httpGet { path: '/' host: '' port { type: 1 strVal: 'http' } } }
                  periodSeconds: 5 timeoutSeconds: 0
                }
                lifecycle { preStop { exec { command: 'a' command: 'b' } } }
                securityContext { capabilities { add: 'ALL' } runAsUser: 0 }
              }
              terminationGracePeriodSeconds: 0
              hostNetwork: true
              hostPID: false
              tolerations { key: 'k' operator: 'Exists' tolerationSeconds: 300 }
              affinity { nodeAffinity { requiredDuringSchedulingIgnoredDuringExecution {
                nodeSelectorTerms { matchExpressions { key: 'k' operator: 'In' values: 'v' } }
              } } }
              ephemeralContainers {
                ephemeralContainerCommon { name: 'e' image: 'i' } targetContainerName: 'c'
              }
            }
            """;

    private static Arguments object(
            String group, String kind, Message prototype, String protobuf, String json) {
        try {
            Message.Builder message = prototype.newBuilderForType();
            TextFormat.merge(protobuf, message);
            return Arguments.of(group, kind, message.build(), json);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(kind, e);
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("objects")
    void readsTheSameObjectFromProtobufAsFromJson(
            String group, String kind, Message message, String json) throws DecodeException {
        StructType type = requireNonNull(Schemas.kubernetes().kind(group, "v1", kind));
        String apiVersion = group.isEmpty() ? "v1" : group + "/v1";
        Decoded fromProtobuf =
                Decoder.decode(envelope(apiVersion, kind, message), BodyFormat.PROTOBUF, type);
        String head = "{'apiVersion':'" + apiVersion + "','kind':'" + kind + "',";
        Decoded fromJson =
                Decoder.decode(
                        (head + json.substring(1))
                                .replace('\'', '"')
                                .getBytes(StandardCharsets.UTF_8),
                        BodyFormat.JSON,
                        type);
        assertThat(fromJson.findings()).isEmpty();
        assertThat(fromProtobuf.object()).isEqualTo(fromJson.object());
        assertThat(fromProtobuf.kind()).isEqualTo(kind);
        assertThat(fromProtobuf.apiVersion()).isEqualTo(apiVersion);
    }

    @Test
    void refusesWhatIsNoEnvelope() {
        assertThat(failure("{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(
                        "provided data does not appear to be a protobuf message, expected prefix"
                                + " [107 56 115 0]");
        assertThat(failure(new byte[0])).isEqualTo("empty data");
        assertThat(failure(new byte[] {'k', '8', 's', 0})).isEqualTo("empty body");
    }

    @Test
    void refusesWhatEndsTooEarly() throws TextFormat.ParseException {
        V1.Pod.Builder pod = V1.Pod.newBuilder();
        TextFormat.merge(POD, pod);
        byte[] raw = pod.build().toByteArray();
        for (int length = raw.length - 1; length > raw.length - 20; length--) {
            Unknown cut =
                    Unknown.newBuilder()
                            .setRaw(pod.build().toByteString().substring(0, length))
                            .build();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(new byte[] {'k', '8', 's', 0});
            body.writeBytes(cut.toByteArray());
            assertThat(failure(body.toByteArray())).isEqualTo("unexpected EOF");
        }
    }

    @Test
    void survivesBrokenBytes() throws TextFormat.ParseException {
        V1.Pod.Builder pod = V1.Pod.newBuilder();
        TextFormat.merge(POD, pod);
        byte[] whole = envelope("v1", "Pod", pod.build());
        for (int at = 4; at < whole.length; at++) {
            byte[] broken = Arrays.copyOf(whole, whole.length);
            broken[at] ^= 0x55;
            try {
                assertThat(Decoder.decode(broken, BodyFormat.PROTOBUF, podType())).isNotNull();
            } catch (DecodeException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    private static StructType podType() {
        return requireNonNull(Schemas.kubernetes().kind("", "v1", "Pod"));
    }

    private static String failure(byte[] body) {
        return String.valueOf(
                catchThrowableOfType(
                                DecodeException.class,
                                () -> Decoder.decode(body, BodyFormat.PROTOBUF, podType()))
                        .getMessage());
    }

    private static byte[] envelope(String apiVersion, String kind, Message message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'k', '8', 's', 0});
        out.writeBytes(
                Unknown.newBuilder()
                        .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                        .setRaw(message.toByteString())
                        .setContentEncoding("")
                        .setContentType("")
                        .build()
                        .toByteArray());
        return out.toByteArray();
    }
}
