package dev.orrery.workbench;

import dev.orrery.machinery.log.LogRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A whole history in a few characters; as a program, that of a faulty rollout of a seed. */
final class HistoryDigest {

    private HistoryDigest() {}

    public static void main(String[] seed) {
        System.out.println(of(Long.parseLong(seed[0])));
    }

    static String of(long seed) {
        Workbench workbench = Workbench.start(seed, 3, Faults.SOME);
        WebDeployment web = WebDeployment.create(workbench, 4, "nginx:1.16");
        workbench.steps(300);
        workbench.restart("kube-controller-manager");
        web.setImage("nginx:1.17");
        workbench.run(Duration.ofSeconds(30));
        return of(workbench.history());
    }

    private static String of(Iterable<LogRecord> history) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (LogRecord record : history) {
                add(digest, record);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, LogRecord record) {
        digest.update((record.key() + " " + record.header()).getBytes(StandardCharsets.UTF_8));
        byte @Nullable [] value = record.value();
        digest.update(value == null ? new byte[0] : value);
    }
}
