package dev.orrery.controllermanager.podautoscaler;

import dev.orrery.controllermanager.label.GoText;
import dev.orrery.controllermanager.quantity.Amounts;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ContainerResourceMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ExternalMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTarget;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricValueStatus;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricValueStatusBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ObjectMetricSource;
import io.fabric8.kubernetes.api.model.autoscaling.v2.ResourceMetricSource;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Asks an autoscaler's metrics, one by one. The use of resources can be read; for the metrics of
 * pods, objects and the outside world there is no API here, as in a cluster where nobody installed
 * one.
 */
final class MetricReader {

    private static final String NO_CUSTOM =
            "unable to fetch metrics from custom metrics API: no custom metrics API"
                    + " (custom.metrics.k8s.io) registered";

    private final MetricsSource source;
    private final String namespace;
    private final String selector;
    private final ReplicaCalculator calculator;

    MetricReader(
            MetricsSource source, String namespace, String selector, ReplicaCalculator calculator) {
        this.source = source;
        this.namespace = namespace;
        this.selector = selector;
        this.calculator = calculator;
    }

    MetricOutcome read(MetricSpec spec) {
        return switch (spec.getType()) {
            case "Resource" -> resource(spec.getResource());
            case "ContainerResource" -> container(spec.getContainerResource());
            case "Pods" ->
                    failed(
                            "FailedGetPodsMetric",
                            "unable to get metric "
                                    + spec.getPods().getMetric().getName()
                                    + ": "
                                    + NO_CUSTOM,
                            "failed to get pods metric value");
            case "Object" -> object(spec.getObject());
            case "External" -> external(spec.getExternal());
            default ->
                    new MetricOutcome.Failed(
                            "InvalidMetricSourceType",
                            "unknown metric source type \"" + spec.getType() + '"',
                            "unknown metric source type \"" + spec.getType() + '"');
        };
    }

    private MetricOutcome resource(ResourceMetricSource metric) {
        try {
            Asked asked = ask(metric.getName(), "", metric.getTarget());
            MetricStatus status =
                    new MetricStatusBuilder()
                            .withType("Resource")
                            .withNewResource()
                            .withName(metric.getName())
                            .withCurrent(asked.current())
                            .endResource()
                            .build();
            return new MetricOutcome.Found(
                    asked.replicas(), name(metric.getName(), "", metric.getTarget()), status);
        } catch (MetricException e) {
            return failed(
                    "FailedGetResourceMetric",
                    e.text(),
                    "failed to get " + metric.getName() + " resource metric value");
        }
    }

    private MetricOutcome container(ContainerResourceMetricSource metric) {
        try {
            Asked asked = ask(metric.getName(), metric.getContainer(), metric.getTarget());
            MetricStatus status =
                    new MetricStatusBuilder()
                            .withType("ContainerResource")
                            .withNewContainerResource()
                            .withName(metric.getName())
                            .withContainer(metric.getContainer())
                            .withCurrent(asked.current())
                            .endContainerResource()
                            .build();
            return new MetricOutcome.Found(
                    asked.replicas(),
                    name(metric.getName(), "container ", metric.getTarget()),
                    status);
        } catch (MetricException e) {
            return failed(
                    "FailedGetContainerResourceMetric",
                    e.text(),
                    "failed to get " + metric.getContainer() + " container metric value");
        }
    }

    private static String name(String resource, String what, MetricTarget target) {
        return target.getAverageValue() != null
                ? resource + " " + what + "resource"
                : resource + " " + what + "resource utilization (percentage of request)";
    }

    private record Asked(int replicas, MetricValueStatus current) {}

    private Asked ask(String resource, String container, MetricTarget target) {
        if (target.getAverageValue() != null) {
            long wanted = Amounts.thousandths(target.getAverageValue());
            return ask(
                    resource,
                    container,
                    "failed to get " + resource + " usage",
                    (usage, current) -> {
                        var proposal = calculator.forAverage(usage, wanted);
                        current.withAverageValue(Amounts.ofThousandths(proposal.average()));
                        return proposal;
                    });
        }
        if (target.getAverageUtilization() == null) {
            throw new MetricException(
                    "invalid resource metric source: neither an average utilization target nor an"
                            + " average value (usage) target was set");
        }
        int wanted = target.getAverageUtilization();
        return ask(
                resource,
                container,
                "failed to get " + resource + " utilization",
                (usage, current) -> {
                    var proposal = calculator.forUtilization(usage, wanted);
                    current.withAverageUtilization(proposal.utilization())
                            .withAverageValue(Amounts.ofThousandths(proposal.average()));
                    return proposal;
                });
    }

    private Asked ask(
            String resource,
            String container,
            String doing,
            BiFunction<Usage, MetricValueStatusBuilder, ReplicaCalculator.Proposal> calculation) {
        try {
            MetricValueStatusBuilder current = new MetricValueStatusBuilder();
            Usage usage = usage(resource, container);
            return new Asked(calculation.apply(usage, current).replicas(), current.build());
        } catch (MetricException e) {
            throw e.within(doing);
        }
    }

    private Usage usage(String resource, String container) {
        try {
            List<PodUsage> pods = source.of(namespace, selector);
            return Usage.of(resource, container, namespace, pods);
        } catch (MetricException e) {
            throw e.within("unable to get metrics for resource " + resource);
        }
    }

    private MetricOutcome object(ObjectMetricSource metric) {
        String message =
                "unable to get metric %s: %s on %s %s/%s"
                        .formatted(
                                metric.getMetric().getName(),
                                metric.getDescribedObject().getKind(),
                                namespace,
                                metric.getDescribedObject().getName(),
                                NO_CUSTOM);
        return failed("FailedGetObjectMetric", message, "failed to get object metric value");
    }

    private MetricOutcome external(ExternalMetricSource metric) {
        String name = metric.getMetric().getName();
        String message =
                "unable to get external metric %s/%s/%s: unable to fetch metrics from external metrics API: the server could not find the requested resource (get %s.external.metrics.k8s.io)"
                        .formatted(
                                namespace, name, GoText.of(metric.getMetric().getSelector()), name);
        String asked =
                metric.getTarget().getAverageValue() != null
                        ? "failed to get " + name + " external metric"
                        : "failed to get external metric " + name;
        return failed(
                "FailedGetExternalMetric",
                message,
                "failed to get " + name + " external metric value: " + asked);
    }

    private static MetricOutcome failed(String reason, String message, String asked) {
        return new MetricOutcome.Failed(reason, message, asked + ": " + message);
    }
}
