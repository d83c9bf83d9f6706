# One file for all images of Orrery; the target says which:
#
#   api-server, scheduler, controller-manager, kubelet-sim   a service, as docker-compose.yml runs it
#   tools                                                    certificates and kubeconfig
#   broker                                                   Kafka from the Maven artifact, told like
#                                                            Kafka's own image (KAFKA_..., CLUSTER_ID)
#   cluster                                                  all of it in one container
#
# Build arguments:
#   JDK_IMAGE   builds the project                     (eclipse-temurin:25-jdk)
#   BASE_IMAGE  a JRE 25 and a shell; services run here  (eclipse-temurin:25-jre)
#   BUILD       source: compile in the image; local: take what ./mvnw package left  (source)
ARG JDK_IMAGE=eclipse-temurin:25-jdk
ARG BASE_IMAGE=eclipse-temurin:25-jre
ARG BUILD=source

# The jars.
FROM ${JDK_IMAGE} AS jars-source
WORKDIR /opt/orrery
COPY . .
RUN rm -rf */target \
    && ./mvnw --batch-mode --no-transfer-progress package -DskipTests -Dspotless.check.skip \
        -pl '!workbench,!acceptance,!testcontainers' \
    && mkdir -p /jars \
    && for module in api-server scheduler controller-manager kubelet-sim; do \
        mkdir -p /jars/$module/target && mv $module/target/quarkus-app /jars/$module/target/; done \
    && mkdir -p /jars/launcher/target \
    && mv launcher/target/orrery-launcher.jar launcher/target/lib /jars/launcher/target/

FROM scratch AS jars-local
COPY api-server/target/quarkus-app /jars/api-server/target/quarkus-app
COPY scheduler/target/quarkus-app /jars/scheduler/target/quarkus-app
COPY controller-manager/target/quarkus-app /jars/controller-manager/target/quarkus-app
COPY kubelet-sim/target/quarkus-app /jars/kubelet-sim/target/quarkus-app
COPY launcher/target/orrery-launcher.jar /jars/launcher/target/
COPY launcher/target/lib /jars/launcher/target/lib

FROM jars-${BUILD} AS jars

