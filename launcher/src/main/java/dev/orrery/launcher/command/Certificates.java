package dev.orrery.launcher.command;

import dev.orrery.launcher.cluster.Kubeconfig;
import dev.orrery.launcher.pki.Pki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes what a cluster of containers needs before its first service starts. */
@Command(
        name = "certificates",
        description = "Make the keys and certificates that are missing, and a kubeconfig.",
        mixinStandardHelpOptions = true)
public final class Certificates implements Callable<Integer> {

    @Option(names = "--pki", paramLabel = "DIR", required = true, description = "Their folder.")
    private Path pki = Path.of("pki");

    @Option(
            names = "--host",
            paramLabel = "NAME",
            description = "A further name or address of the api-server; can be repeated.")
    private List<String> hosts = List.of();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The api-server as kubectl is to reach it (default: ${DEFAULT-VALUE}).")
    private String server = "https://localhost:6443";

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            required = true,
            description = "The kubeconfig to write.")
    private Path kubeconfig = Path.of("kubeconfig");

    @Override
    public Integer call() throws Exception {
        Pki keys = new Pki(pki);
        keys.ensure(hosts, new SecureRandom(), Instant.now());
        Path folder = kubeconfig.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Kubeconfig.write(server, keys, kubeconfig);
        System.out.println("Certificates are in " + pki + ", the kubeconfig is " + kubeconfig);
        return 0;
    }
}
