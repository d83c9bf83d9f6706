package dev.orrery.kubelet.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Law: the page "Images" of Kubernetes' documentation, section "Image names". */
class ImageReferenceTest {

    private static final String DIGEST =
            "sha256:1ff6c18fbef2045af6b9c16bf034cc421a29027b800e4f9b68ae9b1cb3e9ae07";

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox:latest",
        "busybox:1.32.0, docker.io/library/busybox:1.32.0",
        "amsy810/tools:v2.0, docker.io/amsy810/tools:v2.0",
        "registry.k8s.io/pause, registry.k8s.io/pause:latest",
        "registry.k8s.io/e2e-test-images/agnhost:2.63.0,"
                + " registry.k8s.io/e2e-test-images/agnhost:2.63.0",
        "localhost:5000/web, localhost:5000/web:latest",
        "registry.k8s.io/pause@" + DIGEST + ", registry.k8s.io/pause@" + DIGEST,
        "registry.k8s.io/pause:3.5@" + DIGEST + ", registry.k8s.io/pause:3.5@" + DIGEST,
    })
    void completesNames(String written, String full) {
        assertThat(ImageReference.parse(written)).map(ImageReference::toString).contains(full);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Nginx", "nginx:", "nginx:a b", ":latest", "a//b", "nginx@sha256:1"})
    void refusesWhatIsNoName(String written) {
        assertThat(ImageReference.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, true",
        "nginx:1.16, true",
        "webserver:404, false",
        "foo:non-existent, false",
        "gcr.io/google_samples/gb-redisslave:nonexistent, false",
        "nginx:no-such-tag, false",
        "nginx:invalid, false",
        "example.com/gone:v1, false",
    })
    void knowsWhatCannotBePulled(String written, boolean exists) {
        ImageCatalog catalog = ImageCatalog.builtIn(Set.of("example.com/gone:v1"));
        ImageReference image = ImageReference.parse(written).orElseThrow();
        assertThat(catalog.exists(image, written)).isEqualTo(exists);
    }

    @Test
    void knowsAnImageByItsLastName() {
        ImageCatalog catalog = ImageCatalog.builtIn(Set.of());
        ImageReference busybox =
                ImageReference.parse("registry.k8s.io/e2e-test-images/busybox:1.37.0-1")
                        .orElseThrow();
        assertThat(catalog.profile(busybox).cmd()).containsExactly("sh");
    }

    @ParameterizedTest
    @CsvSource({
        "busybox:1.28, true",
        "busybox:1.28.4-glibc, true",
        "registry.k8s.io/busybox:1.27.2, true",
        "busybox:1.4, true",
        "busybox:1.29, false",
        "busybox:1.37.0-1, false",
        "busybox, false",
        "example.com/shop:1.28, false",
    })
    void onlyABusyboxOfOldHasTheOldNameLookup(String image, boolean old) {
        ImageCatalog catalog = ImageCatalog.builtIn(Set.of());
        assertThat(
                        catalog.profile(ImageReference.parse(image).orElseThrow())
                                .programs()
                                .containsKey("/bin/nslookup"))
                .isEqualTo(old);
    }

    @Test
    void ownProfilesComeBeforeTheBuiltInOnesAndFollowTheirText() {
        Map<String, String> texts = new HashMap<>();
        texts.put("shop.yaml", "name: busybox\ncmd: [top]\n");
        texts.put("broken.yaml", "nonsense: 1\n");
        ImageCatalog catalog = ImageCatalog.with(Set.of(), () -> texts);
        ImageReference busybox = ImageReference.parse("busybox").orElseThrow();
        assertThat(catalog.profile(busybox).cmd()).containsExactly("top");
        texts.remove("shop.yaml");
        assertThat(catalog.profile(busybox).cmd()).containsExactly("sh");
    }
}
