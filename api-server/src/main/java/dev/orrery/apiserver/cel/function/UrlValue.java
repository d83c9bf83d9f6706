package dev.orrery.apiserver.cel.function;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute URL, or an absolute path, read as Go reads them.
 *
 * @param host with its port
 * @param path as it is written
 */
record UrlValue(String text, String scheme, String host, String path, String query) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://(?:[^/?#]*@)?([^/?#]*))?([^?#]*)"
                            + "(?:\\?([^#]*))?(?:#.*)?");

    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+\\]|[^:\\[\\] <>\"^`{|}]*)(?::([0-9]*))?");

    static UrlValue of(String text) {
        if (text.isEmpty()) {
            throw failure(text, "empty url");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) == 0x7f) {
                throw failure(text, "net/url: invalid control character in URL");
            }
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || (form.group(1) == null && !text.startsWith("/"))) {
            boolean colon = text.indexOf(':') >= 0 && text.indexOf(':') < end(text);
            throw failure(
                    text,
                    colon && text.startsWith(":")
                            ? "missing protocol scheme"
                            : "invalid URI for request");
        }
        boolean rootless = form.group(2) == null && !form.group(3).startsWith("/");
        if (rootless && !form.group(3).isEmpty() && form.group(1) == null) {
            throw failure(text, "invalid URI for request");
        }
        String host = part(form, 2);
        checkHost(text, host);
        checkEscapes(text, form.group(3));
        return new UrlValue(text, part(form, 1), host, form.group(3), part(form, 4));
    }

    private static int end(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? text.length() : slash;
    }

    private static String part(Matcher form, int group) {
        return form.group(group) == null ? "" : form.group(group);
    }

    private static void checkHost(String text, String host) {
        if (!HOST.matcher(host).matches()) {
            int colon = host.lastIndexOf(':');
            throw failure(
                    text,
                    colon >= 0 && !host.substring(colon + 1).matches("[0-9]*")
                            ? "invalid port \"" + host.substring(colon) + "\" after host"
                            : "invalid character in host name");
        }
    }

    private static void checkEscapes(String text, String path) {
        for (int i = path.indexOf('%'); i >= 0; i = path.indexOf('%', i + 1)) {
            String escape = path.substring(i, Math.min(i + 3, path.length()));
            if (!escape.matches("%[0-9a-fA-F]{2}")) {
                throw failure(text, "invalid URL escape \"" + escape + "\"");
            }
        }
    }

    private static FunctionFailure failure(String text, String why) {
        return new FunctionFailure(
                "URL parse error during conversion from string: parse \"" + text + "\": " + why);
    }

    String hostname() {
        Matcher form = HOST.matcher(host);
        String name = form.matches() ? form.group(1) : host;
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    String port() {
        Matcher form = HOST.matcher(host);
        return form.matches() && form.group(2) != null ? form.group(2) : "";
    }

    String escapedPath() {
        return path.replace(" ", "%20");
    }

    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.computeIfAbsent(plain(name), _ -> new ArrayList<>()).add(plain(value));
            }
        }
        return parameters;
    }

    private static String plain(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
