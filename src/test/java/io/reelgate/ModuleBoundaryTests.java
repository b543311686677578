package io.reelgate;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the packages to the dependencies that each package-info lists. */
class ModuleBoundaryTests {

    @Test
    void eachModuleCallsOnlyWhomItMay() {
        ApplicationModules.of(ReelgateApplication.class).verify();
    }
}
