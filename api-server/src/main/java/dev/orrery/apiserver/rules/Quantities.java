package dev.orrery.apiserver.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.machinery.resource.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Quantities where they stand in objects: given their canonical form, and checked. */
public final class Quantities {

    private static final List<String> LISTS = List.of("limits", "requests");
    private static final Set<String> SUFFIXES =
            Set.of("", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti");

    private Quantities() {}

    /** Both lists of a {@code ResourceRequirements}. */
    public static void canonicalize(JsonNode requirements) {
        for (String list : LISTS) {
            if (requirements.get(list) instanceof ObjectNode quantities) {
                canonicalizeAll(quantities);
            }
        }
    }

    /** Every value of a resource list. */
    public static void canonicalizeAll(JsonNode quantities) {
        if (quantities instanceof ObjectNode list) {
            List<String> names = new ArrayList<>(list.size());
            list.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> canonicalize(list, name));
        }
    }

    /** One quantity; what is none is left for the checks. */
    public static void canonicalize(ObjectNode holder, String name) {
        JsonNode value = holder.path(name);
        if (!value.isTextual() && !value.isNumber()) {
            return;
        }
        if (value.isTextual() && isShort(value.textValue())) {
            return;
        }
        Quantity quantity = Quantity.parse(value.asText());
        if (quantity != null) {
            String text = quantity.toString();
            if (!value.isTextual() || !value.textValue().equals(text)) {
                holder.put(name, text);
            }
        }
    }

    /**
     * Whether the text is canonical at a glance, as nearly all are: a whole number from 1 to 999
     * and a suffix, which no other suffix could make shorter.
     */
    private static boolean isShort(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits > 0
                && digits <= 3
                && text.charAt(0) != '0'
                && SUFFIXES.contains(text.substring(digits));
    }

    /** Reports values that are below zero. */
    public static void notNegative(Field quantity) {
        if (quantity.exists() && Quantity.of(quantity.value()).signum() < 0) {
            quantity.invalid("must be greater than or equal to 0");
        }
    }

    /** Reports negative values of a resource list. */
    public static void noneNegative(Field list) {
        for (Map.Entry<String, Field> entry : list.entries()) {
            notNegative(entry.getValue());
        }
    }
}
