package dev.orrery.apiserver.metadata;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes names that nobody has. As safe for threads as its generator. */
public record Identities(RandomGenerator random) {

    /** Without vowels, and without what looks like them, so that no words come out. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int LONGEST_BASE = 63 - SUFFIX;

    /** A random (version 4) UUID. */
    public String uid() {
        long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** A name that begins with a base: {@code web-} gives {@code web-x7kq2}. */
    public String name(String base) {
        StringBuilder name = new StringBuilder(base);
        name.setLength(Math.min(base.length(), LONGEST_BASE));
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /** An id of a write. */
    public String writeId() {
        return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
    }
}