# What every image stands on: a user of its own, a folder that belongs to it.
FROM ${BASE_IMAGE} AS base
COPY docker/entrypoint.sh docker/healthcheck.sh docker/HealthCheck.java /opt/orrery/docker/
RUN mkdir -p /var/lib/orrery/pki /opt/orrery/target \
    && echo 'orrery:x:10001:10001:Orrery:/var/lib/orrery:/bin/sh' >> /etc/passwd \
    && echo 'orrery:x:10001:' >> /etc/group \
    && chown -R 10001:10001 /var/lib/orrery /opt/orrery/target \
    && chmod 0755 /opt/orrery/docker/*.sh
ENV MALLOC_ARENA_MAX=2
USER 10001:10001
WORKDIR /var/lib/orrery
ENTRYPOINT ["/opt/orrery/docker/entrypoint.sh"]

# All services, and from a short run of them the ahead-of-time caches. A cache belongs to one JVM,
# one jar and one set of options, so the run is on the base image, and writes down the options too.
FROM base AS trained
COPY --from=jars /jars /opt/orrery
RUN java -Dorrery.home=/opt/orrery -jar /opt/orrery/launcher/target/orrery-launcher.jar train \
    && rm -rf /opt/orrery/target/aot/training \
    && for service in broker api-server scheduler controller-manager kubelet-sim; do \
        for part in jvm program; do \
            java -Dorrery.home=/opt/orrery -jar /opt/orrery/launcher/target/orrery-launcher.jar \
                arguments $service $part > /opt/orrery/target/$service.$part || exit 1; done; done

FROM base AS api-server
COPY --from=trained /opt/orrery/api-server /opt/orrery/api-server
COPY --from=trained /opt/orrery/target/api-server.jvm /opt/orrery/target/api-server.program /opt/orrery/target/
COPY --from=trained /opt/orrery/target/aot/api-server.aot /opt/orrery/target/aot/
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_SSL_PORT=6443 ORRERY_API_SERVER_GRPC_ADDRESS=0.0.0.0:6444
EXPOSE 6443 6444
CMD ["api-server"]
HEALTHCHECK --interval=2s --timeout=5s --start-period=60s --retries=15 \
    CMD ["/opt/orrery/docker/healthcheck.sh", "https://localhost:6443/readyz"]

FROM base AS scheduler
COPY --from=trained /opt/orrery/scheduler /opt/orrery/scheduler
COPY --from=trained /opt/orrery/target/scheduler.jvm /opt/orrery/target/scheduler.program /opt/orrery/target/
COPY --from=trained /opt/orrery/target/aot/scheduler.aot /opt/orrery/target/aot/
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=6445
EXPOSE 6445
CMD ["scheduler"]
HEALTHCHECK --interval=2s --timeout=5s --start-period=60s --retries=15 \
    CMD ["/opt/orrery/docker/healthcheck.sh", "http://localhost:6445/readyz"]

FROM base AS controller-manager
COPY --from=trained /opt/orrery/controller-manager /opt/orrery/controller-manager
COPY --from=trained /opt/orrery/target/controller-manager.jvm /opt/orrery/target/controller-manager.program /opt/orrery/target/
COPY --from=trained /opt/orrery/target/aot/controller-manager.aot /opt/orrery/target/aot/
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=6446
EXPOSE 6446
CMD ["controller-manager"]
HEALTHCHECK --interval=2s --timeout=5s --start-period=60s --retries=15 \
    CMD ["/opt/orrery/docker/healthcheck.sh", "http://localhost:6446/readyz"]

FROM base AS kubelet-sim
COPY --from=trained /opt/orrery/kubelet-sim /opt/orrery/kubelet-sim
COPY --from=trained /opt/orrery/target/kubelet-sim.jvm /opt/orrery/target/kubelet-sim.program /opt/orrery/target/
COPY --from=trained /opt/orrery/target/aot/kubelet-sim.aot /opt/orrery/target/aot/
ENV QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=6447 \
    ORRERY_NODE_AGENT_ADDRESS=0.0.0.0:6450 ORRERY_NODE_AGENT_ADVERTISED_ADDRESS=auto \
    ORRERY_NODE_POOL=auto
EXPOSE 6447 6450
CMD ["kubelet-sim"]
HEALTHCHECK --interval=2s --timeout=5s --start-period=60s --retries=15 \
    CMD ["/opt/orrery/docker/healthcheck.sh", "http://localhost:6447/readyz"]

FROM base AS tools
COPY --from=trained /opt/orrery/launcher /opt/orrery/launcher
CMD ["help"]

FROM base AS broker
USER root
RUN mkdir -p /var/lib/kafka/data && chown -R 10001:10001 /var/lib/kafka
USER 10001:10001
COPY --from=trained /opt/orrery/launcher /opt/orrery/launcher
COPY --from=trained /opt/orrery/target/broker.jvm /opt/orrery/target/broker.program /opt/orrery/target/
COPY --from=trained /opt/orrery/target/aot/broker.aot /opt/orrery/target/aot/
VOLUME /var/lib/kafka/data
EXPOSE 9092
CMD ["broker"]

# Everything, for tests: one container, one port. The kubeconfig is /var/lib/orrery/kubeconfig.
FROM trained AS cluster
EXPOSE 6443
ENV ORRERY_LISTEN=0.0.0.0
CMD ["up", "--data", "/var/lib/orrery"]
HEALTHCHECK --interval=1s --timeout=5s --start-period=60s --retries=30 \
    CMD ["/opt/orrery/docker/healthcheck.sh", "https://localhost:6443/readyz"]
