import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

import { envExample, loadConfig } from '../../src/config.ts';
import { STAGES } from '../../src/domain/entry.ts';
import {
  COMPOSE_FILE,
  type Compose,
  composeConfig,
  composeOf,
  madeEnvFile,
  NO_COMPOSE,
  ROOT,
  readEnvFile,
  type Service,
} from './compose-file.ts';

const PROFILES = ['embedded', 'production'] as const;
const ONE_SHOT = ['certificates', 'access', 'setup', 'dashboards'];
const OURS = /^nhip-yte:/;

const source = readFileSync(COMPOSE_FILE, 'utf8');
const entries = (compose: Compose): [string, Service][] => Object.entries(compose.services);

/** Every variable of the table in src/config.ts, by the file that is made from it. */
const KNOWN = new Set([...envExample().matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name));

function bytes(limit: string | number | undefined): number {
  if (typeof limit === 'number') return limit;
  const [, number = '', unit = ''] = /^(\d+)([kmg]?)b?$/.exec(limit ?? '') ?? [];
  return Number(number) * 1024 ** ' kmg'.indexOf(unit || ' ');
}

/** What a service has to wait for of another one; `undefined` where it could wait for ever. */
function reachableCondition(name: string, service: Service | undefined): string | undefined {
  if (service === undefined) return undefined;
  if (ONE_SHOT.includes(name)) return 'service_completed_successfully';
  // Our own image brings its health check along.
  return OURS.test(service.image) || service.healthcheck?.test !== undefined ? 'service_healthy' : undefined;
}

function helpOf(words: string): string {
  const args = ['--import', 'tsx', join(ROOT, 'src/cli.ts'), ...words.split(' '), '--help'];
  return spawnSync(process.execPath, args, { encoding: 'utf8', cwd: ROOT }).stdout;
}

it('makes one .env with a secret of its own for each part, for its owner alone, and never a second', () => {
  const file = madeEnvFile();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const secrets = Object.entries(readEnvFile(file)).filter(([name]) => /(PASSWORD|_KEY)$/.test(name));
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  expect(new Set(secrets.map(([, value]) => value)).size).toBe(secrets.length);
  for (const [, value] of secrets) expect(value).toMatch(/^[0-9a-f]{48}$/);
  const again = spawnSync('sh', [join(ROOT, 'deploy/make-env.sh'), file]);
  expect(again.status).not.toBe(0);
});

it('knows no default for a secret', () => {
  const uses = [...source.matchAll(/\$\{([A-Z_]*(?:PASSWORD|SECRET|_KEY))([^}]*)\}/g)];
  expect(uses.length).toBeGreaterThan(8);
  for (const [use, name, rest] of uses) {
    // These are the operator's choice: without one there is no such channel, or no such way to sign in.
    if (/^(?:WEBHOOK|SMS|ZALO|OIDC)_/.test(name ?? '')) expect(use).toBe(`\${${name}:-}`);
    else expect(rest, use).toMatch(/^:\?/);
  }
});

// Found on its own, since it checks what the newest compose accepts, where the old command knows the format of 2021.
const checker = spawnSync('check-jsonschema', ['--version'], { stdio: 'ignore' }).status === 0;
it.skipIf(!checker)('fits the published schema (skipped where check-jsonschema is not installed)', () => {
  execFileSync('check-jsonschema', ['--builtin-schema', 'vendor.compose-spec', COMPOSE_FILE]);
  const broken = join(mkdtempSync(join(tmpdir(), 'nhip-yte-deploy-')), 'docker-compose.yml');
  writeFileSync(broken, source.replaceAll('mem_limit:', 'memory_limit:'));
  const found = spawnSync('check-jsonschema', ['--builtin-schema', 'vendor.compose-spec', broken]);
  expect(found.status).toBe(1);
});

