package dev.orrery.kubelet.volume;

import dev.orrery.machinery.informer.Informer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;

/** Where a kubelet reads what pods refer to. */
public record ClusterObjects(
        Informer<ConfigMap> configMaps,
        Informer<Secret> secrets,
        Informer<PersistentVolumeClaim> claims,
        Informer<PersistentVolume> volumes,
        Informer<ServiceAccount> accounts,
        Informer<Service> services) {}
