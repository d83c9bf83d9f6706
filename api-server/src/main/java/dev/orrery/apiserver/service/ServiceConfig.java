package dev.orrery.apiserver.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

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
    }
}
