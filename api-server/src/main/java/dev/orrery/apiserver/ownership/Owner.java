package dev.orrery.apiserver.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Comparator;

/**
 * Who owns fields, and by which operation: who applies is another owner than the same that updates.
 *
 * @param apiVersion empty for one who applies: a client has one applied configuration
 * @param subresource empty for the object itself
 */
public record Owner(String manager, Operation operation, String apiVersion, String subresource) {

    static final Comparator<Owner> ORDER = Comparator.comparing(Owner::identity);

    private static final int LONGEST = 128;

    /** By their names in the API. */
    public enum Operation {
        Apply,
        Update
    }

    static Owner updating(String manager, String apiVersion, String subresource) {
        return new Owner(named(manager), Operation.Update, apiVersion, subresource);
    }

    static Owner applying(String manager, String subresource) {
        return new Owner(named(manager), Operation.Apply, "", subresource);
    }

    private static String named(String manager) {
        return manager.isEmpty() ? "unknown" : manager;
    }

    boolean applies() {
        return operation == Operation.Apply;
    }

    /** What a client is called: as it says itself, or by the first word of its user agent. */
    public static String manager(String fieldManager, String userAgent) {
        if (!fieldManager.isEmpty()) {
            return fieldManager;
        }
        int slash = userAgent.indexOf('/');
        String word = slash < 0 ? userAgent : userAgent.substring(0, slash);
        String printable =
                word.codePoints()
                        .filter(c -> c >= ' ' && c != 127 && Character.isDefined(c))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return printable.length() > LONGEST ? printable.substring(0, LONGEST) : printable;
    }

    /** As JSON; what Kubernetes sorts owners by. */
    private String identity() {
        return "{\"manager\":"
                + quoted(manager)
                + ",\"operation\":\""
                + operation
                + "\""
                + (apiVersion.isEmpty() ? "" : ",\"apiVersion\":" + quoted(apiVersion))
                + (subresource.isEmpty() ? "" : ",\"subresource\":" + quoted(subresource))
                + "}";
    }

    private static String quoted(String text) {
        JsonNode node = TextNode.valueOf(text);
        return node.toString();
    }

    /** As messages name it: {@code "kubectl" with subresource "scale" using apps/v1}. */
    @Override
    public String toString() {
        return quoted(manager)
                + (subresource.isEmpty() ? "" : " with subresource " + quoted(subresource))
                + (applies() ? "" : " using " + apiVersion);
    }
}
