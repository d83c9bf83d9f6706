package dev.orrery.apiserver.edge;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path that leads through the api-server to another server.
 *
 * @param prefix up to and with {@code /proxy}
 * @param rest as it was written; empty, or with a slash before it
 */
record ProxyPath(String prefix, String rest) {

    private static final Pattern PATH =
            Pattern.compile(
                    "(/api/v1/(?:namespaces/[^/]+/(?:pods|services)|nodes)/[^/]+/proxy)(/.*)?");

    static ProxyPath of(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no path of a proxy: " + path);
        }
        String rest = matcher.group(2);
        return new ProxyPath(matcher.group(1), rest == null ? "" : rest);
    }
}
