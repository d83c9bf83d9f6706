package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.CIDR;
import static dev.orrery.apiserver.cel.function.ValueTypes.IP;

/** {@code cidr('10.0.0.0/8').containsIP('10.1.2.3')}. */
final class CidrFunctions {

    private CidrFunctions() {}

    static void addTo(Functions to) {
        to.global("cidr", "string_to_cidr", CIDR, a -> CidrValue.of((String) a[0]), STRING);
        to.global("isCIDR", "is_cidr", BOOL, a -> CidrValue.orNull((String) a[0]) != null, STRING);
        to.global("string", "cidr_to_string", STRING, a -> a[0].toString(), CIDR);
        to.member("ip", "cidr_ip", IP, a -> self(a).address(), CIDR);
        to.member("prefixLength", "cidr_prefix_length", INT, a -> (long) self(a).prefix(), CIDR);
        to.member("masked", "cidr_masked", CIDR, a -> self(a).masked(), CIDR);
        to.member(
                "containsIP",
                "cidr_contains_ip_string",
                BOOL,
                a -> self(a).contains(IpValue.of((String) a[1])),
                CIDR,
                STRING);
        to.member(
                "containsIP",
                "cidr_contains_ip_ip",
                BOOL,
                a -> self(a).contains((IpValue) a[1]),
                CIDR,
                IP);
        to.member(
                "containsCIDR",
                "cidr_contains_cidr_string",
                BOOL,
                a -> self(a).contains(CidrValue.of((String) a[1])),
                CIDR,
                STRING);
        to.member(
                "containsCIDR",
                "cidr_contains_cidr",
                BOOL,
                a -> self(a).contains((CidrValue) a[1]),
                CIDR,
                CIDR);
    }

    private static CidrValue self(Object[] arguments) {
        return (CidrValue) arguments[0];
    }
}
