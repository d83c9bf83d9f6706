package dev.orrery.apiserver.admission;

import java.util.List;

/** All plugins, in their order. */
public record AdmissionChain(List<AdmissionPlugin> plugins) {

    public AdmissionChain {
        plugins = List.copyOf(plugins);
    }

    /** May change the attributes' object. */
    public void mutate(Attributes attributes) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.mutate(attributes);
        }
    }

    public void validate(Attributes attributes) {
        for (AdmissionPlugin plugin : plugins) {
            plugin.validate(attributes);
        }
    }
}
