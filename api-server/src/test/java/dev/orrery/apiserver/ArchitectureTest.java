package dev.orrery.apiserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;

/** What keeps the core fit for a run that a seed decides, and the doors thin. */
@AnalyzeClasses(packages = "dev.orrery.apiserver", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..apiserver.edge..", "..apiserver.service..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.quarkus..",
                            "io.vertx..",
                            "io.netty..",
                            "io.grpc..",
                            "io.smallrye..",
                            "org.apache.kafka..",
                            "jakarta..",
                            "org.eclipse.microprofile..",
                            "dev.orrery.machinery.log.kafka..",
                            "dev.orrery.machinery.component..");

    @ArchTest
    static final ArchRule CORE_READS_NO_CLOCK_AND_STARTS_NO_THREAD =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..apiserver.edge..", "..apiserver.service..")
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(Math.class, "random")
                    .orShould()
                    .callMethod(UUID.class, "randomUUID")
                    .orShould()
                    .accessClassesThat()
                    .areAssignableTo(SecureRandom.class)
                    .orShould()
                    .accessClassesThat()
                    .areAssignableTo(Executors.class);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.orrery.apiserver.(*)..").should().beFreeOfCycles();
}
