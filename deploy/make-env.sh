#!/bin/sh
# Writes .env with a random value for every secret that docker-compose.yml asks for, and the settings to fill in.
# Never overwrites: a second run would lock the services out of their own data.
set -eu
cd "$(dirname "$0")/.."
target=${1:-.env}

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# Others must not read it; noclobber makes "only if there is none" one step.
umask 077
set -C
cat >"$target" <<EOF
# Made by deploy/make-env.sh. Keep a copy where the backups are: Redis and Elasticsearch know no other passwords.
REDIS_PASSWORD=$(secret)
ELASTIC_PASSWORD=$(secret)
KIBANA_SYSTEM_PASSWORD=$(secret)
KIBANA_ENCRYPTION_KEY=$(secret)
NHIP_YTE_ELASTICSEARCH_PASSWORD=$(secret)
NHIP_YTE_DASHBOARDS_PASSWORD=$(secret)
# Signs the links by which officers take an incident over from a message.
ACKNOWLEDGE_SECRET=$(secret)

# E-mail or page where an outlet can reach you; sent with every request.
CONTACT=
# Address under which officers reach the console, if not http://127.0.0.1:8190.
CONSOLE_URL=
# Where alerts go, over as many channels as there are (SMS, Zalo, Telegram, Teams, ...): see config/.env.example.
SMTP_URL=
MAIL_FROM=
MAIL_TO=
WEBHOOK_URL=
WEBHOOK_SECRET=
EOF
echo "$target" >&2
