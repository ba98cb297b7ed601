import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A TLS proxy before a real Elasticsearch that asks who is there. */
export interface SecuredProxy {
  readonly url: string;
  /** Files with the authority that signed its certificate, and with one that did not. */
  readonly ca: string;
  readonly otherCa: string;
  /** What the holder of the key may not do, by the name of the privilege. */
  readonly withheld: Set<string>;
  /** Requests that it has let through. */
  readonly passed: string[];
  close(): Promise<void>;
}

/** Starts the proxy on loopback, with an authority and a certificate made for it. */
export async function startSecuredProxy(target: string, apiKey: string): Promise<SecuredProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-proxy-'));
  const authority = makeAuthority(folder, 'authority');
  const other = makeAuthority(folder, 'other');
  const certificate = makeCertificate(folder, authority);
  const withheld = new Set<string>();
  const passed: string[] = [];

  const server = createServer(certificate, (incoming, outgoing) => {
    const path = incoming.url ?? '/';
    if (incoming.headers.authorization !== `ApiKey ${apiKey}`) {
      refuse(
        outgoing,
        401,
        `unable to authenticate with provided credentials and anonymous access is not allowed for this request`,
      );
      return;
    }
    if (path.startsWith('/_security/user/_has_privileges')) {
      let body = '';
      incoming.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      incoming.on('end', () => answer(outgoing, 200, privileges(JSON.parse(body) as Asked, withheld)));
      return;
    }
    if (incoming.method !== 'GET' && withheld.has('write') && path.includes('/_doc')) {
      refuse(
        outgoing,
        403,
        `action [indices:data/write/index] is unauthorized for user [nhip-yte], this action is granted by the index privileges [create_doc,create,index,write,all]`,
      );
      return;
    }
    passed.push(path);
    const { authorization: _, ...headers } = incoming.headers;
    const forward = request(new URL(path, target), { method: incoming.method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(outgoing);
    });
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ca: authority.cert,
    otherCa: other.cert,
    withheld,
    passed,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Asked {
  readonly cluster: readonly string[];
  readonly index: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[];
}

/** As the reference of `_security/user/_has_privileges` words it. */
function privileges({ cluster, index }: Asked, withheld: ReadonlySet<string>): object {
  const granted = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, !withheld.has(name)]));
  return {
    username: 'nhip-yte',
    has_all_requested: withheld.size === 0,
    cluster: granted(cluster),
    index: Object.fromEntries(
      index.flatMap(({ names, privileges: wanted }) => names.map((name) => [name, granted(wanted)])),
    ),
    application: {},
  };
}

function refuse(outgoing: ServerResponse, status: number, reason: string): void {
  const cause = { type: 'security_exception', reason };
  answer(outgoing, status, { error: { root_cause: [cause], ...cause }, status });
}

function answer(outgoing: ServerResponse, status: number, body: object): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', 'x-elastic-product': 'Elasticsearch' });
  outgoing.end(JSON.stringify(body));
}

interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function makeAuthority(folder: string, name: string): KeyPair {
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  openssl([
    'req',
    '-x509',
    ...EC,
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    files.key,
    '-out',
    files.cert,
  ]);
  return files;
}

function makeCertificate(folder: string, authority: KeyPair): { cert: string; key: string } {
  const at = (name: string) => join(folder, name);
  openssl([
    'req',
    ...EC,
    '-subj',
    '/CN=elasticsearch',
    '-keyout',
    at('server.key'),
    '-out',
    at('server.csr'),
  ]);
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost');
  openssl([
    ...['x509', '-req', '-in', at('server.csr'), '-CA', authority.cert, '-CAkey', authority.key],
    ...['-CAcreateserial', '-days', '2', '-extfile', at('names'), '-out', at('server.crt')],
  ]);
  return { cert: readFileSync(at('server.crt'), 'utf8'), key: readFileSync(at('server.key'), 'utf8') };
}

function openssl(args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' });
}
