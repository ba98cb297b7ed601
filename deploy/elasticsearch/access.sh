#!/usr/bin/env bash
# Gives Kibana its password, and this program a role and a user for each of its two tasks, with nothing beyond them.
# Repeating it sets the same again, so that a password changed in .env applies after the next `up`.
set -euo pipefail

url=${ELASTICSEARCH_URL:?is not set}
ca=${ELASTICSEARCH_CA:-}
roles=$(dirname "$0")/roles

# They go into JSON, addresses and configuration files as they are.
for name in ELASTIC_PASSWORD KIBANA_SYSTEM_PASSWORD NHIP_YTE_ELASTICSEARCH_PASSWORD NHIP_YTE_DASHBOARDS_PASSWORD; do
  if ! [[ ${!name:-} =~ ^[A-Za-z0-9_-]{16,}$ ]]; then
    echo "$name must be at least 16 letters, digits, hyphens or underscores; deploy/make-env.sh makes one" >&2
    exit 2
  fi
done

# METHOD PATH BODY. Passwords pass through pipes, not through arguments, which every process can read.
request() {
  local answer
  answer=$(
    printf 'user = "elastic:%s"\n' "$ELASTIC_PASSWORD" |
      curl --silent --show-error --config - ${ca:+--cacert "$ca"} --max-time 30 --retry 10 --retry-delay 3 \
        --retry-connrefused --request "$1" --header 'Content-Type: application/json' \
        --data-binary @<(printf '%s' "$3") --write-out '\n%{http_code}' "$url$2"
  )
  case ${answer##*$'\n'} in
    2??) echo "$1 $2" ;;
    *)
      printf '%s %s was refused: %s\n' "$1" "$2" "$answer" >&2
      exit 1
      ;;
  esac
}

request POST /_security/user/kibana_system/_password "{\"password\":\"$KIBANA_SYSTEM_PASSWORD\"}"
for role in nhip-yte nhip-yte-dashboards nhip-yte-analyst; do
  request PUT "/_security/role/$role" "$(cat "$roles/$role.json")"
done
request PUT /_security/user/nhip-yte "{\"password\":\"$NHIP_YTE_ELASTICSEARCH_PASSWORD\",\"roles\":[\"nhip-yte\"]}"
request PUT /_security/user/nhip-yte-dashboards \
  "{\"password\":\"$NHIP_YTE_DASHBOARDS_PASSWORD\",\"roles\":[\"nhip-yte-dashboards\"]}"
