package dev.orrery.controllermanager.serviceaccounttoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.controllermanager.serviceaccounttoken.TokenPlan.Delete;
import dev.orrery.controllermanager.serviceaccounttoken.TokenPlan.Fill;
import dev.orrery.controllermanager.serviceaccounttoken.TokenPlan.Keep;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * https://kubernetes.io/docs/concepts/security/service-accounts/#get-a-token: Secrets that hold
 * tokens which do not expire with a pod.
 */
class TokenPlanTest {

    private static final ServiceAccount ROBOT =
            new ServiceAccountBuilder()
                    .withNewMetadata()
                    .withName("robot")
                    .withUid("uid-1")
                    .endMetadata()
                    .build();

    record Case(String name, Secret secret, @Nullable ServiceAccount account, TokenPlan plan) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Secret fresh = secret(TokenPlan.TYPE, "robot");
        return Stream.of(
                new Case("another type", secret("Opaque", "robot"), ROBOT, new Keep()),
                new Case("of nobody", secret(TokenPlan.TYPE, ""), ROBOT, new Keep()),
                new Case("fresh", fresh, ROBOT, new Fill(ROBOT, true)),
                new Case("of an account that is gone", fresh, null, new Delete()),
                new Case(
                        "of an account that was made again",
                        filled(fresh, "uid-0", "PEM"),
                        ROBOT,
                        new Delete()),
                new Case("complete", filled(fresh, "uid-1", "PEM"), ROBOT, new Keep()),
                new Case(
                        "with another certificate",
                        filled(fresh, "uid-1", "OLD"),
                        ROBOT,
                        new Fill(ROBOT, false)),
                new Case(
                        "on its way out",
                        new SecretBuilder(fresh)
                                .editMetadata()
                                .withDeletionTimestamp("2026-03-01T00:00:00Z")
                                .endMetadata()
                                .build(),
                        null,
                        new Keep()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decides(Case given) {
        assertThat(TokenPlan.of(given.secret(), given.account(), "PEM")).isEqualTo(given.plan());
    }

    private static Secret secret(String type, String account) {
        return new SecretBuilder()
                .withType(type)
                .withNewMetadata()
                .withNamespace("default")
                .withName("token")
                .addToAnnotations(TokenPlan.ACCOUNT, account)
                .endMetadata()
                .build();
    }

    private static Secret filled(Secret secret, String uid, String certificate) {
        return new SecretBuilder(secret)
                .editMetadata()
                .addToAnnotations(TokenPlan.ACCOUNT_UID, uid)
                .endMetadata()
                .addToData("token", TokenPlan.encoded("abc"))
                .addToData("ca.crt", TokenPlan.encoded(certificate))
                .addToData("namespace", TokenPlan.encoded("default"))
                .build();
    }
}
