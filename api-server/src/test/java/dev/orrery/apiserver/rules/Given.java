package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Objects as tests write them, and what rules say of them. */
public final class Given {

    private static final JsonMapper LENIENT =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .build();

    private Given() {}

    /** From JSON with bare names and single quotes. */
    public static ObjectNode object(String json) {
        try {
            return (ObjectNode) LENIENT.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** What is wrong with a new object, once its defaults are filled in. */
    public static List<String> faults(Rules rules, ObjectNode object) {
        rules.setDefaults(object);
        rules.prepareForCreate(object);
        FieldErrors errors = new FieldErrors();
        rules.validate(object, errors);
        rules.validateCreate(object, errors);
        return texts(errors);
    }

    /** What is wrong with turning one object into the other, both with their defaults. */
    public static List<String> updateFaults(Rules rules, ObjectNode old, ObjectNode object) {
        rules.setDefaults(old);
        rules.prepareForCreate(old);
        rules.setDefaults(object);
        if (old.has("status")) {
            object.set("status", old.get("status"));
        }
        rules.prepareForUpdate(object, old);
        FieldErrors errors = new FieldErrors();
        rules.validate(object, errors);
        rules.validateUpdate(object, old, errors);
        return texts(errors);
    }

    private static List<String> texts(FieldErrors errors) {
        return errors.all().stream().map(FieldError::toString).toList();
    }
}
