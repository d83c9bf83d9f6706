package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.NameRecord;
import dev.orrery.userland.network.RecordType;
import dev.orrery.userland.network.Resolver;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Commands that ask for names. */
final class NameLookups {

    private static final int PORT = 53;

    private NameLookups() {}

    /** The name that stands for an address in the reverse tree. */
    static String reverse(String address) {
        List<String> parts = Arrays.asList(address.split("\\."));
        return String.join(".", parts.reversed()) + ".in-addr.arpa";
    }

    /** As bind has it, unless the machine's commands are busybox's. */
    static void nslookup(Instant out, Task task) {
        if (task.machine().programs().isBusybox()) {
            BusyboxNameLookup.nslookup(out, task);
        } else {
            bind(out, task);
        }
    }

    static Optional<RecordType> wanted(Task task) {
        return Applet.arguments(task).stream()
                .filter(word -> word.matches("-(query|querytype|type|q)=\\w+"))
                .map(word -> type(word.substring(word.indexOf('=') + 1)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    static String server(Resolver resolver, List<String> operands) {
        return operands.size() > 1
                ? operands.get(1)
                : resolver.servers().stream().findFirst().orElse("127.0.0.1");
    }

    static void bind(Instant out, Task task) {
        List<String> operands =
                Applet.arguments(task).stream().filter(word -> !word.startsWith("-")).toList();
        RecordType type = wanted(task).orElse(RecordType.A);
        Resolver resolver = Resolver.of(task.machine());
        String server = server(resolver, operands);
        if (operands.isEmpty()) {
            out.complain(task, "no name");
            return;
        }
        String name = operands.getFirst();
        boolean address = Address.isNumeric(name) && name.indexOf(':') < 0;
        String asked = address ? reverse(name) + "." : name;
        Lookup answer = resolver.lookup(asked, address ? RecordType.PTR : type);
        if (answer.status() == Lookup.Status.UNANSWERED) {
            out.print(";; connection timed out; no servers could be reached\n\n");
            out.status(1);
            return;
        }
        out.print("Server:\t\t" + server + "\nAddress:\t" + server + "#" + PORT + "\n\n");
        if (answer.answers().isEmpty()) {
            String shown = asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
            boolean noData = answer.status() == Lookup.Status.NOERROR;
            out.print(
                    noData
                            ? "*** Can't find " + shown + ": No answer\n\n"
                            : "** server can't find " + shown + ": " + answer.status() + "\n\n");
            out.status(noData ? 0 : 1);
            return;
        }
        answer.answers().forEach(record -> out.print(shown(record)));
        out.print("\n");
    }

    static String shown(NameRecord record) {
        return switch (record.type()) {
            case A, AAAA -> "Name:\t" + record.name() + "\nAddress: " + record.data() + "\n";
            case CNAME -> record.name() + "\tcanonical name = " + record.data() + "\n";
            case PTR -> record.name() + "\tname = " + record.data() + "\n";
            case SRV -> record.name() + "\tservice = " + record.data() + "\n";
            default -> record.name() + "\t" + record.data() + "\n";
        };
    }

    private static Optional<RecordType> type(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return Arrays.stream(RecordType.values())
                .filter(type -> type.name().equals(upper))
                .findFirst();
    }

    static void getent(Instant out, Task task) {
        List<String> words = Applet.arguments(task);
        boolean known =
                words.size() > 1
                        && List.of("hosts", "ahosts", "ahostsv4").contains(words.getFirst());
        if (!known) {
            out.complain(task, "unknown database: " + (words.isEmpty() ? "" : words.getFirst()));
            return;
        }
        out.status(2);
        for (String name : words.subList(1, words.size())) {
            for (String address : Resolver.of(task.machine()).addresses(name)) {
                out.status(0);
                out.print("%-15s %s\n".formatted(address, name));
            }
        }
    }

    /** {@code dig}: what its options of the form {@code +short} leave of the answer. */
    static void dig(Instant out, Task task) {
        Resolver resolver = Resolver.of(task.machine());
        String server = resolver.servers().stream().findFirst().orElse("127.0.0.1");
        String name = "";
        RecordType type = RecordType.A;
        boolean brief = false;
        boolean search = false;
        boolean answerOnly = false;
        List<String> words = Applet.arguments(task);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Optional<RecordType> asType = type(word);
            if (word.startsWith("+")) {
                brief |= word.equals("+short");
                search |= word.equals("+search");
                answerOnly |= word.equals("+noall");
            } else if (word.startsWith("@")) {
                server = word.substring(1);
            } else if (word.equals("-x") && i + 1 < words.size()) {
                name = reverse(words.get(++i));
                type = RecordType.PTR;
            } else if (word.equals("-t") && i + 1 < words.size()) {
                type = type(words.get(++i)).orElse(type);
            } else if (asType.isPresent()) {
                type = asType.get();
            } else if (!word.startsWith("-") && !word.equals("IN")) {
                name = word;
            }
        }
        Lookup answer =
                search
                        ? resolver.lookup(name, type)
                        : task.machine()
                                .network()
                                .lookup(server, name.replaceAll("\\.$", ""), type);
        if (answer.status() == Lookup.Status.UNANSWERED) {
            out.print(";; connection timed out; no servers could be reached\n");
            out.status(9);
        } else if (brief) {
            answer.answers().forEach(record -> out.print(record.data() + "\n"));
        } else if (answerOnly) {
            answer.answers().forEach(record -> out.print(line(record)));
        } else {
            out.print(whole(name, type, server, answer));
        }
    }

    private static String line(NameRecord record) {
        return record.name()
                + ".\t"
                + record.ttlSeconds()
                + "\tIN\t"
                + record.type()
                + "\t"
                + record.data()
                + "\n";
    }

    private static String whole(String name, RecordType type, String server, Lookup answer) {
        StringBuilder text = new StringBuilder();
        text.append("\n; <<>> DiG 9.18 <<>> ").append(name).append("\n;; Got answer:\n");
        text.append(";; ->>HEADER<<- opcode: QUERY, status: ").append(answer.status());
        text.append(", id: 1\n;; flags: qr aa rd; QUERY: 1, ANSWER: ")
                .append(answer.answers().size())
                .append(", AUTHORITY: 0, ADDITIONAL: 0\n\n;; QUESTION SECTION:\n;")
                .append(name.endsWith(".") ? name : name + ".")
                .append("\tIN\t")
                .append(type)
                .append("\n\n");
        if (!answer.answers().isEmpty()) {
            text.append(";; ANSWER SECTION:\n");
            answer.answers().forEach(record -> text.append(line(record)));
            text.append('\n');
        }
        return text.append(";; SERVER: ")
                .append(server)
                .append("#53(")
                .append(server)
                .append(")\n\n")
                .toString();
    }

    static void host(Instant out, Task task) {
        List<String> words = Applet.arguments(task);
        String name = words.isEmpty() ? "" : words.getFirst();
        Lookup answer = Resolver.of(task.machine()).lookup(name, RecordType.A);
        for (NameRecord record : answer.answers()) {
            String verb = record.type() == RecordType.CNAME ? " is an alias for " : " has address ";
            out.print(record.name() + verb + record.data() + "\n");
        }
        if (answer.answers().isEmpty()) {
            out.print(Raw.of("Host " + name + " not found: 3(NXDOMAIN)\n"));
            out.status(1);
        }
    }
}
