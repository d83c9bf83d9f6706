package dev.orrery.userland.applet;

import dev.orrery.userland.Task;
import dev.orrery.userland.file.Raw;
import dev.orrery.userland.network.Address;
import java.util.List;
import java.util.Locale;

/** Commands that show the machine's two interfaces: the loop and the one to the network. */
final class Interfaces {

    private Interfaces() {}

    static void ip(Instant out, Task task) {
        List<String> words =
                Applet.arguments(task).stream().filter(word -> !word.startsWith("-")).toList();
        String object = words.isEmpty() ? "" : words.getFirst();
        boolean changes = words.size() > 1 && words.get(1).matches("add|del|delete|set|change");
        if (changes) {
            out.print(2, Raw.bytes("ip: RTNETLINK answers: Operation not permitted\n"));
            out.status(2);
        } else if (object.matches("a|addr|address")) {
            addresses(out, task, words);
        } else if (object.matches("r|route")) {
            String address = task.machine().network().address();
            out.print(
                    "default via "
                            + address.replaceAll("\\d+$", "1")
                            + " dev eth0\n"
                            + address.replaceAll("\\d+$", "0")
                            + "/24 dev eth0 scope link  src "
                            + address
                            + "\n");
        } else if (object.matches("l|link")) {
            out.print(
                    """
                    1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
                    2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue
                    """);
        } else {
            out.complain(task, "not simulated: " + String.join(" ", words));
        }
    }

    private static void addresses(Instant out, Task task, List<String> words) {
        String device = words.size() < 2 ? "" : words.getLast();
        if (!device.matches("|list|show|ls|lo|eth0")) {
            out.complain(task, "can't find device '" + device + "'");
            return;
        }
        if (!device.equals("eth0")) {
            out.print(
                    """
                    1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
                        link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
                        inet 127.0.0.1/8 scope host lo
                           valid_lft forever preferred_lft forever
                    """);
        }
        if (!device.equals("lo")) {
            String address = task.machine().network().address();
            out.print(
                    """
                    2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue
                        link/ether %s brd ff:ff:ff:ff:ff:ff
                        inet %s/24 brd %s scope global eth0
                           valid_lft forever preferred_lft forever
                    """
                            .formatted(
                                    hardware(address),
                                    address,
                                    address.replaceAll("\\d+$", "255")));
        }
    }

    /** As the bridges of container networks make it: 10.244.1.5 is at 0a:58:0a:f4:01:05. */
    private static String hardware(String address) {
        StringBuilder made = new StringBuilder("0a:58");
        if (Address.isNumeric(address) && address.indexOf(':') < 0) {
            for (String part : address.split("\\.")) {
                made.append(":%02x".formatted(Integer.parseInt(part)));
            }
        }
        return made.toString();
    }

    static void ifconfig(Instant out, Task task) {
        List<String> words =
                Applet.arguments(task).stream().filter(word -> !word.equals("-a")).toList();
        if (words.size() > 1) {
            out.complain(task, "SIOCSIFADDR: Operation not permitted");
            return;
        }
        String wanted = words.isEmpty() ? "" : words.getFirst();
        String address = task.machine().network().address();
        if (wanted.isEmpty() || wanted.equals("eth0")) {
            out.print(
                    """
                    eth0      Link encap:Ethernet  HWaddr %s
                              inet addr:%s  Bcast:%s  Mask:255.255.255.0
                              UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1
                              RX packets:0 errors:0 dropped:0 overruns:0 frame:0
                              TX packets:0 errors:0 dropped:0 overruns:0 carrier:0
                              collisions:0 txqueuelen:0
                              RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)

                    """
                            .formatted(
                                    hardware(address).toUpperCase(Locale.ROOT),
                                    address,
                                    address.replaceAll("\\d+$", "255")));
        }
        if (wanted.isEmpty() || wanted.equals("lo")) {
            out.print(
                    """
                    lo        Link encap:Local Loopback
                              inet addr:127.0.0.1  Mask:255.0.0.0
                              UP LOOPBACK RUNNING  MTU:65536  Metric:1
                              RX packets:0 errors:0 dropped:0 overruns:0 frame:0
                              TX packets:0 errors:0 dropped:0 overruns:0 carrier:0
                              collisions:0 txqueuelen:1000
                              RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)

                    """);
        }
        if (!wanted.matches("|lo|eth0")) {
            out.complain(task, wanted + ": error fetching interface information: Device not found");
        }
    }
}
