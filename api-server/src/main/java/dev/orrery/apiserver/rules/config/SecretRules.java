package dev.orrery.apiserver.rules.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Defaults;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The rules of Secret: each type asks for entries of its own. Values are never shown. */
public final class SecretRules implements Rules {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OWNER = "kubernetes.io/service-account.name";

    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.text(object, "type", "Opaque");
        if (object.remove("stringData") instanceof ObjectNode texts) {
            ObjectNode data = Defaults.object(object, "data");
            for (Map.Entry<String, JsonNode> text : texts.properties()) {
                byte[] bytes = text.getValue().asText().getBytes(StandardCharsets.UTF_8);
                data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field secret = Field.of(object, errors);
        Field data = secret.get("data");
        long size = 0;
        for (Map.Entry<String, Field> entry : data.entries()) {
            ConfigMapRules.validateKey(entry.getKey(), entry.getValue());
            size += DataRules.decodedLength(entry.getValue().text());
        }
        if (size > DataRules.MOST_BYTES) {
            errors.tooLong(data.path(), DataRules.MOST_BYTES);
        }
        validateType(secret, data);
    }

    private static void validateType(Field secret, Field data) {
        switch (secret.get("type").text()) {
            case "kubernetes.io/service-account-token" ->
                    secret.get("metadata", "annotations").key(OWNER).require("");
            case "kubernetes.io/dockercfg" -> requireJson(data.key(".dockercfg"));
            case "kubernetes.io/dockerconfigjson" -> requireJson(data.key(".dockerconfigjson"));
            case "kubernetes.io/basic-auth" -> {
                if (!data.key("username").exists() && !data.key("password").exists()) {
                    data.key("username").required("");
                    data.key("password").required("");
                }
            }
            case "kubernetes.io/ssh-auth" -> data.key("ssh-privatekey").require("");
            case "kubernetes.io/tls" -> {
                requirePresent(data.key("tls.crt"));
                requirePresent(data.key("tls.key"));
            }
            default -> {}
        }
    }

    private static void requirePresent(Field value) {
        if (!value.exists()) {
            value.required("");
        }
    }

    private static void requireJson(Field value) {
        if (!value.exists()) {
            value.required("");
            return;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(value.text());
            if (JSON.readTree(new String(bytes, StandardCharsets.UTF_8)).isObject()) {
                return;
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            // reported below, without what it is
        }
        value.invalid("<secret contents redacted>", "unexpected end of JSON input");
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        Field.of(object, errors).get("type").unchanged(old.path("type"));
        DataRules.validateImmutable(object, old, errors);
    }
}
