import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long a server may take to answer its first PING on a busy machine. */
const START_MS = 20_000;

/** A real `redis-server` on a free port of loopback with a folder of its own. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  start(): Promise<void>;
  /** Ends it as an operator would: everything is written out. */
  stop(): Promise<void>;
  /** Ends it as a fault would (SIGKILL). */
  kill(): Promise<void>;
  /** Runs one command by `redis-cli` and gives what it prints. */
  cli(...args: readonly string[]): Promise<string>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

/** Prepares a server, not yet started; an append-only file keeps its data from one start to the next. */
export async function prepareRedis(
  options: {
    /** Lines of `redis.conf`, beside port, folder and append-only file; they win. */
    readonly settings?: readonly string[];
    /** How `redis-cli` gets in. */
    readonly access?: readonly string[];
    readonly isSentinel?: boolean;
    readonly scheme?: 'redis' | 'rediss';
  } = {},
): Promise<RedisServer> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'nhip-yte-redis-'));
  const settingsFile = join(folder, 'redis.conf');
  const isTls = options.scheme === 'rediss';
  const basic = [
    ...(isTls ? ['port 0', `tls-port ${port}`] : [`port ${port}`]),
    'bind 127.0.0.1',
    `dir ${folder}`,
    ...(options.isSentinel ? [] : ['appendonly yes', 'appendfsync everysec', 'save ""']),
  ];
  writeFileSync(settingsFile, `${[...basic, ...(options.settings ?? [])].join('\n')}\n`);
  let server: ChildProcess | undefined;

  const cli = async (...args: readonly string[]) => {
    const { stdout } = await run('redis-cli', ['-p', String(port), ...(options.access ?? []), ...args], {
      timeout: START_MS,
    });
    return stdout.trim();
  };
  const end = async (how: () => unknown) => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    await how();
    await ended;
    server = undefined;
  };
  const kill = () => end(() => server?.kill('SIGKILL'));

  return {
    port,
    folder,
    url: `${options.scheme ?? 'redis'}://127.0.0.1:${port}`,
    cli,
    kill,
    stop: () => end(() => server?.kill('SIGTERM')),
    async start() {
      const args = [settingsFile, ...(options.isSentinel ? ['--sentinel'] : [])];
      const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'pipe'] });
      server = child;
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output = `${output}${chunk}`.slice(-2_000);
        });
      }
      const until = performance.now() + START_MS;
      while (!(await cli('ping').catch(() => '')).includes('PONG')) {
        if (child.exitCode !== null || performance.now() > until) {
          throw new Error(`redis-server does not start: ${output}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    },
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Prepares a server and starts it. */
export async function startRedis(options?: Parameters<typeof prepareRedis>[0]): Promise<RedisServer> {
  const server = await prepareRedis(options);
  await server.start();
  return server;
}

/**
 * Whether tests that need a real Redis can run. Where nothing may be skipped (CI), a machine without one is an error.
 *
 * @param need  what the binary must be able to do beside serving
 */
export function canRunRedis(need?: 'tls'): boolean {
  const missing = whatIsMissing(need);
  if (missing === undefined) return true;
  if (process.env.CI !== undefined) throw new Error(`${missing}: install Debian's package redis-server`);
  process.stderr.write(`Tests of Redis are skipped: ${missing}\n`);
  return false;
}

function whatIsMissing(need: 'tls' | undefined): string | undefined {
  try {
    execFileSync('redis-cli', ['--version'], { stdio: 'pipe' });
    execFileSync('redis-server', ['--version'], { stdio: 'pipe' });
  } catch {
    return 'there is no redis-server';
  }
  if (need !== 'tls') return undefined;
  const help = execFileSync('redis-cli', ['--help'], { encoding: 'utf8', stdio: 'pipe' });
  return help.includes('--tls') ? undefined : 'redis-server was built without TLS';
}

/** A port that was free a moment ago; below 55,536, since a cluster adds 10,000 for its own bus. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    if (port < 55_000) return port;
  }
}
