package dev.orrery.apiserver.cel.function;

import java.util.List;

/** Decides who may do what, for expressions that ask. Called on any thread; must not block. */
public interface Access {

    /** Who asks. */
    record Subject(String name, List<String> groups) {

        public Subject {
            groups = List.copyOf(groups);
        }
    }

    /** What it is about; empty texts for what is not said. */
    record Resource(
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String fieldSelector,
            String labelSelector) {

        static Resource of(String group, String resource) {
            return new Resource(group, resource, "", "", "", "", "");
        }

        Resource part(String other) {
            return new Resource(
                    group, resource, other, namespace, name, fieldSelector, labelSelector);
        }

        Resource in(String other) {
            return new Resource(
                    group, resource, subresource, other, name, fieldSelector, labelSelector);
        }

        Resource named(String other) {
            return new Resource(
                    group, resource, subresource, namespace, other, fieldSelector, labelSelector);
        }

        Resource byFields(String selector) {
            return new Resource(
                    group, resource, subresource, namespace, name, selector, labelSelector);
        }

        Resource byLabels(String selector) {
            return new Resource(
                    group, resource, subresource, namespace, name, fieldSelector, selector);
        }
    }

    /** The answer and why. */
    record Decision(boolean allowed, String reason) {}

    Decision resource(Subject user, String verb, Resource resource);

    Decision path(Subject user, String verb, String path);
}
