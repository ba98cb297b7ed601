#!/usr/bin/env bash
# Takes the arguments of elasticsearch-certutil that deploy/elasticsearch/certificates.sh gives, and writes archives laid
# out as that tool documents them (--pem), by openssl: ca/ca.crt and ca/ca.key, NAME/NAME.crt and NAME/NAME.key.
set -euo pipefail
mode=$1
shift
while [ $# -gt 0 ]; do
  case $1 in
    --silent | --pem) shift ;;
    --days | --out | --name | --dns | --ip | --ca-cert | --ca-key) declare "${1//-/_}=$2"; shift 2 ;;
    *) echo "unknown option $1" >&2; exit 64 ;;
  esac
done
work=$(mktemp -d)
cd "$work"
if [ "$mode" = ca ]; then
  mkdir ca
  openssl req -x509 -newkey rsa:2048 -nodes -subj '/CN=stand-in' -days "$__days" -keyout ca/ca.key -out ca/ca.crt 2>/dev/null
  python3 -m zipfile -c "$__out" ca/
else
  mkdir "$__name"
  names=$(sed 's/[^,]*/DNS:&/g' <<<"$__dns"),IP:$__ip
  openssl req -newkey rsa:2048 -nodes -subj "/CN=$__name" -keyout "$__name/$__name.key" -out request.pem 2>/dev/null
  openssl x509 -req -in request.pem -CA "$__ca_cert" -CAkey "$__ca_key" -days "$__days" -set_serial "$RANDOM" \
    -extfile <(printf 'subjectAltName=%s' "$names") -out "$__name/$__name.crt" 2>/dev/null
  python3 -m zipfile -c "$__out" "$__name/"
fi
rm -r "$work"
