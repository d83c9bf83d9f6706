package dev.orrery.userland.network;

import dev.orrery.userland.Machine;
import dev.orrery.userland.file.FileException;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.file.RegularFile;
import dev.orrery.userland.file.User;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns names into addresses as resolv.conf(5) and hosts(5) of a machine say, which are read anew
 * each time: somebody may have changed them.
 */
public final class Resolver {

    private static final String HOSTS = "/etc/hosts";
    private static final String CONFIGURATION = "/etc/resolv.conf";
    private static final String NDOTS = "ndots:";

    private final Machine machine;
    private final List<String> servers = new ArrayList<>();
    private List<String> search = List.of();
    private int ndots = 1;

    private Resolver(Machine machine) {
        this.machine = machine;
    }

    public static Resolver of(Machine machine) {
        Resolver resolver = new Resolver(machine);
        resolver.lines(CONFIGURATION).forEach(resolver::configure);
        return resolver;
    }

    private void configure(List<String> words) {
        List<String> values = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "nameserver" -> servers.addAll(values);
            case "search", "domain" -> search = values;
            case "options" ->
                    values.stream()
                            .filter(each -> each.matches(NDOTS + "\\d{1,2}"))
                            .forEach(each ->
                                    ndots = Integer.parseInt(each.substring(NDOTS.length())));
            default -> {} // nothing that would change an answer
        }
    }

    /** In the order in which they are asked. */
    public List<String> servers() {
        return List.copyOf(servers);
    }

    /** The addresses of a name; an address stands for itself; none: the name is unknown. */
    public List<String> addresses(String name) {
        if (Address.isNumeric(name)) {
            return List.of(name);
        }
        List<String> local = hosts(name);
        if (!local.isEmpty()) {
            return local;
        }
        return name.equals("localhost")
                ? List.of("127.0.0.1")
                : lookup(name, RecordType.A).data(RecordType.A);
    }

    /** The lines of the hosts file that have the name. */
    public List<String> hosts(String name) {
        return lines(HOSTS).stream()
                .filter(words -> words.subList(1, words.size()).contains(name))
                .map(List::getFirst)
                .filter(address -> address.indexOf(':') < 0)
                .toList();
    }

    /** The answer for the first candidate that has one; else that for the last. */
    public Lookup lookup(String name, RecordType type) {
        Lookup answer = Lookup.UNANSWERED;
        for (String candidate : candidates(name)) {
            answer = ask(candidate, type);
            if (!answer.answers().isEmpty() || answer.status() == Lookup.Status.UNANSWERED) {
                return answer;
            }
        }
        return answer;
    }

    /** A full name, asked of the first server that answers. */
    public Lookup ask(String fullName, RecordType type) {
        for (String server : servers) {
            Lookup answer = machine.network().lookup(server, fullName, type);
            if (answer.status() != Lookup.Status.UNANSWERED) {
                return answer;
            }
        }
        return Lookup.UNANSWERED;
    }

    /** A name with enough dots is tried as it is first, another one last; a final dot ends it. */
    public List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name.substring(0, name.length() - 1));
        }
        List<String> candidates = new ArrayList<>();
        search.forEach(domain -> candidates.add(name + "." + domain));
        boolean enough = name.chars().filter(c -> c == '.').count() >= ndots;
        candidates.add(enough ? 0 : candidates.size(), name);
        return candidates;
    }

    private List<List<String>> lines(String path) {
        try {
            if (!(machine.files().get(path, User.ROOT) instanceof RegularFile file)) {
                return List.of();
            }
            byte[] content = file.content();
            return Raw.of(content, 0, content.length)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(line -> List.of(line.split("\\s+")))
                    .toList();
        } catch (FileException _) {
            return List.of();
        }
    }
}
