package dev.orrery.kubelet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodAddressesTest {

    private final PodAddresses addresses = new PodAddresses(new PodCidr(3));

    @Test
    void givesEachAddressOnce() {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < 253; i++) {
            taken.add(addresses.take().orElseThrow());
        }
        assertThat(taken).hasSize(253).contains("10.244.3.2", "10.244.3.254");
        assertThat(addresses.take()).isEmpty();
        addresses.giveBack("10.244.3.77");
        assertThat(addresses.take()).contains("10.244.3.77");
    }

    @Test
    void usesWhatWasGivenBackLast() {
        String first = addresses.take().orElseThrow();
        addresses.giveBack(first);
        assertThat(addresses.take()).contains("10.244.3.3");
    }

    @Test
    void takesAgainWhatIsFreeAndItsOwn() {
        assertThat(addresses.takeAgain("10.244.3.9")).isTrue();
        assertThat(addresses.takeAgain("10.244.3.9")).isFalse();
        assertThat(addresses.takeAgain("10.244.4.9")).isFalse();
        assertThat(addresses.takeAgain("")).isFalse();
    }

    @Test
    void goesOnBeyondTwoHundredAndFiftySixNodes() {
        assertThat(new PodCidr(0).text()).isEqualTo("10.244.0.0/24");
        assertThat(new PodCidr(256).text()).isEqualTo("10.245.0.0/24");
        assertThat(new PodCidr(999).text()).isEqualTo("10.247.231.0/24");
    }
}
