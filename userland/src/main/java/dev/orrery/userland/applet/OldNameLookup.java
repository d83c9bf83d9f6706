package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.network.Address;
import dev.orrery.userland.network.RecordType;
import dev.orrery.userland.network.Resolver;
import java.util.List;

/**
 * {@code nslookup} as busybox had it until 1.28: it asks the C library and shows what that says.
 */
final class OldNameLookup {

    private OldNameLookup() {}

    static void nslookup(Instant out, Task task) {
        List<String> operands = Applet.arguments(task);
        Resolver resolver = Resolver.of(task.machine());
        if (operands.isEmpty()) {
            out.complain(task, "no name");
            return;
        }
        String server =
                operands.size() > 1
                        ? operands.get(1)
                        : resolver.servers().stream().findFirst().orElse("0.0.0.0");
        show(out, task, resolver, "Server:", server);
        out.print("\n");
        show(out, task, resolver, "Name:", operands.getFirst());
    }

    private static void show(Instant out, Task task, Resolver resolver, String what, String host) {
        List<String> addresses = resolver.addresses(host);
        if (addresses.isEmpty()) {
            out.complain(task, "can't resolve '" + host + "'");
            return;
        }
        out.print("%-10s %s\n".formatted(what, host));
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            out.print("Address %d: %s%s\n".formatted(i + 1, address, named(resolver, address)));
        }
    }

    private static String named(Resolver resolver, String address) {
        if (!Address.isNumeric(address) || address.indexOf(':') >= 0) {
            return "";
        }
        return resolver
                .ask(NameLookups.reverse(address), RecordType.PTR)
                .data(RecordType.PTR)
                .stream()
                .findFirst()
                .map(name -> " " + name.replaceAll("\\.$", ""))
                .orElse("");
    }
}
