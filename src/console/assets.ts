import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

import type { FastifyInstance } from 'fastify';

const FOLDER = new URL('./assets/', import.meta.url);

const FILES = {
  css: { name: 'console.css', type: 'text/css; charset=utf-8' },
  js: { name: 'live.js', type: 'text/javascript; charset=utf-8' },
  keys: { name: 'keys.js', type: 'text/javascript; charset=utf-8' },
  complete: { name: 'complete.js', type: 'text/javascript; charset=utf-8' },
  icon: { name: 'icon.svg', type: 'image/svg+xml' },
} as const;

const YEAR_S = 31_536_000;

export interface Assets {
  readonly urls: Readonly<Record<keyof typeof FILES, string>>;
}

/** Serves the style sheet, the scripts and the icon from memory, under addresses that change with their content. */
export async function serveAssets(server: FastifyInstance): Promise<Assets> {
  const urls = { css: '', js: '', keys: '', complete: '', icon: '' };
  for (const [key, { name, type }] of Object.entries(FILES) as [
    keyof typeof FILES,
    { name: string; type: string },
  ][]) {
    const bytes = key === 'css' ? await styleSheet() : await readFile(new URL(name, FOLDER));
    const version = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    urls[key] = `/assets/${name}?v=${version}`;
    server.get(`/assets/${name}`, (_request, reply) =>
      reply.type(type).header('cache-control', `public, max-age=${YEAR_S}, immutable`).send(bytes),
    );
  }
  return { urls };
}

/** What all pages share, then what each page has of its own: one file over the wire. */
async function styleSheet(): Promise<Buffer> {
  const own = (await readdir(new URL('css/', FOLDER))).filter((name) => name.endsWith('.css')).sort();
  const files = ['console.css', ...own.map((name) => `css/${name}`)];
  return Buffer.concat(await Promise.all(files.map((name) => readFile(new URL(name, FOLDER)))));
}
