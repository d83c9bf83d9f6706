package dev.orrery.apiserver.definition;

import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How objects of one version become those of another. */
final class ConversionCheck {

    private static final String UNUSED = "should not be set when strategy is not set to Webhook";

    private ConversionCheck() {}

    static void check(Field spec) {
        Field conversion = spec.get("conversion");
        if (!conversion.exists()) {
            return;
        }
        conversion.get("strategy").requireOneOf(List.of("None", "Webhook"));
        Field config =
                conversion
                        .get("webhookClientConfig")
                        .with(conversion.value().at("/webhook/clientConfig"));
        Field versions =
                conversion
                        .get("conversionReviewVersions")
                        .with(conversion.value().at("/webhook/conversionReviewVersions"));
        if (conversion.get("strategy").is("Webhook")) {
            checkClient(config);
            checkReviewVersions(versions);
            return;
        }
        if (config.exists()) {
            config.forbidden(UNUSED);
        }
        if (!versions.isEmpty()) {
            versions.forbidden(UNUSED);
        }
    }

    private static void checkClient(Field config) {
        if (!config.exists()) {
            config.required("required when strategy is set to Webhook");
            return;
        }
        Field url = config.get("url");
        Field service = config.get("service");
        if (url.exists() == service.exists()) {
            config.required("exactly one of url or service is required");
        } else if (url.exists()) {
            checkUrl(url);
        } else {
            service.get("name").require("service name is required");
            service.get("namespace").require("service namespace is required");
            if (service.get("port").exists()) {
                long port = service.get("port").number(0);
                if (port < 1 || port > 65535) {
                    service.get("port")
                            .invalid("port is not valid: must be between 1 and 65535, inclusive");
                }
            }
        }
    }

    private static void checkUrl(Field url) {
        String form = "; desired format: https://host[/path]";
        try {
            URI parsed = new URI(url.text());
            if (!"https".equals(parsed.getScheme())) {
                url.invalid("'https' is the only allowed URL scheme" + form);
            }
            if (parsed.getHost() == null) {
                url.invalid("host must be specified" + form);
            }
        } catch (URISyntaxException e) {
            url.required("url must be a valid URL: " + e.getMessage() + form);
        }
    }

    private static void checkReviewVersions(Field versions) {
        if (!versions.require("")) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (Field version : versions.items()) {
            if (!seen.add(version.text())) {
                version.invalid("duplicate version");
            } else {
                version.invalid(Names.dns1035Label(version.text()));
            }
        }
        if (!seen.contains("v1") && !seen.contains("v1beta1")) {
            versions.invalid("must include at least one of v1, v1beta1");
        }
    }
}
