import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Command } from 'commander';

import { type Revision, sha256Of } from '../domain/revision.ts';
import { writeLine } from './json-lines.ts';
import { withAppOrConsole } from './with-app.ts';

interface Version {
  readonly revision: Revision;
  readonly bytes: Uint8Array | undefined;
}

export function addRevisions(program: Command): void {
  program
    .command('revisions')
    .argument('<article-id>', 'as search and the console give it')
    .description(
      'The versions of an article that changed after publication; one JSON line each, oldest first',
    )
    .option(
      '--proof <folder>',
      'also write there, of each version, the raw page and the headers, and a manifest with their SHA-256; exit 1 ' +
        'if a page is not the one that was fetched',
    )
    .action(async (id: string, { proof }: { proof?: string }) => {
      const versions = await versionsOf(id, proof !== undefined);
      for (const { revision } of versions) await writeLine(revision);
      if (versions.length === 0) process.stderr.write('No version but the first: it has not changed\n');
      if (proof !== undefined && !writeProof(proof, id, versions)) process.exitCode = 1;
    });
}

/** From the stores, or from the console of the process that owns them. */
function versionsOf(id: string, withPages: boolean): Promise<Version[]> {
  return withAppOrConsole(
    async ({ deps }) => {
      const revisions = await deps.revisions.of(id);
      return Promise.all(
        revisions.map(async (revision) => ({
          revision,
          bytes: withPages ? await deps.revisions.bytes(id, revision.number) : undefined,
        })),
      );
    },
    async (ask) => {
      const path = `/api/v1/articles/${encodeURIComponent(id)}/revisions`;
      const { revisions } = (await (await ask(path)).json()) as { revisions: Revision[] };
      const versions: Version[] = [];
      for (const revision of revisions) {
        const hasPage = withPages && revision.sha256 !== undefined;
        const page = hasPage ? await ask(`${path}/${revision.number}/page`) : undefined;
        versions.push({ revision, bytes: page && new Uint8Array(await page.arrayBuffer()) });
      }
      return versions;
    },
  );
}

/** One line of the manifest. */
interface Exhibit {
  readonly number: number;
  readonly changes: readonly string[];
  readonly fetchedAt: string;
  readonly requestedUrl: string;
  readonly url: string;
  readonly status: number | null;
  readonly removedReason: string | null;
  readonly title: string;
  /** As computed when the page was fetched; null where no page is kept. */
  readonly sha256: string | null;
  readonly page: string | null;
  readonly headers: string;
  /** Whether the bytes in the file still have that SHA-256; null where there are none. */
  readonly isIntact: boolean | null;
}

/**
 * Writes pages, headers and manifest. Files keep `.txt` behind `.html`: what a server sent is not to open in a browser
 * by a double click.
 *
 * @returns whether every page that is there is the one that was fetched
 */
function writeProof(folder: string, id: string, versions: readonly Version[]): boolean {
  mkdirSync(folder, { recursive: true });
  const exhibits = versions.map((version) => writeVersion(folder, fileName(id), version));
  const manifest = {
    articleId: id,
    writtenAt: new Date().toISOString(),
    hashed: 'SHA-256 of the response body after content decoding (gzip, br), before character decoding',
    versions: exhibits,
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  writeFileSync(join(folder, 'manifest.json'), text);
  process.stderr.write(`${join(folder, 'manifest.json')}: SHA-256 ${sha256Of(Buffer.from(text))}\n`);
  const damaged = exhibits.filter(({ isIntact }) => isIntact === false);
  for (const { page } of damaged) process.stderr.write(`${page}: not the bytes that were fetched\n`);
  return damaged.length === 0;
}

function writeVersion(folder: string, name: string, { revision, bytes }: Version): Exhibit {
  const { number, changes, fetchedAt, requestedUrl, url, status, removedReason, title, sha256 } = revision;
  const page = bytes === undefined ? null : `${name}-${number}.html.txt`;
  if (page !== null && bytes !== undefined) writeFileSync(join(folder, page), bytes);
  const headers = `${name}-${number}.headers.txt`;
  const lines = Object.entries(revision.headers).map(([field, value]) => `${field}: ${value}\n`);
  writeFileSync(join(folder, headers), lines.join(''));
  return {
    number,
    changes,
    fetchedAt,
    requestedUrl,
    url,
    status: status ?? null,
    removedReason: removedReason ?? null,
    title,
    sha256: sha256 ?? null,
    page,
    headers,
    isIntact: bytes === undefined ? null : sha256Of(bytes) === sha256,
  };
}

/** Ids are hexadecimal; nothing else may lead out of the folder. */
function fileName(id: string): string {
  return id.replace(/[^A-Za-z0-9-]+/g, '-');
}
