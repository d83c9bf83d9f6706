package dev.orrery.apiserver.kind;

import static dev.orrery.apiserver.kind.Trait.CONDITIONAL_UPDATE_ONLY;
import static dev.orrery.apiserver.kind.Trait.GENERATION;

import dev.orrery.apiserver.definition.ApiServiceRules;
import dev.orrery.apiserver.definition.DefinitionRules;
import java.util.List;

/** What extends the API: kinds that users describe. */
final class ExtensionKinds {

    private ExtensionKinds() {}

    static List<Row> rows() {
        return List.of(
                Row.of(
                                "apiextensions.k8s.io",
                                "CustomResourceDefinition",
                                "customresourcedefinitions")
                        .shortNames("crd", "crds")
                        .categories("api-extensions")
                        .cluster()
                        .traits(GENERATION, CONDITIONAL_UPDATE_ONLY)
                        .rules(new DefinitionRules())
                        .status(),
                Row.of("apiregistration.k8s.io", "APIService", "apiservices")
                        .categories("api-extensions")
                        .cluster()
                        .traits(CONDITIONAL_UPDATE_ONLY)
                        .rules(new ApiServiceRules())
                        .status());
    }
}
