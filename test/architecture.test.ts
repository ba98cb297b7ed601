import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

const PURE = ['src/domain', 'src/language', 'src/reading', 'src/detection', 'src/routing', 'src/reports'];

/** Layer → what its files may import of ours, beside their own layer. A layer is the longest prefix that fits. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  'src/errors.ts': [],
  'src/version.ts': [],
  'src/domain': ['src/errors.ts'],
  'src/ports': ['src/domain'],
  'src/language': ['src/domain', 'src/errors.ts'],
  'src/reading': ['src/domain', 'src/errors.ts'],
  'src/detection': ['src/domain', 'src/errors.ts'],
  'src/routing': ['src/domain', 'src/errors.ts'],
  'src/reports': ['src/domain', 'src/detection', 'src/language', 'src/errors.ts'],
  'src/access': ['src/domain', 'src/ports', 'src/errors.ts'],
  'src/newsroom': ['src/domain'],
  'src/adapters': ['src/ports', 'src/domain', 'src/errors.ts', 'src/config.ts'],
  workers: [...PURE, 'src/ports', 'src/errors.ts'],
  'src/console': [...PURE, 'src/access', 'src/ports', 'src/errors.ts', 'src/version.ts'],
  'src/dashboards': [...PURE, 'src/console'],
  'src/operations': ['src/domain', 'src/ports', 'src/errors.ts'],
  'src/websub': ['src/domain', 'src/ports', 'src/errors.ts'],
  'src/config.ts': ['src/errors.ts'],
  'src/config-files.ts': ['src/errors.ts'],
  'src/outlets-file.ts': ['src/domain', 'src/errors.ts'],
  // The composition root sees everything, and so do the profiles it is made of; what stands beside it sees all but the
  // adapters, and gets those from it.
  'src/app.ts': ['src', 'workers', 'src/profiles'],
  'src/profiles': [
    'src/adapters',
    'src/ports',
    'src/domain',
    'src/errors.ts',
    'src/config.ts',
    'workers',
    'src/access',
    'src/console',
  ],
  'src/set-up-elasticsearch.ts': ['src/adapters', 'src/errors.ts', 'src/config.ts'],
  // What the verbs about dashboards are made of, beside the program itself.
  'src/bring-dashboards.ts': [
    ...PURE,
    'src/adapters',
    'src/dashboards',
    'src/errors.ts',
    'src/config.ts',
    'src/config-files.ts',
  ],
  src: [
    ...PURE,
    'src/access',
    'src/ports',
    'src/errors.ts',
    'src/console',
    'src/operations',
    'src/newsroom',
    'workers',
  ],
};

/** Library → where alone it may be imported, so that it can be replaced there. */
const CONFINED: Readonly<Record<string, readonly string[]>> = {
  bullmq: ['src/adapters/bullmq'],
  '@electric-sql/pglite': ['src/adapters/pglite', 'src/adapters/bullmq'],
  '@elastic/elasticsearch': ['src/adapters/elasticsearch'],
  ioredis: ['src/adapters/redis'],
  undici: ['src/adapters/http', 'src/adapters/kibana', 'src/adapters/notify'],
  nodemailer: ['src/adapters/notify'],
  unpdf: ['src/adapters/documents'],
  mammoth: ['src/adapters/documents'],
  'hash-wasm': ['src/access'],
  docx: ['src/adapters/documents'],
  'hyparquet-writer': ['src/adapters/documents'],
  // The board of the queues is a plugin, made beside them.
  fastify: ['src/console', 'src/operations', 'src/websub', 'src/app.ts', 'src/adapters/bullmq/board.ts'],
  'prom-client': ['src/operations'],
  '@bull-board': ['src/adapters/bullmq'],
};

/** What a pure function has no use for. */
const IMPURE = /^(?:node:(?:fs|net|tls|http|https|dns|child_process|worker_threads|timers)\b|pino$|undici$)/;

interface Arrow {
  readonly from: string;
  readonly to: string;
}

