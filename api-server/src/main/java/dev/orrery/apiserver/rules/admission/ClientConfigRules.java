package dev.orrery.apiserver.rules.admission;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules of where a webhook is. */
public final class ClientConfigRules {

    private static final String FORM = "; desired format: https://host[/path]";
    private static final int MAX_PORT = 65535;

    private ClientConfigRules() {}

    public static void validate(Field config) {
        Field url = config.get("url");
        Field service = config.get("service");
        if (url.exists() == service.exists()) {
            config.required("exactly one of url or service is required");
        } else if (url.exists()) {
            validateUrl(url);
        } else {
            validateService(service);
        }
    }

    private static void validateUrl(Field url) {
        URI uri;
        try {
            uri = new URI(url.text());
        } catch (URISyntaxException e) {
            url.required("url must be a valid URL: " + e.getMessage() + FORM);
            return;
        }
        if (!"https".equals(uri.getScheme())) {
            url.invalid(text(uri.getScheme()), "'https' is the only allowed URL scheme" + FORM);
        }
        if (text(uri.getRawAuthority()).isEmpty()) {
            url.invalid("", "host must be specified" + FORM);
        }
        reject(url, uri.getRawUserInfo(), "user information is not permitted in the URL");
        reject(url, uri.getRawFragment(), "fragments are not permitted in the URL");
        reject(url, uri.getRawQuery(), "query parameters are not permitted in the URL");
    }

    private static void reject(Field url, @Nullable String part, String why) {
        if (!text(part).isEmpty()) {
            url.invalid(part, why);
        }
    }

    private static String text(@Nullable String part) {
        return part == null ? "" : part;
    }

    private static void validateService(Field service) {
        service.get("name").require("");
        service.get("namespace").require("");
        long port = service.get("port").number(1);
        if (port < 1 || port > MAX_PORT) {
            service.get("port")
                    .invalid("port is not valid: must be between 1 and 65535, inclusive");
        }
        String path = service.get("path").text();
        if (!path.isEmpty() && !path.equals("/")) {
            validatePath(service.get("path"), path);
        }
    }

    private static void validatePath(Field field, String path) {
        if (path.equals("//")) {
            field.invalid("segment[0] may not be empty");
            return;
        }
        if (!path.startsWith("/")) {
            field.invalid("must start with a '/'");
        }
        String inner = path.substring(1);
        String[] steps =
                (inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner)
                        .split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i].isEmpty()) {
                field.invalid("segment[" + i + "] may not be empty");
            } else {
                List<String> faults = Names.dnsSubdomain(steps[i]);
                for (String fault : faults) {
                    field.invalid("segment[" + i + "]: " + fault);
                }
            }
        }
    }
}
