package dev.orrery.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;
import java.util.Set;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** What a word in YAML means. */
final class YamlScalar {

    private static final Set<String> TRUE = Set.of("true", "yes", "on");

    private YamlScalar() {}

    static JsonNode value(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return NullNode.instance;
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(TRUE.contains(text.toLowerCase(Locale.ROOT)));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text.replace("_", ""), text);
        }
        return TextNode.valueOf(text);
    }

    /** Numbers to the base of sixty are none to Go. */
    private static JsonNode number(String digits, String text) {
        if (digits.indexOf(':') >= 0) {
            return TextNode.valueOf(text);
        }
        String plain = digits.toLowerCase(Locale.ROOT);
        if (plain.endsWith(".inf") || plain.endsWith(".nan")) {
            throw new YAMLException("json: unsupported value: " + text);
        }
        try {
            return ScalarReader.number(integer(plain));
        } catch (NumberFormatException e) {
            return DoubleNode.valueOf(Double.parseDouble(plain));
        }
    }

    private static long integer(String text) {
        boolean negative = text.startsWith("-");
        String digits = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        int radix =
                digits.startsWith("0x")
                        ? 16
                        : digits.startsWith("0b")
                                ? 2
                                : digits.startsWith("0o") || digits.matches("0\\d+") ? 8 : 10;
        String bare = digits.replaceFirst("^0[xbo]", "");
        return Long.parseLong(negative ? "-" + bare : bare, radix);
    }
}
