package dev.orrery.apiserver.cel.function;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.orrery.apiserver.cel.function.ValueTypes.STRINGS;
import static dev.orrery.apiserver.cel.function.ValueTypes.URL;

import dev.cel.common.types.MapType;

/** {@code url('https://example.com:80/').getHostname()}. */
final class UrlFunctions {

    private UrlFunctions() {}

    static void addTo(Functions to) {
        to.global("url", "string_to_url", URL, a -> UrlValue.of((String) a[0]), STRING);
        to.global("isURL", "is_url_string", BOOL, a -> isUrl((String) a[0]), STRING);
        to.member("getScheme", "url_get_scheme", STRING, a -> self(a).scheme(), URL);
        to.member("getHost", "url_get_host", STRING, a -> self(a).host(), URL);
        to.member("getHostname", "url_get_hostname", STRING, a -> self(a).hostname(), URL);
        to.member("getPort", "url_get_port", STRING, a -> self(a).port(), URL);
        to.member(
                "getEscapedPath", "url_get_escaped_path", STRING, a -> self(a).escapedPath(), URL);
        to.member(
                "getQuery",
                "url_get_query",
                MapType.create(STRING, STRINGS),
                a -> self(a).parameters(),
                URL);
    }

    private static UrlValue self(Object[] arguments) {
        return (UrlValue) arguments[0];
    }

    private static boolean isUrl(String text) {
        try {
            UrlValue.of(text);
            return true;
        } catch (FunctionFailure e) {
            return false;
        }
    }
}
