package dev.orrery.scheduler;

import dev.orrery.machinery.Surroundings;
import dev.orrery.machinery.component.Component;
import dev.orrery.machinery.component.Core;
import dev.orrery.machinery.component.Services;
import dev.orrery.scheduler.queue.Backoff;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The scheduler as a service of its own. */
@Singleton
public class SchedulerService {

    @Produces
    @Singleton
    Component component() {
        return Services.component("scheduler", "kube-scheduler", SchedulerService::core);
    }

    private static Core core(Surroundings surroundings) {
        Scheduler scheduler = new Scheduler(surroundings, config(ConfigProvider.getConfig()));
        return Core.of(scheduler::start, scheduler::stop);
    }

    private static SchedulerConfig config(Config properties) {
        return new SchedulerConfig(
                properties
                        .getOptionalValue("orrery.scheduler.name", String.class)
                        .orElse(SchedulerConfig.DEFAULT_NAME),
                properties
                        .getOptionalValue(
                                "orrery.scheduler.percentage-of-nodes-to-score", Integer.class)
                        .orElse(SchedulerConfig.DEFAULT.percentageOfNodesToScore()),
                Backoff.DEFAULT,
                SchedulerConfig.DEFAULT.writesAtATime());
    }
}
