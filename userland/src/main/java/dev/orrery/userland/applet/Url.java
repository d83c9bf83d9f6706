package dev.orrery.userland.applet;

import dev.orrery.userland.http.Forms;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a command is asked to fetch.
 *
 * @param target path and query, beginning with a slash
 */
record Url(boolean secure, String host, int port, String target) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(https?)://)?(?:[^/@?#]*@)?(\\[[0-9a-fA-F:.]+\\]|[^/:?#]+)(?::(\\d{1,5}))?"
                            + "([/?][^#]*)?(?:#.*)?");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Null where the text is none. */
    static @Nullable Url of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        boolean secure = "https".equals(parts.group(1));
        String port = parts.group(3);
        int number = port == null ? (secure ? HTTPS : HTTP) : Integer.parseInt(port);
        String target = parts.group(4) == null ? "/" : parts.group(4);
        return number > 65_535
                ? null
                : new Url(
                        secure,
                        parts.group(2).replaceAll("[\\[\\]]", ""),
                        number,
                        target.startsWith("/") ? target : "/" + target);
    }

    /** As the Host header has it. */
    String authority() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == (secure ? HTTPS : HTTP) ? name : name + ":" + port;
    }

    String text() {
        return (secure ? "https://" : "http://") + authority() + target;
    }

    /** Where a link leads that was found there. */
    String resolve(String link) {
        if (link.matches("https?://.*")) {
            return link;
        }
        String base = (secure ? "https://" : "http://") + authority();
        String path = target.replaceAll("\\?.*", "");
        return link.startsWith("/")
                ? base + link
                : base + path.substring(0, path.lastIndexOf('/') + 1) + link;
    }

    /** What a file is called that holds it. */
    String fileName() {
        String path = target.replaceAll("\\?.*", "");
        String last = Forms.decode(path.substring(path.lastIndexOf('/') + 1), false);
        return last.isEmpty() ? "index.html" : last;
    }
}
