package dev.orrery.apiserver.rules.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Names;
import dev.orrery.apiserver.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The rules of ConfigMap. */
public final class ConfigMapRules implements Rules {

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        Field map = Field.of(object, errors);
        long size = 0;
        for (Map.Entry<String, Field> entry : map.get("data").entries()) {
            validateKey(entry.getKey(), entry.getValue());
            if (object.path("binaryData").has(entry.getKey())) {
                entry.getValue().invalid(entry.getKey(), "duplicate of key present in binaryData");
            }
            size += entry.getValue().text().getBytes(StandardCharsets.UTF_8).length;
        }
        for (Map.Entry<String, Field> entry : map.get("binaryData").entries()) {
            validateKey(entry.getKey(), entry.getValue());
            size += DataRules.decodedLength(entry.getValue().text());
        }
        if (size > DataRules.MOST_BYTES) {
            errors.tooLong(FieldPath.ROOT, DataRules.MOST_BYTES);
        }
    }

    static void validateKey(String key, Field value) {
        Names.configMapKey(key).forEach(fault -> value.invalid(key, fault));
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        DataRules.validateImmutable(object, old, errors);
    }
}
