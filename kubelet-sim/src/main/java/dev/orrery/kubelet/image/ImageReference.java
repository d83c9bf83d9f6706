package dev.orrery.kubelet.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The full name of an image: {@code nginx} is {@code docker.io/library/nginx:latest}.
 *
 * @param tag empty where only a digest is given
 * @param digest {@code sha256:...}, or empty
 */
public record ImageReference(String registry, String repository, String tag, String digest) {

    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?<registry>(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]+)?)/)?"
                            + ("(?<repository>" + PART + "(?:/" + PART + ")*)")
                            + "(?::(?<tag>[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}))?"
                            + "(?:@(?<digest>[a-z0-9]+:[a-fA-F0-9]{32,}))?");
    private static final String DOCKER_HUB = "docker.io";

    /** Empty where the text is not the name of an image. */
    public static Optional<ImageReference> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digest = orEmpty(matcher.group("digest"));
        String tag = orEmpty(matcher.group("tag"));
        String fullTag = tag.isEmpty() && digest.isEmpty() ? "latest" : tag;
        String host = orEmpty(matcher.group("registry"));
        String path = matcher.group("repository");
        if (!isRegistry(host)) {
            path = host.isEmpty() ? path : host + "/" + path;
            host = DOCKER_HUB;
        }
        if (host.equals(DOCKER_HUB) && path.indexOf('/') < 0) {
            path = "library/" + path;
        }
        return Optional.of(new ImageReference(host, path, fullTag, digest));
    }

    /** The last part of the repository: {@code nginx}. */
    public String baseName() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    public String nameWithoutTag() {
        return registry + "/" + repository;
    }

    @Override
    public String toString() {
        return nameWithoutTag()
                + (tag.isEmpty() ? "" : ":" + tag)
                + (digest.isEmpty() ? "" : "@" + digest);
    }

    private static boolean isRegistry(String host) {
        return host.indexOf('.') >= 0 || host.indexOf(':') >= 0 || host.equals("localhost");
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }
}
