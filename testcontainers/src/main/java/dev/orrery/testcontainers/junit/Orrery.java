package dev.orrery.testcontainers.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a cluster of real processes on this machine, without Docker. It starts
 * before the first test, within seconds, and ends after the last one of the run: classes that ask
 * for the same cluster share it, and keep apart by namespaces.
 *
 * <p>Tests, constructors and set-up methods may have parameters: a {@code KubernetesClient} of the
 * cluster's administrator, an {@link OrreryCluster} for the rest (its kubeconfig, breaking a
 * service).
 *
 * <p>The installation is found by the system property {@code orrery.home} or the environment's
 * {@code ORRERY_HOME}: the folder of the {@code orrery} script.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(OrreryExtension.class)
public @interface Orrery {

    /** How many nodes. */
    int nodes() default 3;

    /** Files on the class path, YAML or JSON, that are applied before the first test. */
    String[] resources() default {};

    /** Whether classes with the same settings share the cluster; else it ends with the class. */
    boolean shared() default true;
}
