package dev.orrery.kubelet.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/** Which images a node has. Confined to the node's mailbox. */
public final class NodeImages {

    private final Set<ImageReference> present = new HashSet<>();

    public boolean has(ImageReference image) {
        return present.contains(image);
    }

    public void add(ImageReference image) {
        present.add(image);
    }

    /** The image's content address, the same on every node. */
    public static String imageId(ImageReference image) {
        String digest =
                image.digest().isEmpty() ? "sha256:" + sha256(image.toString()) : image.digest();
        return image.nameWithoutTag() + "@" + digest;
    }

    private static String sha256(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
