package dev.orrery.apiserver.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.orrery.apiserver.body.Trees;
import dev.orrery.apiserver.request.ApiRequest;

/** A request's options as admission is shown them. */
final class Options {

    private Options() {}

    static ObjectNode of(ApiRequest request, String kind) {
        ObjectNode options = Trees.object().put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
        for (String name : new String[] {"fieldManager", "fieldValidation"}) {
            String value = request.parameters().text(name);
            if (!value.isEmpty()) {
                options.put(name, value);
            }
        }
        if (request.isDryRun()) {
            options.putArray("dryRun").add("All");
        }
        return options;
    }

    static ObjectNode of(ApiRequest request, DeleteOptions delete) {
        ObjectNode options = of(request, "DeleteOptions");
        if (delete.graceSeconds() != null) {
            options.put("gracePeriodSeconds", delete.graceSeconds());
        }
        if (!delete.propagation().isEmpty()) {
            options.put("propagationPolicy", delete.propagation());
        }
        if (!delete.uid().isEmpty() || !delete.resourceVersion().isEmpty()) {
            ObjectNode preconditions = options.putObject("preconditions");
            if (!delete.uid().isEmpty()) {
                preconditions.put("uid", delete.uid());
            }
            if (!delete.resourceVersion().isEmpty()) {
                preconditions.put("resourceVersion", delete.resourceVersion());
            }
        }
        return options;
    }
}
