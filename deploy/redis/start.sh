#!/bin/sh
# Starts Redis with redis.conf and the password from the environment, which so stands in no argument list. Arguments
# override the file: `start.sh --maxmemory 2gb`.
set -eu
: "${REDIS_PASSWORD:?is not set}"
exec redis-server - "$@" <<EOF
include $(dirname "$0")/redis.conf
requirepass $REDIS_PASSWORD
EOF
