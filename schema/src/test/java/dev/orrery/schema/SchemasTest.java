package dev.orrery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemasTest {

    private final Schemas schemas = Schemas.kubernetes();

    @Test
    void findsKindsByGroupVersionAndKind() {
        StructType deployment = requireNonNull(schemas.kind("apps", "v1", "Deployment"));
        assertThat(deployment.name()).isEqualTo("io.k8s.api.apps.v1.Deployment");
        assertThat(schemas.kind("", "v1", "Pod")).isNotNull();
        assertThat(schemas.kind("policy", "v1", "Eviction")).isNotNull();
        assertThat(schemas.kind("autoscaling", "v1", "Scale")).isNotNull();
        assertThat(schemas.kind("apps", "v1", "Pod")).isNull();
        assertThat(schemas.kind("", "v1", "ObjectReference")).isNull();
    }

    @Test
    void knowsWhatFieldsHoldAndHowTheyMerge() {
        StructType pod = requireNonNull(schemas.type("io.k8s.api.core.v1.PodSpec"));
        Field containers = requireNonNull(pod.field("containers"));
        assertThat(containers.shape().goType()).isEqualTo("[]v1.Container");
        assertThat(containers.required()).isTrue();
        assertThat(containers.merging())
                .isEqualTo(
                        new Merging(
                                Merging.Topology.MAP,
                                List.of("name"),
                                Merging.Patch.MERGE,
                                "name"));
        assertThat(requireNonNull(pod.field("hostNetwork")).dropsZero()).isTrue();
        assertThat(requireNonNull(pod.field("activeDeadlineSeconds")).dropsZero()).isFalse();
        assertThat(requireNonNull(pod.field("restartPolicy")).shape().goType())
                .isEqualTo("v1.RestartPolicy");
    }

    @Test
    void hasNoTypeWithMoreFieldsThanTheDecoderCanTellApart() {
        assertThat(schemas.types())
                .allSatisfy(type -> assertThat(type.fields()).hasSizeLessThan(65));
    }

    @Test
    void hasEveryTypeOnce() {
        Collection<StructType> types = schemas.types();
        assertThat(types).hasSizeGreaterThan(450);
        assertThat(types).extracting(StructType::name).doesNotHaveDuplicates();
    }
}
