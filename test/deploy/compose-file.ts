import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { parse } from 'yaml';

export const ROOT = resolve(import.meta.dirname, '../..');
export const COMPOSE_FILE = join(ROOT, 'docker-compose.yml');

/** One service as `docker-compose config` gives it: anchors merged, variables filled in. */
export interface Service {
  readonly image: string;
  readonly build?: unknown;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly profiles: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly volumes?: readonly (string | { readonly source: string; readonly target: string })[];
  readonly ports?: readonly (string | { readonly host_ip?: string; readonly target: number })[];
  readonly mem_limit?: string | number;
  readonly restart?: string;
  readonly user?: string;
  readonly network_mode?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly logging?: { readonly options?: Readonly<Record<string, string>> };
}

export interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** The old command and the plugin that followed it read the same file; either will do. */
const COMPOSE = [['docker', 'compose'] as const, ['docker-compose'] as const].find(
  ([command, ...rest]) => spawnSync(command, [...rest, 'version'], { stdio: 'ignore' }).status === 0,
);

/** Why there is nothing to run the compose file with; `undefined` where there is. */
export const NO_COMPOSE = COMPOSE === undefined ? 'docker-compose is not installed' : undefined;

/** A fresh .env, made as an operator makes it. */
export function madeEnvFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'nhip-yte-deploy-')), '.env');
  execFileSync('sh', [join(ROOT, 'deploy/make-env.sh'), file], { stdio: 'ignore' });
  return file;
}

/** The variables of an env file. */
export function readEnvFile(file: string): Record<string, string> {
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name, value]) => [name ?? '', value ?? '']));
}

/** Runs `config` on the compose file with nothing but the env file's variables. @returns what it printed and its fate */
export function composeConfig(envFile: string, profile: string) {
  const [command = '', ...rest] = COMPOSE ?? [];
  const { status, stdout, stderr } = spawnSync(
    command,
    [...rest, '--file', COMPOSE_FILE, '--env-file', envFile, '--profile', profile, 'config'],
    { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: process.env.HOME } },
  );
  return { status, stdout, stderr };
}

/** The services of one profile; the old command lists those of all. */
export function composeOf(envFile: string, profile: string): Compose {
  const { status, stdout, stderr } = composeConfig(envFile, profile);
  if (status !== 0) throw new Error(stderr);
  const { services, volumes } = parse(stdout) as Compose;
  const selected = Object.entries(services).filter(([, service]) => service.profiles.includes(profile));
  return { services: Object.fromEntries(selected), volumes };
}
