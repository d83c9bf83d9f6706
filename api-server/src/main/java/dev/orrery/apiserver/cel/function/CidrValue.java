package dev.orrery.apiserver.cel.function;

import org.jspecify.annotations.Nullable;

/** An address and how many of its bits name the network. */
record CidrValue(IpValue address, int prefix) {

    static CidrValue of(String text) {
        try {
            return parse(text);
        } catch (FunctionFailure e) {
            throw new FunctionFailure(
                    "network address parse error during conversion from string: " + e.getMessage());
        }
    }

    /** Null where the text is none. */
    static @Nullable CidrValue orNull(String text) {
        try {
            return parse(text);
        } catch (FunctionFailure e) {
            return null;
        }
    }

    private static CidrValue parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw failure(text, "no '/'");
        }
        IpValue address;
        try {
            address = IpText.parse(text.substring(0, slash));
        } catch (FunctionFailure e) {
            throw failure(text, String.valueOf(e.getMessage()));
        }
        if (text.indexOf('%') >= 0) {
            throw failure(text, "IPv6 zones cannot be present in a prefix");
        }
        String bits = text.substring(slash + 1);
        if (!bits.matches("0|[1-9][0-9]{0,2}")) {
            throw failure(text, "bad bits after slash: \"" + bits + "\"");
        }
        if (Integer.parseInt(bits) > address.bits()) {
            throw failure(text, "prefix length out of range");
        }
        if (address.isMapped()) {
            throw new FunctionFailure("IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
        }
        return new CidrValue(address, Integer.parseInt(bits));
    }

    private static FunctionFailure failure(String text, String why) {
        return new FunctionFailure(
                "network address parse error during conversion from string: netip.ParsePrefix(\""
                        + text
                        + "\"): "
                        + why);
    }

    boolean contains(IpValue other) {
        return other.is4() == address.is4() && other.masked(prefix).equals(address.masked(prefix));
    }

    boolean contains(CidrValue other) {
        return prefix <= other.prefix && contains(other.address);
    }

    CidrValue masked() {
        return new CidrValue(address.masked(prefix), prefix);
    }

    @Override
    public String toString() {
        return address + "/" + prefix;
    }
}
