package dev.orrery.kubelet.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All images of the world: those with a profile, those that cannot be pulled, and any other
 * well-formed name, which stands for a server. For any thread.
 */
public final class ImageCatalog {

    private static final List<String> BUILT_IN =
            List.of(
                    "agnhost",
                    "alpine",
                    "busybox",
                    "busybox-1.28",
                    "debian",
                    "glibc-dns-testing",
                    "httpd",
                    "kitten",
                    "mysql",
                    "nautilus",
                    "nginx",
                    "node",
                    "nonewprivs",
                    "openjdk",
                    "pause",
                    "perl",
                    "postgres",
                    "python",
                    "random-exit",
                    "redis",
                    "resource-consumer",
                    "sample-apiserver",
                    "stress",
                    "tools",
                    "ubuntu");

    /** Images that are others under their names, as far as anybody can see from outside. */
    private static final Map<String, String> ALIKE =
            Map.of(
                    "nginx-slim", "nginx",
                    "mariadb", "mysql",
                    "valkey", "redis",
                    "eclipse-temurin", "openjdk",
                    "amazoncorretto", "openjdk",
                    "redis-slave", "redis");

    private static final Pattern OLD_BUSYBOX =
            Pattern.compile("busybox:1\\.(1?\\d|2[0-8])([.-].*)?");

    private static final List<String> LOOKS_MADE_TO_FAIL =
            List.of("no-such", "nosuch", "non-existent", "nonexistent", "404", "invalid");

    private final Map<String, ImageProfile> profiles;
    private final Set<String> missing;
    private final UserProfiles own;

    private ImageCatalog(
            Map<String, ImageProfile> profiles, Set<String> missing, UserProfiles own) {
        this.own = own;
        this.profiles = Map.copyOf(profiles);
        this.missing = Set.copyOf(missing);
    }

    /**
     * The profiles that come with the kubelet.
     *
     * @param missing images that shall fail to pull, as users write them
     */
    public static ImageCatalog builtIn(Set<String> missing) {
        return with(missing, Map::of);
    }

    /**
     * As {@link #builtIn}, with profiles that people bring: they come before the others.
     *
     * @param own their texts by file name, as they are now
     */
    public static ImageCatalog with(Set<String> missing, Supplier<Map<String, String>> own) {
        Map<String, ImageProfile> profiles = new HashMap<>();
        for (String name : BUILT_IN) {
            profiles.put(name, read(name));
        }
        return new ImageCatalog(profiles, missing, new UserProfiles(own));
    }

    public ImageProfile profile(ImageReference image) {
        ImageProfile profile = find(own.all(), image);
        if (profile == null
                && OLD_BUSYBOX.matcher(image.baseName() + ":" + image.tag()).matches()) {
            profile = profiles.get("busybox-1.28");
        }
        if (profile == null) {
            profile = find(profiles, image);
        }
        return profile == null ? ImageProfile.generic(image.baseName()) : profile;
    }

    private static @Nullable ImageProfile find(
            Map<String, ImageProfile> all, ImageReference image) {
        ImageProfile exact = all.get(image.nameWithoutTag());
        if (exact != null) {
            return exact;
        }
        ImageProfile profile = all.get(image.baseName());
        String like = ALIKE.get(image.baseName());
        return profile == null && like != null ? all.get(like) : profile;
    }

    /** Whether a registry would have it. */
    public boolean exists(ImageReference image, String asWritten) {
        String tag = image.tag().toLowerCase(Locale.ROOT);
        return !missing.contains(asWritten)
                && !missing.contains(image.toString())
                && LOOKS_MADE_TO_FAIL.stream().noneMatch(tag::contains)
                && LOOKS_MADE_TO_FAIL.stream()
                        .filter(mark -> !mark.equals("404"))
                        .noneMatch(mark -> image.repository().contains(mark));
    }

    private static ImageProfile read(String name) {
        try (InputStream yaml =
                ImageCatalog.class.getResourceAsStream("/images/" + name + ".yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("no profile of image " + name);
            }
            return ProfileReader.read(name, yaml.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
