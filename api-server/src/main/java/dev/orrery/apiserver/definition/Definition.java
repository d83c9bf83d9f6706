package dev.orrery.apiserver.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.orrery.machinery.log.GroupResource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a CustomResourceDefinition says.
 *
 * @param object never changed
 */
public record Definition(JsonNode object) {

    public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    public static final GroupResource RESOURCE =
            new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");

    public static Definition of(JsonNode object) {
        return new Definition(object);
    }

    public String name() {
        return object.path("metadata").path("name").asText("");
    }

    public JsonNode spec() {
        return object.path("spec");
    }

    public String group() {
        return spec().path("group").asText("");
    }

    public String plural() {
        return spec().path("names").path("plural").asText("");
    }

    public boolean isNamespaced() {
        return spec().path("scope").asText("").equals("Namespaced");
    }

    public boolean isDeleting() {
        return object.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** It is being deleted, and its objects are not yet gone. */
    public boolean holdsObjects() {
        for (JsonNode finalizer : object.path("metadata").path("finalizers")) {
            if (finalizer.asText().equals(CLEANUP)) {
                return isDeleting();
            }
        }
        return false;
    }

    /** Where the objects lie in the log. */
    public GroupResource storage() {
        return new GroupResource(group(), plural());
    }

    public List<JsonNode> versions() {
        List<JsonNode> versions = new ArrayList<>();
        spec().path("versions").forEach(versions::add);
        return versions;
    }

    /** Missing where there is none of that name. */
    public JsonNode version(String name) {
        for (JsonNode version : spec().path("versions")) {
            if (version.path("name").asText("").equals(name)) {
                return version;
            }
        }
        return MissingNode.getInstance();
    }

    /** Empty where none is marked. */
    public String storageVersion() {
        for (JsonNode version : spec().path("versions")) {
            if (version.path("storage").asBoolean()) {
                return version.path("name").asText("");
            }
        }
        return "";
    }

    public boolean isEstablished() {
        return Conditions.isTrue(object, "Established");
    }
}
