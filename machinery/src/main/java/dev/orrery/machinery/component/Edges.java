package dev.orrery.machinery.component;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;

/** Where a component touches the world. Both throw what they like while the world is not there. */
interface Edges {

    ClusterLog log(ComponentConfig config);

    Transport transport(ComponentConfig config, Clock clock);
}
