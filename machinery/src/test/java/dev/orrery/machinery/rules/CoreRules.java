package dev.orrery.machinery.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;

/**
 * A core runs as a service and on the workbench, where a seed decides everything. So it takes its
 * time, its threads, its randomness and its peers from its surroundings. A module checks itself:
 *
 * <pre>{@code
 * @Test
 * void theCoreTakesTheWorldAsItIsGiven() {
 *     CoreRules.of("dev.orrery.scheduler").except("dev.orrery.scheduler.service..").check();
 * }
 * }</pre>
 */
public final class CoreRules {

    private static final List<Forbidden> FORBIDDEN =
            List.of(
                    new Forbidden("reads the system clock", Calls::systemClock),
                    new Forbidden("starts threads or waits for time to pass", Calls::threads),
                    new Forbidden("rolls dice of its own", Calls::dice));

    private static final String[] EDGES = {
        "org.apache.kafka..",
        "io.grpc..",
        "io.netty..",
        "io.vertx..",
        "io.quarkus..",
        "io.smallrye..",
        "jakarta..",
        "org.eclipse.microprofile..",
        "dev.orrery.proto.."
    };

    private final String root;
    private final DescribedPredicate<JavaClass> edges;

    private CoreRules(String root, DescribedPredicate<JavaClass> edges) {
        this.root = root;
        this.edges = edges;
    }

    /** The rules for a package and those under it. */
    public static CoreRules of(String root) {
        return new CoreRules(root, DescribedPredicate.alwaysFalse());
    }

    /** Without the packages (in ArchUnit's notation) that are wiring or edge. */
    public CoreRules except(String... packages) {
        return new CoreRules(root, edges.or(resideInAnyPackage(packages)));
    }

    /** Without one class and those inside it. */
    public CoreRules except(Class<?> edge) {
        DescribedPredicate<JavaClass> inside =
                DescribedPredicate.describe(
                        edge.getSimpleName(),
                        type -> type.getName().split("\\$", 2)[0].equals(edge.getName()));
        return new CoreRules(root, edges.or(inside));
    }

    /** Fails with every place that breaks a rule. */
    public void check() {
        JavaClasses classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(root);
        DescribedPredicate<JavaClass> cores = DescribedPredicate.not(edges).as("cores");
        for (Forbidden forbidden : FORBIDDEN) {
            noClasses()
                    .that(cores)
                    .should()
                    .accessTargetWhere(forbidden.predicate())
                    .because("a core that " + forbidden.what() + " cannot run on the workbench")
                    .allowEmptyShould(true)
                    .check(classes);
        }
        noClasses()
                .that(cores)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EDGES)
                .because("what talks to the world belongs to the edges")
                .allowEmptyShould(true)
                .check(classes);
        SlicesRuleDefinition.slices()
                .matching(root + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    private record Forbidden(String what, java.util.function.Predicate<JavaAccess<?>> accesses) {

        DescribedPredicate<JavaAccess<?>> predicate() {
            return DescribedPredicate.describe(what, accesses);
        }
    }
}
