package dev.orrery.controllermanager.certificate;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.informer.Informer;
import dev.orrery.machinery.reconcile.Key;
import dev.orrery.machinery.reconcile.ReconcileLoop;
import dev.orrery.machinery.reconcile.Reconciler;
import dev.orrery.machinery.reconcile.Result;
import dev.orrery.machinery.store.StoreClient;
import dev.orrery.machinery.time.Clock;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequest;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bouncycastle.operator.OperatorCreationException;

/** Signs what was approved, for Kubernetes' own signers. Others have signers of their own. */
public final class SigningController implements Reconciler {

    private static final int WORKERS = 1;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Informer<CertificateSigningRequest> requests;
    private final CertificateAuthority authority;
    private final StoreClient store;
    private final Clock clock;
    private final RandomGenerator random;

    private SigningController(Surroundings surroundings, CertificateAuthority authority) {
        this.requests = surroundings.informers().of(CertificateSigningRequest.class);
        this.authority = authority;
        this.store = surroundings.store();
        this.clock = surroundings.clock();
        this.random = surroundings.random();
    }

    public static ReconcileLoop loop(Surroundings surroundings, CertificateAuthority authority) {
        SigningController controller = new SigningController(surroundings, authority);
        ReconcileLoop loop =
                new ReconcileLoop("certificatesigning", controller, surroundings, WORKERS);
        loop.watch(controller.requests);
        return loop;
    }

    @Override
    public Result reconcile(Key key) {
        CertificateSigningRequest request = requests.get("", key.name());
        if (request != null && isDue(request)) {
            String name = request.getSpec().getSignerName();
            for (Signer signer : Signer.ALL) {
                if (signer.name().equals(name)) {
                    sign(request, signer);
                }
            }
        }
        return Result.DONE;
    }

    private static boolean isDue(CertificateSigningRequest request) {
        boolean signed =
                request.getStatus() != null
                        && request.getStatus().getCertificate() != null
                        && !request.getStatus().getCertificate().isEmpty();
        return !signed && has(request, "Approved") && !has(request, "Failed");
    }

    private static boolean has(CertificateSigningRequest request, String type) {
        return request.getStatus() != null
                && request.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals(type));
    }

    private void sign(CertificateSigningRequest request, Signer signer) {
        List<String> usages = request.getSpec().getUsages();
        try {
            RequestedCertificate wanted =
                    RequestedCertificate.parse(request.getSpec().getRequest());
            String refusal = signer.refusal(wanted, usages);
            if (refusal.isEmpty()) {
                keep(
                        request,
                        authority.sign(wanted, usages, life(request), clock.instant(), random));
            } else {
                fail(request, refusal);
            }
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("the root's key does not sign", e);
        } catch (IOException e) {
            fail(
                    request,
                    "unable to parse csr \""
                            + request.getMetadata().getName()
                            + "\": "
                            + e.getMessage());
        }
    }

    private static Duration life(CertificateSigningRequest request) {
        Integer seconds = request.getSpec().getExpirationSeconds();
        return seconds == null ? LONGEST : Duration.ofSeconds(seconds);
    }

    private void keep(CertificateSigningRequest request, String certificate) {
        byte[] bytes = certificate.getBytes(StandardCharsets.US_ASCII);
        store.updateStatus(
                new CertificateSigningRequestBuilder(request)
                        .editOrNewStatus()
                        .withCertificate(Base64.getEncoder().encodeToString(bytes))
                        .endStatus()
                        .build());
    }

    private void fail(CertificateSigningRequest request, String why) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        store.updateStatus(
                new CertificateSigningRequestBuilder(request)
                        .editOrNewStatus()
                        .addNewCondition()
                        .withType("Failed")
                        .withStatus("True")
                        .withReason("SignerValidationFailure")
                        .withMessage(why)
                        .withLastUpdateTime(now)
                        .endCondition()
                        .endStatus()
                        .build());
    }
}
