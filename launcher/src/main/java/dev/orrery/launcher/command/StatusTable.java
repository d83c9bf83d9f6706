package dev.orrery.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.launcher.cluster.ApiClient;
import dev.orrery.launcher.cluster.Cluster;
import dev.orrery.launcher.cluster.Memory;
import dev.orrery.launcher.cluster.Processes;
import dev.orrery.launcher.cluster.Running;
import dev.orrery.launcher.cluster.Service;
import dev.orrery.launcher.pki.PkiException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One row a process: where it listens, what it weighs, how far it has read the log. */
@Command(
        name = "status",
        description = "Show the services, their ports, memory and place in the log.",
        mixinStandardHelpOptions = true)
public final class StatusTable implements Callable<Integer> {

    private static final String ROW = "%-20s %-9s %6s %8s %9s %10s%n";

    @Mixin private Place place = new Place();

    @Override
    public Integer call() throws Exception {
        Cluster cluster = place.cluster();
        Processes processes = Place.processes(cluster);
        ApiClient api = new ApiClient(cluster);
        System.out.printf(ROW, "SERVICE", "STATE", "PORT", "PID", "MEMORY", "APPLIED");
        boolean allReady = true;
        for (Service service : cluster.services()) {
            allReady &= row(cluster, service, processes.find(service), api);
        }
        System.out.println("log end: " + logEnd(api));
        return allReady ? 0 : 1;
    }

    private static boolean row(
            Cluster cluster, Service service, Optional<Running> running, ApiClient api)
            throws IOException, PkiException {
        boolean ready = running.isPresent() && (service == Service.BROKER || api.isReady(service));
        System.out.printf(
                ROW,
                service.id(),
                running.isEmpty() ? "stopped" : ready ? readyState(api, service) : "not ready",
                cluster.ports().of(service),
                running.map(r -> Long.toString(r.process().pid())).orElse("-"),
                running.isPresent() ? megabytes(Memory.resident(running.get().process())) : "-",
                service == Service.BROKER || running.isEmpty() ? "-" : applied(api, service));
        return ready;
    }

    /** Of two, the one that waits for the other to fail says so. */
    private static String readyState(ApiClient api, Service service) {
        try {
            return service.isElected() && !api.status(service).path("working").asBoolean(true)
                    ? "waiting"
                    : "ready";
        } catch (IOException e) {
            return "not ready";
        }
    }

    private static String applied(ApiClient api, Service service) {
        try {
            return api.status(service).path("applied").asText("-");
        } catch (IOException e) {
            return "-";
        }
    }

    private static String logEnd(ApiClient api) {
        try {
            JsonNode end = api.status(Service.API_SERVER).path("logEnd");
            return end.isMissingNode() ? "unknown" : end.asText();
        } catch (IOException e) {
            return "unknown (the api-server does not answer)";
        }
    }

    private static String megabytes(OptionalLong bytes) {
        return bytes.isEmpty() ? "-" : bytes.getAsLong() / (1024 * 1024) + " MB";
    }
}
