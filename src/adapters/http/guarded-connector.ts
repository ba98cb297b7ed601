import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';

import { PermanentError } from '../../errors.ts';
import type { Destination } from './allowed-hosts.ts';
import { isPublicAddress } from './private-address.ts';

/** As `dns.lookup` with `all: true`. */
export type ResolveHost = (
  host: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** More than a few addresses for one name are never tried in earnest. */
const MAX_ADDRESSES = 8;

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 };

/**
 * Connects only where it is safe to: to public addresses, and to what `mayReach` lists besides.
 *
 * The check happens in the resolver of the very connection that is opened, so a name that answers with another
 * address the second time (DNS rebinding) gains nothing. Where a name has public and private addresses, only the
 * public ones are tried.
 *
 * @throws (through the callback) {PermanentError} `private-address`
 */
export function guardedConnector(options: {
  connectTimeoutMs: number;
  mayReach: (destination: Destination) => boolean;
  resolveHost?: ResolveHost;
}): buildConnector.connector {
  const resolveHost = options.resolveHost ?? (systemLookup as ResolveHost);

  return (target, callback) => {
    const host = target.hostname;
    const port = Number(target.port) || (DEFAULT_PORTS[target.protocol] ?? 0);
    const isAllowed = (address: string) =>
      isPublicAddress(address) ? isUsualPort(port) : options.mayReach({ host, port, address });

    // `net.connect` asks no resolver about what is an address already.
    if (isIP(host) !== 0 && !isAllowed(host)) {
      callback(refusal(host, port), null);
      return;
    }
    // The rules name ports, and a resolver is not told the port: hence a connector for each connection.
    const connect = buildConnector({
      timeout: options.connectTimeoutMs,
      lookup: (name, lookupOptions, done) => {
        resolveHost(name, { ...lookupOptions, all: true }, (error, found) => {
          if (error !== null) return done(error, []);
          const addresses = found.filter(({ address }) => isAllowed(address)).slice(0, MAX_ADDRESSES);
          const [first] = addresses;
          if (first === undefined) return done(refusal(host, port) as NodeJS.ErrnoException, []);
          if (lookupOptions.all) return done(null, addresses);
          done(null, first.address, first.family);
        });
      },
    } as buildConnector.BuildOptions);
    connect(target, callback);
  };
}

/** The web's ports and the unprivileged ones: nobody publishes news on the mail port. */
function isUsualPort(port: number): boolean {
  return port === 80 || port === 443 || port >= 1024;
}

function refusal(host: string, port: number): PermanentError {
  return new PermanentError('private-address', `${host}:${port} is not a public address`);
}
