import type { Logger } from 'pino';
import { z } from 'zod';

import { analyseArticle } from '../workers/analyse-article.ts';
import { indexArticle } from '../workers/index-article.ts';
import { analyseJob, indexJob } from '../workers/job-keys.ts';
import { judgeEntry } from '../workers/judge-entry.ts';
import { relearnDetector } from '../workers/relearn-detector.ts';
import { runInline } from '../workers/run-inline.ts';
import type { Deps, Job } from '../workers/stage.ts';
import { type Entry, entryId } from './domain/entry.ts';
import type { Outlet } from './domain/outlet.ts';
import { fold } from './language/normalise.ts';
import { canonicalUrl } from './reading/canonical-url.ts';
import { parseStatedTime } from './reading/date.ts';

/** Archives say `null` as readily as nothing. */
const absentable = z
  .string()
  .nullish()
  .transform((text) => text ?? '');

/** One archived article, as `import` reads it. */
const archived = z.object({
  url: z.string().min(1),
  title: z.string().min(1),
  summary: absentable,
  body: absentable,
  publishedAt: absentable,
  fetchedAt: absentable,
  /** Id or name of an outlet of the configuration; by the URL's host where it is neither. */
  outlet: absentable,
  section: absentable,
});

export interface ImportSummary {
  readonly lines: number;
  /** Entries that were not known before. */
  readonly added: number;
  readonly known: number;
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
}

/** Entries stored in one transaction: bounds memory and what a crash has to repeat. */
const BATCH = 200;

/** Sections that carry health news, folded; an archive's line has no feed to tell. */
const HEALTH_SECTION = /^(suc[ -]khoe|y[ -]te|the[ -]gioi[ -]suc[ -]khoe)/;

/**
 * Brings archived articles into the archive through the same stages as live ones, from analysis on. Their
 * `fetchedAt`, else `publishedAt`, is when each was first seen. They never alarm: detection starts with what is
 * crawled.
 *
 * Safe to repeat: what is known is left as it is, and entries a crash left pending are taken up again.
 *
 * @param records  parsed lines, or an `Error` for a line that is no JSON; faults of lines are collected, not thrown
 * @param perform  has the jobs done; without it they are done here, in which case no worker may do the same elsewhere
 */
export async function importArchive(
  records: AsyncIterable<unknown> | Iterable<unknown>,
  deps: Deps,
  log: Logger,
  onProgress: (lines: number) => void = () => {},
  perform = (jobs: readonly Job[]) => runInline(jobs, [analyseArticle, indexArticle], deps, log),
): Promise<ImportSummary> {
  const outlets = outletFinder(deps.outlets);
  const rejected: { line: number; reason: string }[] = [];
  let lines = 0;
  let added = 0;
  let known = 0;
  let batch: Entry[] = [];

  const flush = async () => {
    const at = deps.now().toISOString();
    // Judged before they are stored, so that what is not about health costs one write and no job.
    const fresh = await deps.entries.add(batch.map((entry) => judgeEntry(entry, deps.language, at)));
    const due = [
      ...fresh.filter(({ outcome }) => outcome === 'pending').map(({ id }) => indexJob(id, 'page')),
      ...(await stillPending(batch, fresh, deps)).map(({ id }) => analyseJob(id, 'page')),
    ];
    await perform(due);
    added += fresh.length;
    known += batch.length - fresh.length;
    batch = [];
    onProgress(lines);
  };

  for await (const record of records) {
    lines += 1;
    const entry = readRecord(record, outlets);
    if (typeof entry === 'string') rejected.push({ line: lines, reason: entry });
    else batch.push(entry);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  if (added > 0) await relearnDetector(deps);
  return { lines, added, known, rejected };
}

async function stillPending(batch: readonly Entry[], fresh: readonly Entry[], deps: Deps): Promise<Entry[]> {
  const isFresh = new Set(fresh.map(({ id }) => id));
  const pending: Entry[] = [];
  for (const { id } of batch) {
    if (isFresh.has(id)) continue;
    const entry = await deps.entries.find(id);
    if (entry?.imported && entry.outcome === 'pending') pending.push(entry);
  }
  return pending;
}

/** @returns the entry, or why the record is none */
function readRecord(record: unknown, outletFor: (name: string, url: URL) => string): Entry | string {
  if (record instanceof Error) return record.message;
  const parsed = archived.safeParse(record);
  if (!parsed.success) return z.prettifyError(parsed.error).replaceAll('\n', ' ');
  const { title, summary, body, section, outlet } = parsed.data;
  const url = canonicalUrl(parsed.data.url);
  if (url === undefined) return `not a web address: ${parsed.data.url.slice(0, 200)}`;
  const published = parseStatedTime(parsed.data.publishedAt);
  const seen = parseStatedTime(parsed.data.fetchedAt) ?? published;
  if (seen === undefined) return 'neither fetchedAt nor publishedAt is a time';

  const publishedAt = published && { ...published, source: 'import' as const };
  const clean = (text: string) => text.normalize('NFC').replaceAll('\u0000', '').toWellFormed();
  return {
    id: entryId(url),
    url,
    title: clean(title),
    summary: clean(summary),
    outletId: outletFor(outlet, new URL(url)),
    feedId: 'import',
    ...(section === '' ? {} : { section }),
    fromHealthFeed: HEALTH_SECTION.test(fold(section)),
    firstSeenAt: seen.at,
    imported: true,
    outcome: 'pending',
    stage: 'analyse',
    ...(publishedAt === undefined ? {} : { publishedAt }),
    text: { title: clean(title), summary: clean(summary), body: clean(body) },
  };
}

function outletFinder(outlets: ReadonlyMap<string, Outlet>): (name: string, url: URL) => string {
  const byName = new Map<string, string>();
  for (const { id, name, homepage } of outlets.values()) {
    byName
      .set(fold(id), id)
      .set(fold(name), id)
      .set(bareHost(new URL(homepage)), id);
  }
  return (name, url) => byName.get(fold(name)) ?? byName.get(bareHost(url)) ?? bareHost(url);
}

function bareHost({ host }: URL): string {
  return host.replace(/^(www|m|amp)\./, '');
}
