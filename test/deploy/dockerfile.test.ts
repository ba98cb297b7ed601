import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { configDirFor } from '../support/config-dir.ts';
import { anOutlet } from '../support/deps.ts';
import { ROOT } from './compose-file.ts';
import { buildByHand, CAN_CHANGE_USER, type HandMadeImage, NOBODY } from './dockerfile-by-hand.ts';

const base = mkdtempSync(join(tmpdir(), 'nhip-yte-image-'));
let image: HandMadeImage;
let node: string;

beforeAll(async () => {
  image = await buildByHand(ROOT, base);
  // Beside the image's files, where the unprivileged user may run it.
  node = join(image.root, 'node');
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
  // Two `npm ci` and a compilation: half a minute on two free cores.
}, 400_000);

// Tens of thousands of files: nobody waits for it.
afterAll(() => {
  spawn('rm', ['-rf', base], { detached: true, stdio: 'ignore' }).unref();
});

/** As the container's user where that can be, with nothing in the environment but what the image sets. */
const asContainer = (env: Record<string, string> = {}) => ({
  cwd: image.workdir,
  env: { ...image.env, ...env },
  ...(CAN_CHANGE_USER ? { uid: NOBODY, gid: NOBODY } : {}),
});

const inImage = ([command = '', ...args]: readonly string[]) =>
  [command === 'node' ? node : command, args] as const;

async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(typeof address === 'object' ? address?.port : 0);
}

it('holds the program, its configuration and what it needs at run time, and nothing else', () => {
  expect(readdirSync(image.workdir).sort()).toEqual(
    ['LICENSE', 'config', 'dashboards', 'dist', 'node_modules', 'package.json'].sort(),
  );
  const modules = join(image.workdir, 'node_modules');
  for (const needed of ['fastify', 'bullmq', 'ioredis', '@elastic/elasticsearch', '@electric-sql/pglite']) {
    expect(existsSync(join(modules, needed)), needed).toBe(true);
  }
  for (const tool of ['typescript', 'vitest', 'tsx', '@biomejs/biome', 'playwright-core', '@types/node']) {
    expect(existsSync(join(modules, tool)), tool).toBe(false);
  }
  const copied = [...new Set(image.fromContext.map((path) => path.split('/')[0]))].sort();
  expect(copied).toEqual(
    [
      'LICENSE',
      'config',
      'dashboards',
      'package-lock.json',
      'package.json',
      'src',
      'tsconfig.build.json',
      'tsconfig.json',
      'workers',
    ].sort(),
  );
  expect(image.fromContext.filter((path) => /(^|\/)\.env$|\.log$|node_modules/.test(path))).toEqual([]);
});

it('runs as nobody in particular, and gets the signals itself', () => {
  expect(image).toMatchObject({
    user: 'node',
    stopSignal: 'SIGTERM',
    entrypoint: ['node', 'dist/src/cli.js'],
    cmd: ['start'],
  });
  expect(image.healthcheck.join(' ')).toContain('/livez');
});

it('finds its own configuration without a fault', () => {
  const [command, args] = inImage([...image.entrypoint, 'check-config']);
  const { status, stderr } = spawnSync(command, args, { ...asContainer(), encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('starts as the container does, is found healthy by its own check, stops when told, and then is not', async () => {
  const outlet = anOutlet({
    homepage: 'https://bao.invalid/',
    feeds: anOutlet().feeds.map((feed) => ({ ...feed, url: 'https://bao.invalid/rss' })),
  });
  const configDir = configDirFor([outlet]);
  chmodSync(configDir, 0o755);
  const env = { CONFIG_DIR: configDir, CONSOLE_PORT: '0', OPERATIONS_PORT: await freePort() };
  const health = () => {
    const [command, args] = inImage(image.healthcheck);
    return spawnSync(command, args, asContainer(env)).status;
  };
  expect(health()).toBe(1);

  const [command, args] = inImage([...image.entrypoint, ...image.cmd]);
  const program: ChildProcess = spawn(command, args, {
    ...asContainer(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  program.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  program.stdout?.resume();
  const ended = new Promise((resolve) => program.once('exit', resolve));
  try {
    await expect.poll(() => `${health()} ${output}`, { timeout: 90_000, interval: 500 }).toMatch(/^0 /);
    await expect.poll(() => output, { timeout: 30_000 }).toContain('Nhịp Y tế: http');
    if (CAN_CHANGE_USER) expect(existsSync(join(image.root, 'data/pglite'))).toBe(true);
    program.kill(image.stopSignal as NodeJS.Signals);
    expect(await ended).toBe(0);
    expect(health()).toBe(1);
  } finally {
    program.kill('SIGKILL');
  }
}, 180_000);
