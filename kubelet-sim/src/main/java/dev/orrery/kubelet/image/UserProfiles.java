package dev.orrery.kubelet.image;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The profiles that people bring, by the name of the image; read anew when their text has changed.
 * A text that is no profile is complained of once and stands for none. For any thread.
 */
final class UserProfiles {

    private static final System.Logger LOG = System.getLogger(UserProfiles.class.getName());
    private static final String SUFFIX = "\\.ya?ml$";

    private final Supplier<Map<String, String>> texts;
    private volatile Read read = new Read(Map.of(), Map.of());

    private record Read(Map<String, String> texts, Map<String, ImageProfile> profiles) {}

    /**
     * @param texts by file name; asked for each time, so cheap
     */
    UserProfiles(Supplier<Map<String, String>> texts) {
        this.texts = texts;
    }

    Map<String, ImageProfile> all() {
        Map<String, String> now = texts.get();
        Read last = read;
        if (!last.texts().equals(now)) {
            last = new Read(Map.copyOf(now), parse(now));
            read = last;
        }
        return last.profiles();
    }

    private static Map<String, ImageProfile> parse(Map<String, String> texts) {
        Map<String, ImageProfile> profiles = new HashMap<>();
        texts.forEach((file, text) -> {
            try {
                String name = file.replaceFirst(SUFFIX, "");
                ImageProfile profile =
                        ProfileReader.read(name, text.getBytes(StandardCharsets.UTF_8));
                profiles.put(profile.name(), profile);
            } catch (IllegalArgumentException malformed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "profile of an image not used file={0} reason={1}",
                        file,
                        malformed.getMessage());
            }
        });
        return Map.copyOf(profiles);
    }
}
