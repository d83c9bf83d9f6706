package dev.orrery.controllermanager.serviceaccounttoken;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Index;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.Answer;
import dev.orrery.machinery.store.ApiException;
import dev.orrery.machinery.store.Deletion;
import dev.orrery.machinery.store.Json;
import dev.orrery.machinery.store.StoreClient;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.util.List;
import java.util.Map;

/**
 * Puts a token into every Secret that asks for one, and takes the Secret away with its account. The
 * token is bound to the Secret, and good for as long as the api-server lets one be: 136 years.
 */
public final class TokenController implements Reconciler {

    private static final int WORKERS = 2;
    private static final long LONGEST_SECONDS = 1L << 32;

    private static final Index<Secret> BY_ACCOUNT =
            new Index<>(
                    "serviceAccountToken",
                    secret ->
                            TokenPlan.accountName(secret).isEmpty()
                                    ? List.of()
                                    : List.of(
                                            place(
                                                    secret.getMetadata().getNamespace(),
                                                    TokenPlan.accountName(secret))));

    private final Informer<Secret> secrets;
    private final Informer<ServiceAccount> accounts;
    private final StoreClient store;
    private final String rootCertificate;

    private TokenController(Surroundings surroundings, String rootCertificate) {
        this.secrets = surroundings.informers().of(Secret.class);
        this.accounts = surroundings.informers().of(ServiceAccount.class);
        this.store = surroundings.store();
        this.rootCertificate = rootCertificate;
    }

    /**
     * @param rootCertificate PEM
     */
    public static ReconcileLoop loop(Surroundings surroundings, String rootCertificate) {
        TokenController controller = new TokenController(surroundings, rootCertificate);
        ReconcileLoop loop =
                new ReconcileLoop("serviceaccount-token", controller, surroundings, WORKERS);
        controller.secrets.addIndex(BY_ACCOUNT);
        loop.watch(
                controller.secrets,
                secret ->
                        TokenPlan.accountName(secret).isEmpty()
                                ? List.of()
                                : List.of(Key.of(secret)));
        loop.watch(controller.accounts, controller::secretsOf);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        Secret secret = secrets.get(key.namespace(), key.name());
        if (secret == null) {
            return Result.DONE;
        }
        ServiceAccount account = accounts.get(key.namespace(), TokenPlan.accountName(secret));
        switch (TokenPlan.of(secret, account, rootCertificate)) {
            case TokenPlan.Keep() -> {}
            case TokenPlan.Delete() -> delete(secret);
            case TokenPlan.Fill(ServiceAccount owner, boolean needsToken) ->
                    fill(secret, owner, needsToken);
        }
        return Result.DONE;
    }

    private void delete(Secret secret) {
        try {
            store.delete(
                    Secret.class,
                    secret.getMetadata().getNamespace(),
                    secret.getMetadata().getName(),
                    Deletion.of(secret.getMetadata().getUid()));
        } catch (ApiException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    private void fill(Secret secret, ServiceAccount account, boolean needsToken) {
        SecretBuilder filled =
                new SecretBuilder(secret)
                        .editMetadata()
                        .addToAnnotations(TokenPlan.ACCOUNT_UID, account.getMetadata().getUid())
                        .endMetadata()
                        .addToData("ca.crt", TokenPlan.encoded(rootCertificate))
                        .addToData(
                                "namespace",
                                TokenPlan.encoded(secret.getMetadata().getNamespace()));
        if (needsToken) {
            filled.addToData("token", TokenPlan.encoded(token(secret, account)));
        }
        store.update(filled.build());
    }

    private String token(Secret secret, ServiceAccount account) {
        Answer answer =
                store.createSubresource(
                        ServiceAccount.class,
                        account.getMetadata().getNamespace(),
                        account.getMetadata().getName(),
                        "token",
                        tokenRequest(secret));
        return Json.read(answer.body(), JsonNode.class).path("status").path("token").asText();
    }

    /** The model has no class for it. */
    private static Map<String, Object> tokenRequest(Secret secret) {
        Map<String, String> bound =
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Secret",
                        "name",
                        secret.getMetadata().getName(),
                        "uid",
                        secret.getMetadata().getUid());
        return Map.of(
                "apiVersion",
                "authentication.k8s.io/v1",
                "kind",
                "TokenRequest",
                "spec",
                Map.of("expirationSeconds", LONGEST_SECONDS, "boundObjectRef", bound));
    }

    private List<Key> secretsOf(ServiceAccount account) {
        String place = place(account.getMetadata().getNamespace(), account.getMetadata().getName());
        return secrets.byIndex(BY_ACCOUNT, place).stream().map(Key::of).toList();
    }

    private static String place(String namespace, String account) {
        return namespace + "/" + account;
    }
}
