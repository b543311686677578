package io.reelgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.repository.Repository;
import org.springframework.modulith.core.ApplicationModules;

/** Holds the packages to the map: each calls only whom its package-info lists, and rooms of one house call one way. */
class ModuleBoundaryTests {

    private static final Pattern CHANGES_A_STATUS =
            Pattern.compile("update video_job\\b[^\"]*?\\bset\\b[^\"]*?\\bstatus =");

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

    /** What is stored is a module's own business: others ask its services. */
    @Test
    void entitiesAndRepositoriesAreNotPublic() {
        classes()
                .that()
                .areAnnotatedWith(Entity.class)
                .or()
                .areAssignableTo(Repository.class)
                .should()
                .notBePublic()
                .check(CLASSES);
    }

    /** The one door: no statement elsewhere writes a job's status. */
    @Test
    void onlyOneStatementChangesAStatus() throws IOException {
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(source -> source.toString().endsWith(".java"))
                            .filter(ModuleBoundaryTests::changesAStatus)
                            .map(source -> source.getFileName().toString()))
                    .containsExactly("JobTransitions.java");
        }
    }

    private static boolean changesAStatus(Path source) {
        try {
            return CHANGES_A_STATUS.matcher(Files.readString(source)).find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        "api, api.intake",
        "api, api.seedance",
        "api, api.videos",
        "api.body, api.intake",
        "api.body, api.seedance",
        "api.intake, api.content",
        "api.intake, api.seedance",
        "api.intake, api.videos",
        "api.content, api.seedance",
        "api.content, api.videos",
        "api.seedance, api.videos",
        "api.videos, api.seedance",
        "archive, archive.store",
        "archive, archive.library",
        "archive, archive.copy",
        "archive, archive.retention",
        "archive.store, archive.library",
        "archive.store, archive.copy",
        "archive.store, archive.retention",
        "delivery, delivery.webhook",
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
