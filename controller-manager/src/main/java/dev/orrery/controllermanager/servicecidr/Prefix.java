package dev.orrery.controllermanager.servicecidr;

import java.math.BigInteger;
import java.net.InetAddress;

/** A range of addresses: {@code 10.96.0.0/12}. */
record Prefix(BigInteger address, int length, int width) {

    static Prefix of(String cidr) {
        int slash = cidr.indexOf('/');
        byte[] bytes = InetAddress.ofLiteral(cidr.substring(0, slash)).getAddress();
        return new Prefix(
                new BigInteger(1, bytes),
                Integer.parseInt(cidr.substring(slash + 1)),
                8 * bytes.length);
    }

    /** The range of one address. */
    static Prefix ofAddress(String address) {
        int width = 8 * InetAddress.ofLiteral(address).getAddress().length;
        return of(address + "/" + width);
    }

    boolean contains(Prefix other) {
        int rest = width - length;
        return width == other.width
                && length <= other.length
                && address.shiftRight(rest).equals(other.address.shiftRight(rest));
    }
}
