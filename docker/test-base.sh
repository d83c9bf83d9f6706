#!/bin/sh
# Makes the base images that the compose files need, without a registry: a small Debian from
# Debian's packages, with the JDK of this machine. For machines that have a Docker engine but cannot
# pull; everybody else builds on the public images that the Dockerfile names.
#
#   docker/test-base.sh [JDK]          (as root; default: JAVA_HOME)
#
# Makes orrery-test-base (instead of eclipse-temurin) and orrery-test-proxy (instead of haproxy).
set -eu

jdk=${1:-${JAVA_HOME:?a JDK: JAVA_HOME or the first argument}}
docker=${DOCKER:-docker}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v debootstrap > /dev/null || {
    echo "test-base: debootstrap is not installed (apt-get install debootstrap)." >&2
    exit 1
}

# What apt uses here, so that a mirror is used where this machine uses one.
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep -v security | head -n 1)
release=$(. /etc/os-release && echo "$VERSION_CODENAME")

debootstrap --variant=minbase --include=curl,haproxy,ca-certificates "$release" "$work/root" \
    "${mirror:-http://deb.debian.org/debian}"
rm -rf "$work/root/var/cache/apt" "$work/root/var/lib/apt/lists" "$work/root/usr/share/doc" \
    "$work/root/usr/share/man" "$work/root/usr/share/locale"
tar -C "$work/root" -c . | "$docker" import \
    --change 'ENTRYPOINT ["haproxy", "-W", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]' \
    - orrery-test-proxy

mkdir -p "$work/root/opt/java"
cp -a "$(readlink -f "$jdk")" "$work/root/opt/java/openjdk"
rm -rf "$work/root/opt/java/openjdk/jmods" "$work/root/opt/java/openjdk/lib/src.zip"
tar -C "$work/root" -c . | "$docker" import \
    --change 'ENV JAVA_HOME=/opt/java/openjdk' \
    --change 'ENV PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    - orrery-test-base
