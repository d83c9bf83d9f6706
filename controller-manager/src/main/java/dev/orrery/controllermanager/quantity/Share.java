package dev.orrery.controllermanager.quantity;

import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** Kubernetes' {@code IntOrString}: a number, or a percentage of a whole. */
public final class Share {

    private Share() {}

    /** 25 % of 10 is 3. Nothing given is 0. */
    public static int roundedUp(@Nullable IntOrString share, int whole) {
        return (int) Math.ceil(exact(share, whole));
    }

    /** 25 % of 10 is 2. Nothing given is 0. */
    public static int roundedDown(@Nullable IntOrString share, int whole) {
        return (int) Math.floor(exact(share, whole));
    }

    private static double exact(@Nullable IntOrString share, int whole) {
        if (share == null) {
            return 0;
        }
        if (share.getIntVal() != null) {
            return share.getIntVal();
        }
        String text = share.getStrVal();
        if (text == null || !text.endsWith("%")) {
            throw new IllegalArgumentException("neither a number nor a percentage: " + text);
        }
        return Integer.parseInt(text.substring(0, text.length() - 1)) * (double) whole / 100;
    }
}
