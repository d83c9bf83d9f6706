package dev.orrery.scheduler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.concurrent.Executors;

/** What keeps the core fit for a run that a seed decides. */
@AnalyzeClasses(packages = "dev.orrery.scheduler", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_FRAMEWORK =
            noClasses()
                    .that()
                    .doNotHaveSimpleName("SchedulerService")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.quarkus..",
                            "io.vertx..",
                            "io.grpc..",
                            "org.apache.kafka..",
                            "jakarta..",
                            "org.eclipse.microprofile..",
                            "dev.orrery.machinery.component..");

    @ArchTest
    static final ArchRule CORE_READS_NO_CLOCK_AND_STARTS_NO_THREAD =
            noClasses()
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
                    .accessClassesThat()
                    .areAssignableTo(Executors.class);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.orrery.scheduler.(*)..").should().beFreeOfCycles();
}
