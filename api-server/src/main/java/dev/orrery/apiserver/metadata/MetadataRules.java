package dev.orrery.apiserver.metadata;

import static dev.orrery.apiserver.metadata.Metadata.FINALIZERS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orrery.apiserver.kind.Kind;
import dev.orrery.apiserver.rules.Field;
import dev.orrery.apiserver.rules.FieldErrors;
import dev.orrery.apiserver.rules.FieldPath;
import dev.orrery.apiserver.rules.Labels;
import dev.orrery.apiserver.rules.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with metadata, of new objects and of new versions. */
public final class MetadataRules {

    private static final FieldPath METADATA = FieldPath.METADATA;
    private static final int LONGEST_ANNOTATIONS = 256 << 10;
    private static final Set<String> STANDARD_FINALIZERS =
            Set.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    /** For every write. */
    public static void validate(Kind kind, Metadata metadata, FieldErrors errors) {
        validateNames(kind, metadata, errors);
        Labels.validate(
                Field.at(METADATA.child("labels"), metadata.fields().path("labels"), errors));
        validateAnnotations(metadata.fields().path("annotations"), errors);
        OwnerRules.validate(metadata.fields().path("ownerReferences"), errors);
        for (String finalizer : metadata.finalizers()) {
            validateFinalizer(finalizer, kind.custom() == null, errors);
        }
    }

    private static void validateNames(Kind kind, Metadata metadata, FieldErrors errors) {
        String base = metadata.text(Metadata.GENERATE_NAME);
        if (!base.isEmpty()) {
            for (String fault : NameRules.prefixFaults(kind, base)) {
                errors.invalid(METADATA.child(Metadata.GENERATE_NAME), base, fault);
            }
        }
        String name = metadata.name();
        if (name.isEmpty()) {
            errors.required(METADATA.child(Metadata.NAME), "name or generateName is required");
            return;
        }
        for (String fault : NameRules.faults(kind, name)) {
            errors.invalid(METADATA.child(Metadata.NAME), name, fault);
        }
    }

    private static void validateAnnotations(JsonNode annotations, FieldErrors errors) {
        FieldPath path = METADATA.child("annotations");
        long size = 0;
        for (Map.Entry<String, JsonNode> annotation : annotations.properties()) {
            String key = annotation.getKey();
            for (String fault : Names.annotationKey(key)) {
                errors.invalid(path, key, fault);
            }
            size += bytes(key) + bytes(annotation.getValue().asText());
        }
        if (size > LONGEST_ANNOTATIONS) {
            errors.tooLong(path, LONGEST_ANNOTATIONS);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void validateFinalizer(
            String finalizer, boolean mustBeQualified, FieldErrors errors) {
        FieldPath path = METADATA.child(FINALIZERS);
        List<String> faults = Labels.keyFaults(finalizer);
        for (String fault : faults) {
            errors.invalid(path, finalizer, fault);
        }
        boolean qualified = finalizer.indexOf('/') >= 0;
        if (mustBeQualified
                && faults.isEmpty()
                && !qualified
                && !STANDARD_FINALIZERS.contains(finalizer)) {
            errors.invalid(
                    path,
                    finalizer,
                    "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    /** For a new version of an object: what may not change. */
    public static void validateUpdate(Metadata metadata, Metadata old, FieldErrors errors) {
        for (String field : List.of(Metadata.NAME, Metadata.NAMESPACE, Metadata.UID)) {
            unchanged(field, metadata, old, errors);
        }
        unchanged(Metadata.CREATION, metadata, old, errors);
        List<String> added = new ArrayList<>(metadata.finalizers());
        added.removeAll(old.finalizers());
        if (old.isDeleting() && !added.isEmpty()) {
            errors.forbidden(METADATA.child(FINALIZERS), noNewFinalizers(added));
        }
    }

    private static String noNewFinalizers(List<String> added) {
        return added.stream()
                .map(finalizer -> '"' + finalizer + '"')
                .collect(
                        Collectors.joining(
                                ", ",
                                "no new finalizers can be added if the object is being deleted,"
                                        + " found new finalizers []string{",
                                "}"));
    }

    private static void unchanged(
            String field, Metadata metadata, Metadata old, FieldErrors errors) {
        if (!metadata.text(field).equals(old.text(field))) {
            errors.invalid(METADATA.child(field), metadata.text(field), "field is immutable");
        }
    }
}
