package dev.orrery.controllermanager.serviceaccounttoken;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is to become of one Secret. */
sealed interface TokenPlan {

    String TYPE = "kubernetes.io/service-account-token";
    String ACCOUNT = "kubernetes.io/service-account.name";
    String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    /** It is no token, or all that it should be. */
    record Keep() implements TokenPlan {}

    /** It was for an account that is no more. */
    record Delete() implements TokenPlan {}

    /**
     * It lacks something.
     *
     * @param needsToken whether that is the token itself
     */
    record Fill(ServiceAccount account, boolean needsToken) implements TokenPlan {}

    /**
     * @param account of the name that the Secret names, or null
     * @param rootCertificate PEM
     */
    static TokenPlan of(Secret secret, @Nullable ServiceAccount account, String rootCertificate) {
        if (secret.getMetadata().getDeletionTimestamp() != null || accountName(secret).isEmpty()) {
            return new Keep();
        }
        String uid = annotation(secret, ACCOUNT_UID);
        if (account == null || !(uid.isEmpty() || uid.equals(account.getMetadata().getUid()))) {
            return new Delete();
        }
        boolean needsToken = data(secret).getOrDefault("token", "").isEmpty();
        boolean complete =
                !needsToken
                        && !uid.isEmpty()
                        && is(secret, "ca.crt", rootCertificate)
                        && is(secret, "namespace", secret.getMetadata().getNamespace());
        return complete ? new Keep() : new Fill(account, needsToken);
    }

    /** Empty for a Secret that is no token. */
    static String accountName(Secret secret) {
        return TYPE.equals(secret.getType()) ? annotation(secret, ACCOUNT) : "";
    }

    static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean is(Secret secret, String name, String text) {
        return Objects.equals(data(secret).get(name), encoded(text));
    }

    private static Map<String, String> data(Secret secret) {
        return Objects.requireNonNullElse(secret.getData(), Map.of());
    }

    private static String annotation(Secret secret, String name) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }
}
