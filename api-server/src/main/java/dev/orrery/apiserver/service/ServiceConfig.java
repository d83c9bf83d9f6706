package dev.orrery.apiserver.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The properties {@code orrery.*} that the api-server reads. */
@ConfigMapping(prefix = "orrery")
public interface ServiceConfig {

    Log log();

    Pki pki();

    ApiServer apiServer();

    NodeAgent nodeAgent();

    /** Where the cluster's history is. */
    interface Log {

        /** {@code memory} forgets everything at the end, and is for trying things out. */
        @WithDefault("127.0.0.1:6448")
        String bootstrapServers();

        /** {@code json}: one object a line; else text. */
        @WithDefault("text")
        String format();

        /** After how many records a small state is written down; 0 for never. */
        @WithDefault("10000")
        long snapshotEvery();

        /** Whether what lies before the last snapshot but one is let go: history is lost. */
        @WithDefault("false")
        boolean trimBehindSnapshot();
    }

    /** Who is who. */
    interface Pki {

        /** PEM files: ca.crt, apiserver.crt, apiserver.key, sa.key, sa.pub. */
        Path dir();
    }

    /** The nodes' process. */
    interface NodeAgent {

        @WithDefault("127.0.0.1:6450")
        String address();
    }

    /** The server itself. */
    interface ApiServer {

        @WithDefault("127.0.0.1:6444")
        String grpcAddress();

        /** How long it goes on serving after it has said that it is not ready any more. */
        @WithDefault("0s")
        Duration shutdownDelay();
    }
}
