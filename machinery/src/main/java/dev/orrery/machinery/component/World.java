package dev.orrery.machinery.component;

import dev.orrery.machinery.log.ClusterLog;
import dev.orrery.machinery.log.kafka.KafkaConnection;
import dev.orrery.machinery.log.kafka.Topic;
import dev.orrery.machinery.store.Transport;
import dev.orrery.machinery.store.grpc.Credentials;
import dev.orrery.machinery.store.grpc.GrpcTransport;
import dev.orrery.machinery.time.Clock;
import org.jspecify.annotations.Nullable;

/** The real edges: a Kafka broker and an api-server's gRPC side. */
final class World implements Edges {

    private @Nullable KafkaConnection kafka;
    private @Nullable GrpcTransport transport;

    @Override
    public synchronized ClusterLog log(ComponentConfig config) {
        kafka = new KafkaConnection(config.bootstrapServers(), config.service());
        return kafka.log(Topic.REGISTRY.unhurried());
    }

    @Override
    public synchronized Transport transport(ComponentConfig config, Clock clock) {
        transport =
                new GrpcTransport(
                        config.apiServerAddress(),
                        Credentials.of(config.pkiDirectory(), config.service()),
                        config.userAgent(),
                        clock);
        return transport;
    }

    @Override
    public synchronized void close() {
        if (transport != null) {
            transport.close();
            transport = null;
        }
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
    }
}
