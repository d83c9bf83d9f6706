package dev.orrery.machinery.component;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.time.Clock;

/**
 * Where a component touches the world. Opening throws what it likes while the world is not there,
 * and is tried again.
 */
interface Edges {

    ClusterLog log(ComponentConfig config);

    Transport transport(ComponentConfig config, Clock clock);

    /** Closes what was opened; it can be opened again. */
    void close();
}
