package io.reelgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the packages to the map: each calls only whom its package-info lists, and rooms of one house call one way. */
class ModuleBoundaryTests {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.reelgate");

    @Test
    void eachModuleCallsOnlyWhomItMay() {
        ApplicationModules.of(ReelgateApplication.class).verify();
    }

    @Test
    void noPackagesCallEachOtherInACircle() {
        slices().matching("io.reelgate.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** Modulith sees modules; between the rooms of one it sees nothing. The first knows nothing of the second. */
    @ParameterizedTest
    @CsvSource({
        "job, job.store",
        "job, job.query",
        "job, job.stats",
        "job.store, job.query",
        "job.store, job.stats",
        "job.query, job.stats",
        "upstream, upstream.http",
        "upstream, upstream.newapi",
        "upstream.newapi, upstream.http",
        "api, api.body",
        "api, api.content",
        "api, api.seedance",
        "api.body, api.seedance",
        "api.content, api.seedance",
        "web, web.tomcat",
        "security.login, security"
    })
    void roomsOfOneModuleCallOneWay(String below, String above) {
        noClasses()
                .that()
                .resideInAPackage("io.reelgate." + below)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.reelgate." + above)
                .check(CLASSES);
    }
}
