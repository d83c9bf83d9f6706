package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.IP;

import java.util.function.Predicate;

/** {@code ip('192.168.0.1').family()}. */
final class IpFunctions {

    private IpFunctions() {}

    static void addTo(Functions to) {
        to.global("ip", "string_to_ip", IP, a -> IpValue.of((String) a[0]), STRING);
        to.global("isIP", "is_ip", BOOL, a -> IpValue.orNull((String) a[0]) != null, STRING);
        to.global(
                "ip.isCanonical",
                "ip_is_canonical",
                BOOL,
                a -> IpValue.of((String) a[0]).toString().equals(a[0]),
                STRING);
        to.global("string", "ip_to_string", STRING, a -> a[0].toString(), IP);
        to.member("family", "ip_family", INT, a -> ((IpValue) a[0]).is4() ? 4L : 6L, IP);
        test(to, "isUnspecified", "ip_is_unspecified", IpValue::isUnspecified);
        test(to, "isLoopback", "ip_is_loopback", IpValue::isLoopback);
        test(to, "isGlobalUnicast", "ip_is_global_unicast", IpValue::isGlobalUnicast);
        test(to, "isLinkLocalUnicast", "ip_is_link_local_unicast", IpValue::isLinkLocalUnicast);
        test(
                to,
                "isLinkLocalMulticast",
                "ip_is_link_local_multicast",
                IpValue::isLinkLocalMulticast);
    }

    private static void test(Functions to, String name, String id, Predicate<IpValue> test) {
        to.member(name, id, BOOL, a -> test.test((IpValue) a[0]), IP);
    }
}
