package io.reelgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PlacesTests {

    private final Places places = new Places(3, 2);

    @Test
    void boundsThoseOfOneNetwork() {
        assertThat(places.take("a")).isTrue();
        assertThat(places.take("a")).isTrue();
        assertThat(places.take("a")).isFalse();
        assertThat(places.take("b")).isTrue();

        places.giveBack("a");
        assertThat(places.take("a")).isTrue();
    }

    @Test
    void boundsThoseOfAllNetworks() {
        places.take("a");
        places.take("b");
        places.take("c");
        assertThat(places.take("d")).isFalse();

        places.giveBack("b");
        assertThat(places.take("d")).isTrue();
        assertThat(places.taken()).isEqualTo(3);
    }

    @Test
    void keepsNothingOfThoseWhoHaveGone() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(places.take("network " + i)).isTrue();
            places.giveBack("network " + i);
        }
        assertThat(places.taken()).isZero();
        assertThat(places)
                .extracting("taken")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .isEmpty();
    }
}
