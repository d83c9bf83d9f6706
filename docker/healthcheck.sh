#!/bin/sh
# Is there a good answer at this address? With whatever the base image has.
url=$1
if command -v curl > /dev/null; then
    exec curl --silent --fail --insecure --max-time 4 --output /dev/null "$url"
elif command -v wget > /dev/null; then
    exec wget -q --no-check-certificate -T 4 -O /dev/null "$url"
fi
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m -Xshare:auto \
    /opt/orrery/docker/HealthCheck.java "$url"