describe.skipIf(NO_COMPOSE !== undefined)(
  'docker-compose.yml (skipped where compose is not installed)',
  () => {
    let envFile: string;
    const composes = {} as Record<(typeof PROFILES)[number], Compose>;
    beforeAll(() => {
      envFile = madeEnvFile();
      for (const profile of PROFILES) composes[profile] = composeOf(envFile, profile);
    });

    it('names the variable that is missing', () => {
      const { REDIS_PASSWORD: _, ...rest } = readEnvFile(envFile);
      const file = join(mkdtempSync(join(tmpdir(), 'nhip-yte-deploy-')), '.env');
      writeFileSync(
        file,
        Object.entries(rest)
          .map((pair) => pair.join('='))
          .join('\n'),
      );
      const { status, stderr } = composeConfig(file, 'production');
      expect(status).not.toBe(0);
      expect(stderr).toContain('REDIS_PASSWORD');
      expect(stderr).toContain('deploy/make-env.sh');
    });

    it('has one service for the embedded profile and the whole estate for production', () => {
      expect(Object.keys(composes.embedded.services)).toEqual(['nhip-yte']);
      expect(Object.keys(composes.production.services).sort()).toEqual(
        [...ONE_SHOT, 'crawl', 'read', 'judge', 'console', 'redis', 'elasticsearch', 'kibana'].sort(),
      );
    });

    describe.each(PROFILES)('%s', (profile) => {
      it('bounds memory and logs of every service, and restarts what is meant to run', () => {
        for (const [name, service] of entries(composes[profile])) {
          expect(bytes(service.mem_limit), name).toBeGreaterThanOrEqual(256 * 1024 ** 2);
          expect(service.logging?.options, name).toMatchObject({ 'max-size': '20m', 'max-file': '5' });
          expect(service.restart, name).toBe(ONE_SHOT.includes(name) ? 'no' : 'unless-stopped');
        }
      });

      it('takes rights away from everything but the service that hands out files, which has no network', () => {
        for (const [name, service] of entries(composes[profile])) {
          if (name === 'certificates') {
            expect(service).toMatchObject({ user: '0', network_mode: 'none' });
            continue;
          }
          expect(service.user, name).toBe(name === 'redis' ? 'redis' : undefined);
          expect(service.cap_drop, name).toEqual(['ALL']);
          expect(service.security_opt, name).toEqual(['no-new-privileges:true']);
        }
      });

      it('publishes the console, what hubs call, and Kibana alone, on loopback', () => {
        for (const [name, service] of entries(composes[profile])) {
          const published = service.ports ?? [];
          expect(published.length > 0, name).toBe(['nhip-yte', 'console', 'kibana'].includes(name));
          for (const port of published) {
            if (typeof port === 'string')
              expect(port, name).toMatch(/^127\.0\.0\.1:\d+:(8190|8192|5601)(\/tcp)?$/);
            else expect(port.host_ip, name).toBe('127.0.0.1');
          }
        }
      });

      it('waits for what is there, of the same profile, in a way that can come true', () => {
        const { services } = composes[profile];
        for (const [name, service] of entries(composes[profile])) {
          for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
            expect(condition, `${name} waits for ${other}`).toBe(reachableCondition(other, services[other]));
          }
        }
      });

      it('gives our processes an environment that the program knows and accepts', () => {
        const ours = entries(composes[profile]).filter(([, { image }]) => OURS.test(image));
        expect(ours.length).toBe(profile === 'embedded' ? 1 : 6);
        for (const [name, { environment = {}, volumes }] of ours) {
          // What the operator edits, not what came with the image.
          expect(JSON.stringify(volumes), name).toContain('/app/config');
          for (const variable of Object.keys(environment)) expect(KNOWN, name).toContain(variable);
          expect(loadConfig(environment).profile, name).toBe(profile);
        }
      });

      it('declares the volumes that are used, and uses those it declares', () => {
        const named = (service: Service) =>
          (service.volumes ?? [])
            .map((volume) => (typeof volume === 'string' ? (volume.split(':')[0] ?? '') : volume.source))
            .filter((volume) => !volume.startsWith('/'));
        for (const [name, service] of entries(composes[profile])) {
          for (const volume of named(service))
            expect(Object.keys(composes[profile].volumes), name).toContain(volume);
        }
        const used = new Set(
          PROFILES.flatMap((each) => entries(composes[each]).flatMap(([, s]) => named(s))),
        );
        // The new command lists only the volumes of the profile, the old one all.
        for (const volume of Object.keys(composes[profile].volumes)) expect(used).toContain(volume);
      });
    });

    it('hands the key of the authority to nobody, and each key of a certificate to one server', () => {
      const holders = (volume: string) =>
        entries(composes.production)
          .filter(([, service]) => JSON.stringify(service.volumes ?? []).includes(volume))
          .map(([name]) => name);
      expect(holders('authority')).toEqual(['certificates']);
      expect(holders('elasticsearch-tls')).toEqual(['certificates', 'elasticsearch']);
      expect(holders('kibana-tls')).toEqual(['certificates', 'kibana']);
    });

    it('runs the servers in the minor version of the client that is installed', () => {
      const { version } = JSON.parse(
        readFileSync(join(ROOT, 'node_modules/@elastic/elasticsearch/package.json'), 'utf8'),
      ) as { version: string };
      const minor = version.split('.').slice(0, 2).join('.');
      for (const name of ['elasticsearch', 'kibana', 'certificates', 'access']) {
        const tag = composes.production.services[name]?.image.split(':')[1];
        expect(tag, name).toMatch(new RegExp(`^${minor.replace('.', '\\.')}\\.\\d+$`));
      }
      expect(composes.production.services.redis?.image).toMatch(/^redis:([7-9]|\d\d)(\.\d+)*-alpine$/);
    });

    it('shares every stage and the console out, each to one service', () => {
      const shared = entries(composes.production)
        .filter(([, { command }]) => command?.[0] === 'start')
        .flatMap(([, { command }]) => {
          expect(command?.[1]).toBe('--stages');
          return (command?.[2] ?? '').split(',');
        });
      expect(shared.sort()).toEqual(
        [...STAGES, 'attach', 'revisit', 'housekeeping', 'report', 'console'].sort(),
      );
    });

    it('calls only commands that the program has', () => {
      const verbsOf = ({ command = [] }: Service) =>
        command
          .filter((_, index) => !command.slice(0, index + 1).some((word) => word.startsWith('-')))
          .join(' ');
      const ours = PROFILES.flatMap((profile) => entries(composes[profile])).filter(([, { image }]) =>
        OURS.test(image),
      );
      const verbs = new Set(ours.map(([, service]) => verbsOf(service)).filter((words) => words !== ''));
      expect([...verbs].sort()).toEqual(['dashboards import', 'setup', 'start']);
      for (const words of verbs) {
        const help = helpOf(words);
        expect(help).toContain(`Usage: nhip-yte ${words} `);
        if (words === 'start') expect(help).toContain('--stages');
      }
    }, 240_000);

    it('gives Redis more memory than it may fill, since it forks to write its log anew', () => {
      const conf = readFileSync(join(ROOT, 'deploy/redis/redis.conf'), 'utf8');
      const most = bytes(/^maxmemory (\d+[kmg])b$/m.exec(conf)?.[1]);
      expect(most).toBeGreaterThan(0);
      expect(bytes(composes.production.services.redis?.mem_limit)).toBeGreaterThanOrEqual(1.5 * most);
    });
  },
);

it('lets Kibana read only what its service is given', () => {
  const kibana = readFileSync(join(ROOT, 'deploy/kibana/kibana.yml'), 'utf8');
  expect(Object.keys(parse(kibana) as object)).toContain('elasticsearch.hosts');
  const { services } = parse(source, { merge: true }) as Compose;
  const given = Object.keys(services.kibana?.environment ?? {});
  const read = new Set([...kibana.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name));
  expect([...read].sort()).toEqual(given.sort());
});
