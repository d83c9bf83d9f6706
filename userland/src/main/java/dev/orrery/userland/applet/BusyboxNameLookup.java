package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.Lookup;
import dev.orrery.userland.network.RecordType;
import dev.orrery.userland.network.Resolver;
import java.util.List;
import java.util.Optional;

/**
 * {@code nslookup} as busybox has it since 1.29: it asks for addresses of both families, and shows
 * each answer by itself. Of the names that the search list makes only the one that is found is
 * shown.
 */
final class BusyboxNameLookup {

    private static final List<RecordType> ADDRESSES = List.of(RecordType.A, RecordType.AAAA);

    private BusyboxNameLookup() {}

    static void nslookup(Instant out, Task task) {
        List<String> operands =
                Applet.arguments(task).stream().filter(word -> !word.startsWith("-")).toList();
        if (operands.isEmpty()) {
            out.print(
                    2,
                    Raw.bytes("Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n"));
            out.status(1);
            return;
        }
        String name = operands.getFirst();
        boolean address = Address.isNumeric(name) && name.indexOf(':') < 0;
        Optional<RecordType> wanted = NameLookups.wanted(task);
        List<RecordType> types =
                address ? List.of(RecordType.PTR) : wanted.map(List::of).orElse(ADDRESSES);
        Resolver resolver = Resolver.of(task.machine());
        String asked = address ? NameLookups.reverse(name) + "." : name;
        List<Lookup> answers = answers(resolver, asked, types);
        if (answers.getFirst().status() == Lookup.Status.UNANSWERED) {
            out.print(";; connection timed out; no servers could be reached\n\n");
            out.status(1);
            return;
        }
        String server = NameLookups.server(resolver, operands);
        out.print("Server:\t\t" + server + "\nAddress:\t" + server + ":53\n\n");
        answers.forEach(answer -> show(out, asked.replaceAll("\\.$", ""), answer));
    }

    /**
     * All about the first of the candidates that there is. Where there is none, that the cluster
     * has no such name counts more than that nobody outside of it could be asked.
     */
    private static List<Lookup> answers(Resolver resolver, String name, List<RecordType> types) {
        List<Lookup> last = List.of();
        boolean unknown = false;
        for (String candidate : resolver.candidates(name)) {
            last = types.stream().map(type -> resolver.ask(candidate, type)).toList();
            List<Lookup.Status> said = last.stream().map(Lookup::status).toList();
            if (said.contains(Lookup.Status.NOERROR) || said.contains(Lookup.Status.UNANSWERED)) {
                return last;
            }
            unknown |= said.contains(Lookup.Status.NXDOMAIN);
        }
        return unknown ? types.stream().map(_ -> Lookup.NXDOMAIN).toList() : last;
    }

    private static void show(Instant out, String name, Lookup answer) {
        if (answer.status() == Lookup.Status.NOERROR) {
            answer.answers().forEach(record -> out.print(NameLookups.shown(record)));
        } else {
            out.print("** server can't find " + name + ": " + answer.status() + "\n");
            out.status(1);
        }
        out.print("\n");
    }
}