const SPECIFIER = /(?:^\s*(?:import|export)\b[^'"`;]*?\bfrom\s+|^\s*import\s+|\bimport\()['"]([^'"]+)['"]/gm;

const sources = ['src', 'workers']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((file) => /\.tsx?$/.test(file));

const imports: Arrow[] = sources.flatMap((from) =>
  [...readFileSync(join(ROOT, from), 'utf8').matchAll(SPECIFIER)].map(([, to = '']) => ({ from, to })),
);

const ours: Arrow[] = imports
  .filter(({ to }) => to.startsWith('.'))
  .map(({ from, to }) => ({ from, to: join(dirname(from), to) }));

const libraries: Arrow[] = imports.filter(({ to }) => !to.startsWith('.'));

function isUnder(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}

function layerOf(file: string): string {
  const fitting = Object.keys(MAY_IMPORT).filter((layer) => isUnder(file, layer));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? 'no layer at all';
}

function show(arrows: readonly Arrow[]): string[] {
  return arrows.map(({ from, to }) => `${from} -> ${to}`);
}

/** The target's own layer counts: `src` lists the files beside the composition root, not everything below. */
function isAllowed({ from, to }: Arrow): boolean {
  const layer = layerOf(from);
  const target = layerOf(to);
  if (layer === target) return true;
  if (layer === 'src/app.ts') return true;
  const isBeside = layer === 'src' && /^src\/[^/]+\.ts$/.test(to);
  return isBeside || (MAY_IMPORT[layer] ?? []).includes(target);
}

describe('import arrows point one way (the right one is in the table of this file)', () => {
  it('reads the sources', () => {
    expect(ours.length).toBeGreaterThan(100);
    expect(libraries.length).toBeGreaterThan(50);
    expect(ours.filter(({ to }) => !existsSync(join(ROOT, to))).map(({ to }) => relative(ROOT, to))).toEqual(
      [],
    );
  });

  it.each(Object.keys(MAY_IMPORT))('%s', (layer) => {
    expect(show(ours.filter((arrow) => layerOf(arrow.from) === layer && !isAllowed(arrow)))).toEqual([]);
  });

  it('src/app.ts and the profiles alone name adapters', () => {
    const wrong = ours.filter(
      ({ from, to }) =>
        isUnder(to, 'src/adapters') &&
        ![
          'src/adapters',
          'src/app.ts',
          'src/profiles',
          'src/bring-dashboards.ts',
          'src/set-up-elasticsearch.ts',
        ].some((place) => isUnder(from, place)),
    );
    expect(show(wrong)).toEqual([]);
  });

  it.each(Object.entries(CONFINED))('%s stays in %j', (library, places) => {
    const wrong = libraries.filter(
      ({ from, to }) => isUnder(to, library) && !places.some((place) => isUnder(from, place)),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('the pure layers touch neither files nor network nor log', () => {
    const wrong = libraries.filter(
      ({ from, to }) => PURE.some((layer) => isUnder(from, layer)) && IMPURE.test(to),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('knows a wrong arrow when it sees one', () => {
    expect(isAllowed({ from: 'src/domain/x.ts', to: 'src/adapters/http/y.ts' })).toBe(false);
    expect(isAllowed({ from: 'workers/x.ts', to: 'src/adapters/http/y.ts' })).toBe(false);
    expect(isAllowed({ from: 'src/cli.ts', to: 'src/adapters/http/y.ts' })).toBe(false);
    expect(isAllowed({ from: 'src/commands/x.ts', to: 'src/adapters/http/y.ts' })).toBe(false);
    expect(isAllowed({ from: 'src/console/x.tsx', to: 'src/newsroom/y.ts' })).toBe(false);
    expect(isAllowed({ from: 'src/app.ts', to: 'src/adapters/http/y.ts' })).toBe(true);
  });
});

describe('house rules on names', () => {
  it.each(['utils', 'services', 'managers', 'types', 'helpers'])('there is no folder called %s', (name) => {
    expect(sources.filter((file) => file.split('/').slice(0, -1).includes(name))).toEqual([]);
  });

  it('files are kebab-case', () => {
    expect(sources.filter((file) => !/^[a-z0-9/-]+(?:\.d)?\.tsx?$/.test(file))).toEqual([]);
  });
});
