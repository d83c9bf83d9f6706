package dev.orrery.kubelet.program;

import dev.orrery.userland.Program;
import dev.orrery.userland.Signals;
import dev.orrery.userland.Step;
import dev.orrery.userland.Task;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The many programs in one that Kubernetes' own suites run: becomes the one that is asked for. */
final class Agnhost extends Talker {

    private static final Map<String, Function<Flags, Program>> SUBCOMMANDS =
            Map.ofEntries(
                    Map.entry("pause", _ -> new Pause()),
                    Map.entry("netexec", Netexec::new),
                    Map.entry("serve-hostname", ServeHostname::new),
                    Map.entry("test-webserver", FileServer::new),
                    Map.entry("liveness", _ -> new Liveness()),
                    Map.entry("logs-generator", LogsGenerator::new),
                    Map.entry("porter", Porter::new),
                    Map.entry("nettest", Nettest::new),
                    Map.entry("mounttest", MountTest::new),
                    Map.entry("webhook", ReviewServer::ofAdmission),
                    Map.entry("crd-conversion-webhook", ReviewServer::ofConversion),
                    Map.entry("guestbook", Guestbook::new),
                    Map.entry("test-service-account-issuer-discovery", IssuerDiscovery::new),
                    Map.entry("grpc-health-checking", HealthChecking::new));
    private static final Set<String> SWITCHES =
            Set.of("json-response", "http", "tcp", "udp", "close", "alsologtostderr");

    @Override
    Step work(Task task) {
        List<String> words = task.arguments();
        String name = words.size() < 2 ? "" : words.get(1);
        Function<Flags, Program> program = SUBCOMMANDS.get(name);
        if (program != null) {
            Flags flags = new Flags(words.subList(2, words.size()), SWITCHES);
            task.become(program.apply(flags), words, task.environment());
            return Step.MORE;
        }
        return switch (name) {
            case "entrypoint-tester" -> {
                say("[" + Raw.text(String.join(" ", words)) + "]\n");
                yield finish(0);
            }
            case "etc-hosts" -> {
                say(Raw.text(read(task, "/etc/hosts")));
                yield finish(0);
            }
            case "dns-suffix" -> {
                say(resolver(task, "search").replace(' ', ',') + "\n");
                yield finish(0);
            }
            case "dns-server-list" -> {
                say(resolver(task, "nameserver") + "\n");
                yield finish(0);
            }
            case "", "help", "--help" -> {
                say("Usage:\n  app [command]\n\nAvailable Commands:\n");
                SUBCOMMANDS.keySet().stream().sorted().forEach(each -> say("  " + each + "\n"));
                yield finish(0);
            }
            default -> {
                say(2, "Error: unknown command \"" + name + "\" for \"app\"\n");
                say(2, "Run 'app --help' for usage.\n");
                yield finish(1);
            }
        };
    }

    private static String resolver(Task task, String word) {
        return read(task, "/etc/resolv.conf")
                .lines()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .reduce((one, other) -> one + "," + other)
                .orElse("");
    }

    private static String read(Task task, String path) {
        try {
            if (task.machine().files().readable(path, task.user()) instanceof RegularFile file) {
                byte[] content = file.content();
                return Raw.of(content, 0, content.length);
            }
        } catch (FileException refused) {
            return "";
        }
        return "";
    }

    /** Says that it pauses, and does. */
    private static final class Pause extends Talker {

        private boolean said;
        private @Nullable Integer ends;

        @Override
        Step work(Task task) {
            if (ends != null) {
                return finish(ends);
            }
            if (!said) {
                said = true;
                say("Paused\n");
                return Step.MORE;
            }
            return Step.WAITING;
        }

        @Override
        public boolean signal(Task task, int signal) {
            if (signal != Signals.TERM && signal != Signals.INT) {
                return false;
            }
            ends = signal == Signals.TERM ? 2 : 1;
            task.wake();
            return true;
        }
    }
}
