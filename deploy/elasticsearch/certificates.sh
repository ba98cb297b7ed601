#!/usr/bin/env bash
# Makes a certificate authority and certificates for Elasticsearch and Kibana, once, and puts each file where only those
# who need it see it. Runs as root in the image of Elasticsearch, since the volumes are root's at first. Repeating it
# changes nothing; a certificate that was taken away is made anew by the same authority.
#
#   /authority                   the authority with its key: mounted nowhere else
#   /trust/ca.crt                its certificate: for everyone
#   /elasticsearch-tls, /kibana-tls   certificate and key of each
set -euo pipefail

AUTHORITY_DAYS=3650
CERTIFICATE_DAYS=1095
# Elasticsearch, Kibana and our own image all run as this user; root's group reads what they read.
owner=${OWNER:-1000:0}

root=${VOLUMES_ROOT:-}
certutil=${CERTUTIL:-elasticsearch-certutil}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ ! -f "$root/authority/ca.key" ]; then
  echo 'Making the certificate authority'
  "$certutil" ca --silent --pem --days "$AUTHORITY_DAYS" --out "$work/ca.zip"
  unzip -q "$work/ca.zip" -d "$work"
  # The key last: where it is there, so is the rest.
  install -m 644 "$work/ca/ca.crt" "$root/authority/ca.crt"
  install -m 600 "$work/ca/ca.key" "$root/authority/ca.key"
fi
install -m 644 "$root/authority/ca.crt" "$root/trust/ca.crt"

for name in elasticsearch kibana; do
  volume="$root/$name-tls"
  if [ ! -f "$volume/$name.key" ]; then
    echo "Making the certificate of $name"
    "$certutil" cert --silent --pem --days "$CERTIFICATE_DAYS" --name "$name" --dns "$name,localhost" --ip 127.0.0.1 \
      --ca-cert "$root/authority/ca.crt" --ca-key "$root/authority/ca.key" --out "$work/$name.zip"
    unzip -q "$work/$name.zip" -d "$work"
    install -m 644 "$work/$name/$name.crt" "$volume/$name.crt"
    install -m 640 "$work/$name/$name.key" "$volume/$name.key"
  fi
  chown -R "$owner" "$volume"
done

# A fresh volume is root's, and Elasticsearch writes its snapshots there.
chown "$owner" "$root/snapshots"
