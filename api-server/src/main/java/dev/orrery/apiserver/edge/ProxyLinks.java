package dev.orrery.apiserver.edge;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes links of a server lead through the proxy again: those to itself that begin at its root.
 *
 * @param prefix of the proxy's path
 * @param server the host that was asked
 * @param asked the host that the client believes to ask
 */
record ProxyLinks(String prefix, String server, String asked) {

    private static final Map<String, Set<String>> ATTRIBUTES =
            Map.ofEntries(
                    Map.entry("a", Set.of("href")),
                    Map.entry("area", Set.of("href")),
                    Map.entry("audio", Set.of("src")),
                    Map.entry("base", Set.of("href")),
                    Map.entry("blockquote", Set.of("cite")),
                    Map.entry("body", Set.of("background")),
                    Map.entry("button", Set.of("formaction")),
                    Map.entry("embed", Set.of("src")),
                    Map.entry("form", Set.of("action")),
                    Map.entry("frame", Set.of("longdesc", "src")),
                    Map.entry("head", Set.of("profile")),
                    Map.entry("html", Set.of("manifest")),
                    Map.entry("iframe", Set.of("longdesc", "src")),
                    Map.entry("img", Set.of("longdesc", "src", "usemap")),
                    Map.entry("input", Set.of("src", "usemap", "formaction")),
                    Map.entry("link", Set.of("href")),
                    Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
                    Map.entry("q", Set.of("cite")),
                    Map.entry("script", Set.of("src")),
                    Map.entry("source", Set.of("src")),
                    Map.entry("video", Set.of("poster", "src")));

    private static final Pattern TAG =
            Pattern.compile(
                    "<!--.*?-->|<([a-zA-Z][a-zA-Z0-9]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*+)>",
                    Pattern.DOTALL);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z-]+)(\\s*=\\s*)(\"[^\"]*\"|'[^']*'|[^\\s\"'>]+)");

    /** A link as it is to be; itself where it leads elsewhere, or is none. */
    String rewritten(String link) {
        URI uri;
        try {
            uri = new URI(link);
        } catch (URISyntaxException _) {
            return link;
        }
        String host = orEmpty(uri.getRawAuthority());
        String path = orEmpty(uri.getRawPath());
        boolean elsewhere = !host.isEmpty() && !host.equals(server) && !host.equals(asked);
        if (elsewhere || !path.startsWith("/")) {
            return link;
        }
        String begin =
                host.isEmpty() || !host.equals(asked)
                        ? ""
                        : (uri.getScheme() == null ? "" : uri.getScheme() + ":") + "//" + host;
        return begin
                + (path.startsWith(prefix) ? path : prefix + path)
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment());
    }

    private static String orEmpty(@Nullable String part) {
        return part == null ? "" : part;
    }

    /** A page with its links as they are to be. */
    String rewrittenPage(String html) {
        return TAG.matcher(html)
                .replaceAll(tag -> {
                    String name = tag.group(1);
                    Set<String> links =
                            name == null ? null : ATTRIBUTES.get(name.toLowerCase(Locale.ROOT));
                    return Matcher.quoteReplacement(
                            links == null
                                    ? tag.group()
                                    : "<" + name + attributes(tag.group(2), links) + ">");
                });
    }

    private String attributes(String text, Set<String> links) {
        return ATTRIBUTE
                .matcher(text)
                .replaceAll(each -> {
                    String value = each.group(3);
                    boolean quoted = value.startsWith("\"") || value.startsWith("'");
                    String quote = quoted ? value.substring(0, 1) : "";
                    String link = quoted ? value.substring(1, value.length() - 1) : value;
                    return Matcher.quoteReplacement(
                            links.contains(each.group(1).toLowerCase(Locale.ROOT))
                                    ? each.group(1)
                                            + each.group(2)
                                            + quote
                                            + rewritten(link)
                                            + quote
                                    : each.group());
                });
    }
}
