package dev.orrery.apiserver.kind;

import static dev.orrery.apiserver.kind.Trait.CREATE_ON_UPDATE;
import static dev.orrery.apiserver.kind.Trait.GENERATION;
import static dev.orrery.apiserver.kind.Trait.ORPHANS_BY_DEFAULT;
import static dev.orrery.apiserver.kind.Trait.RETURNS_DELETED;
import static dev.orrery.machinery.store.Verb.CREATE;
import static dev.orrery.machinery.store.Verb.DELETE;
import static dev.orrery.machinery.store.Verb.DELETE_COLLECTION;
import static dev.orrery.machinery.store.Verb.GET;
import static dev.orrery.machinery.store.Verb.PATCH;
import static dev.orrery.machinery.store.Verb.UPDATE;

import dev.orrery.machinery.store.Verb;
import java.util.List;
import java.util.Set;

/** The core group. */
final class CoreKinds {

    private static final Set<Verb> ACTION = Set.of(CREATE);
    private static final Set<Verb> CONNECT = Set.of(CREATE, GET);
    private static final Set<Verb> PROXY = Set.of(CREATE, DELETE, GET, PATCH, UPDATE);

    private CoreKinds() {}

    static List<Row> rows() {
        return List.of(
                row("Binding", "bindings").virtual(),
                row("ConfigMap", "configmaps").shortNames("cm"),
                row("Endpoints", "endpoints").shortNames("ep").traits(CREATE_ON_UPDATE),
                row("Event", "events").shortNames("ev").traits(CREATE_ON_UPDATE),
                row("LimitRange", "limitranges").shortNames("limits").traits(CREATE_ON_UPDATE),
                row("Namespace", "namespaces")
                        .shortNames("ns")
                        .cluster()
                        .without(DELETE_COLLECTION)
                        .sub("finalize", "", "v1", "Namespace", Set.of(UPDATE))
                        .status(),
                row("Node", "nodes")
                        .shortNames("no")
                        .cluster()
                        .sub("proxy", "", "v1", "NodeProxyOptions", PROXY)
                        .status(),
                row("PersistentVolumeClaim", "persistentvolumeclaims")
                        .shortNames("pvc")
                        .traits(RETURNS_DELETED)
                        .status(),
                row("PersistentVolume", "persistentvolumes")
                        .shortNames("pv")
                        .cluster()
                        .traits(RETURNS_DELETED)
                        .status(),
                pod(),
                row("PodTemplate", "podtemplates").traits(GENERATION, RETURNS_DELETED),
                row("ReplicationController", "replicationcontrollers")
                        .shortNames("rc")
                        .categories("all")
                        .traits(GENERATION, ORPHANS_BY_DEFAULT)
                        .scale()
                        .status(),
                row("ResourceQuota", "resourcequotas")
                        .shortNames("quota")
                        .traits(RETURNS_DELETED)
                        .status(),
                row("Secret", "secrets"),
                row("ServiceAccount", "serviceaccounts")
                        .shortNames("sa")
                        .traits(RETURNS_DELETED)
                        .sub("token", "authentication.k8s.io", "v1", "TokenRequest", ACTION),
                row("Service", "services")
                        .shortNames("svc")
                        .categories("all")
                        .traits(CREATE_ON_UPDATE, RETURNS_DELETED)
                        .sub("proxy", "", "v1", "ServiceProxyOptions", PROXY)
                        .status());
    }

    private static Row pod() {
        return row("Pod", "pods")
                .shortNames("po")
                .categories("all")
                .traits(GENERATION, RETURNS_DELETED)
                .sub("attach", "", "v1", "PodAttachOptions", CONNECT)
                .sub("binding", "", "v1", "Binding", ACTION)
                .part("ephemeralcontainers")
                .sub("eviction", "policy", "v1", "Eviction", ACTION)
                .sub("exec", "", "v1", "PodExecOptions", CONNECT)
                .sub("log", "", "v1", "Pod", Set.of(GET))
                .sub("portforward", "", "v1", "PodPortForwardOptions", CONNECT)
                .sub("proxy", "", "v1", "PodProxyOptions", PROXY)
                .part("resize")
                .status();
    }

    private static Row row(String kind, String plural) {
        return Row.of("", kind, plural);
    }
}
