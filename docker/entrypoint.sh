#!/bin/sh
# What an image runs: a service by its name, or a command of the launcher.
set -eu
arguments=/opt/orrery/target/$1
if [ -f "$arguments.jvm" ] && [ $# -eq 1 ]; then
    # Of two options that contradict each other the JVM takes the later one.
    # shellcheck disable=SC2086
    exec java "@$arguments.jvm" ${ORRERY_JVM_OPTIONS:-} "@$arguments.program"
fi
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -Dorrery.home=/opt/orrery \
    -jar /opt/orrery/launcher/target/orrery-launcher.jar "$@"
