/**
 * Beside the flow. Looks again at an article's page on a schedule that thins out, and keeps what changed: versions with
 * their proof, and that the page was taken away or came back. A changed text is judged anew; its story stays.
 *
 * Safe to repeat: a version is new only where its text differs from the one before, and the page that later looks are
 * compared with is replaced last. What a crash left behind in entry or article is mended by the next look.
 */
import { z } from 'zod';

import { lastWord } from '../src/domain/correction.ts';
import type { Entry } from '../src/domain/entry.ts';
import type { ArticleText, FetchedPage } from '../src/domain/page.ts';
import { type Change, proofOf, type RevisedText, type Revision, standingOf } from '../src/domain/revision.ts';
import { changesBetween } from '../src/domain/text-changes.ts';
import { NoPageError, type PermanentError, RetryLaterError } from '../src/errors.ts';
import { removalByRedirect } from '../src/reading/removal.ts';
import { analyseJob } from './job-keys.ts';
import { judgeEntry } from './judge-entry.ts';
import { readEntryPage, wholeText } from './read-entry-page.ts';
import { refreshArticles } from './refresh-articles.ts';
import { confirmingRevisit, nextRevisit } from './revisit-jobs.ts';
import type { Deps, Job, Stage } from './stage.ts';

export const revisitArticle: Stage<'revisit', 'analyse' | 'revisit'> = {
  name: 'revisit',
  payload: z.object({
    entryId: z.string(),
    round: z.number().int().min(1),
    isSuspect: z.boolean().optional(),
  }),
  concurrency: 8,
  attempts: 3,

  async run({ entryId, round, isSuspect = false }, deps, { signal }) {
    const entry = await deps.entries.find(entryId);
    if (!isFollowed(entry)) return { status: 'skipped', reason: 'not-in-archive', next: [] };
    const { outletId } = entry;
    const kept = await deps.pages.find(entryId);
    const sight = await look(entry, kept, deps, signal);

    if (sight.kind === 'unseen')
      return { status: 'skipped', reason: sight.reason, outletId, next: nextRevisit(entry, round, deps) };
    if (sight.kind === 'gone' && !sight.isCertain && !isSuspect)
      return {
        status: 'skipped',
        reason: 'error-page',
        outletId,
        next: confirmingRevisit(entry, round, deps),
      };

    const known = await deps.revisions.of(entryId);
    const finding = await compare(entry, kept, sight, known.at(-1), deps);
    const isNew = finding.changes.length > 0;
    const versions = isNew ? await record(entry, kept, sight, finding, known, deps) : known;
    const text = sight.kind === 'article' ? sight.text : undefined;
    const judgeAnew = await bringUpToDate(entry, versions, text, deps);
    // Last, since the next look is compared with it; and the first version's proof has been taken from it by now.
    if (finding.isOtherPage) await deps.pages.save(entryId, sight.page);

    const next = [...judgeAnew, ...nextRevisit(entry, round, deps)];
    return isNew
      ? { status: 'done', reason: outcomeOf(finding), outletId, next }
      : { status: 'skipped', reason: 'unchanged', outletId, next };
  },
};

type ReadEntry = Entry & { readonly text: ArticleText };

/** What has left the archive since, by its new text or by its age, is nobody's concern any more. */
function isFollowed(entry: Entry | undefined): entry is ReadEntry {
  return entry?.outcome === 'indexed' && entry.text !== undefined;
}

function outcomeOf({ changes }: Finding): string {
  if (changes.includes('removed')) return 'removed';
  return changes.includes('restored') ? 'restored' : 'revised';
}

/** What one look at a page gives. */
type Sight =
  | { readonly kind: 'article'; readonly page: FetchedPage; readonly text: ArticleText }
  /** The server says that nothing has changed. */
  | { readonly kind: 'same'; readonly page: FetchedPage }
  /** Certain, unless it shows only by what the page says of itself. */
  | {
      readonly kind: 'gone';
      readonly page: FetchedPage;
      readonly reason: string;
      readonly isCertain: boolean;
    }
  /** Nothing was learnt; the next look may learn more. */
  | { readonly kind: 'unseen'; readonly reason: string };

/** Statuses by which a server says that there is no such page. Others refuse, or are its own trouble. */
const GONE = new Set(['http-404', 'http-410']);

async function look(
  entry: ReadEntry,
  kept: FetchedPage | undefined,
  deps: Deps,
  signal: AbortSignal,
): Promise<Sight> {
  let page: FetchedPage;
  try {
    const paceMs = deps.outlets.get(entry.outletId)?.paceMs ?? 1000;
    page = await deps.fetchPage({ url: entry.url, paceMs, signal, ...validatorsOf(entry, kept) });
  } catch (error) {
    return sightOfFailure(error, entry, deps, signal);
  }
  if (page.status === 304) return { kind: 'same', page };

  const { reading } = readEntryPage(entry, page, deps);
  const failure = reading.ok ? undefined : reading.reason;
  const removal = removalByRedirect(entry.url, page.url, failure);
  if (removal !== undefined) return { kind: 'gone', page, reason: removal, isCertain: true };
  if (failure === 'error-page') return { kind: 'gone', page, reason: failure, isCertain: false };
  if (!reading.ok) return { kind: 'unseen', reason: reading.reason };
  return { kind: 'article', page, text: await wholeText(reading, entry, page, deps) };
}

/** Those of the page that the text was read from, where the very address asked for sent them. */
function validatorsOf({ url }: Entry, kept: FetchedPage | undefined) {
  if (kept === undefined || kept.requestedUrl !== url || kept.url !== url) return {};
  const { etag, 'last-modified': lastModified } = kept.headers;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

/** A failed look costs that look: another comes by itself, and asking a server in trouble again and again helps nobody. */
function sightOfFailure(error: unknown, { url }: Entry, { now }: Deps, signal: AbortSignal): Sight {
  if (signal.aborted || error instanceof RetryLaterError) throw error;
  if (error instanceof NoPageError && GONE.has(error.reason)) {
    const page = {
      ...error.answer,
      requestedUrl: url,
      bytes: new Uint8Array(),
      fetchedAt: now().toISOString(),
    };
    return { kind: 'gone', page, reason: error.reason, isCertain: true };
  }
  const { reason } = error as Partial<PermanentError>;
  if (typeof reason !== 'string') throw error;
  return { kind: 'unseen', reason };
}

/** What a look shows that is new. */
interface Finding {
  /** None where there is no new version. */
  readonly changes: readonly Change[];
  readonly text: RevisedText;
  readonly removedReason?: string;
  /** Whether the page says something else than the one that is kept. */
  readonly isOtherPage: boolean;
}

async function compare(
  entry: ReadEntry,
  kept: FetchedPage | undefined,
  sight: Exclude<Sight, { kind: 'unseen' }>,
  last: Revision | undefined,
  deps: Deps,
): Promise<Finding> {
  const isRemoved = last?.changes.includes('removed') === true;
  const asBefore = { text: last ?? entry.text, isOtherPage: false };
  if (sight.kind === 'gone')
    return isRemoved
      ? { ...asBefore, changes: [] }
      : { ...asBefore, changes: ['removed'], removedReason: sight.reason };
  const restored: readonly Change[] = isRemoved ? ['restored'] : [];
  if (sight.kind === 'same') return { ...asBefore, changes: restored };

  const { text } = sight;
  const changes = changesBetween(await baseOf(entry, kept, last, deps), text);
  // A look that a crash cut short has kept this version already, but not its page.
  const isKept = last !== undefined && !isRemoved && changesBetween(last, text).length === 0;
  return { changes: isKept ? [] : [...changes, ...restored], text, isOtherPage: changes.length > 0 };
}

/** Saves the version that a look shows, and before the second one the first. @returns all versions, oldest first */
async function record(
  entry: ReadEntry,
  kept: FetchedPage | undefined,
  { kind, page }: Exclude<Sight, { kind: 'unseen' }>,
  { changes, text, removedReason }: Finding,
  known: readonly Revision[],
  deps: Deps,
): Promise<readonly Revision[]> {
  const before = known.length === 0 ? [await saveFirst(entry, kept, deps)] : known;
  const revision: Revision = {
    ...textOf(text),
    ...proofOf(page),
    entryId: entry.id,
    number: (before.at(-1) as Revision).number + 1,
    firstSeenAt: entry.firstSeenAt,
    changes,
    ...(removedReason === undefined ? {} : { removedReason }),
    ...(kind === 'article' && (await leavesArchive({ ...entry, text: { ...entry.text, ...text } }, deps))
      ? { leftArchive: true }
      : {}),
  };
  await deps.revisions.save(revision, page.bytes.length === 0 ? undefined : page.bytes);
  return [...before, revision];
}

/** As the analysis will find that follows. */
async function leavesArchive(entry: Entry, { corrections, language, now }: Deps): Promise<boolean> {
  const word = lastWord(await corrections.concerning({ articleIds: [entry.id] }));
  return judgeEntry(entry, language, now().toISOString(), word).outcome === 'irrelevant';
}

/**
 * What a look is compared with: the page that was kept, read as it would be read today, so that a change in how pages
 * are read is no change of the article. Where that page is gone, what was read of it then.
 */
async function baseOf(
  entry: ReadEntry,
  kept: FetchedPage | undefined,
  last: Revision | undefined,
  deps: Deps,
): Promise<RevisedText> {
  const reading = kept && readEntryPage(entry, kept, deps).reading;
  if (kept === undefined || reading?.ok !== true) return last ?? entry.text;
  return wholeText(reading, entry, kept, deps);
}

/** The article as first read, with its page where that is still kept: without it, the text stands unproved. */
async function saveFirst(entry: ReadEntry, kept: FetchedPage | undefined, deps: Deps): Promise<Revision> {
  const unproved = {
    requestedUrl: entry.url,
    url: entry.url,
    headers: {},
    fetchedAt: entry.settledAt ?? entry.firstSeenAt,
  };
  const revision: Revision = {
    ...textOf(entry.text),
    ...(kept === undefined ? unproved : proofOf(kept)),
    entryId: entry.id,
    number: 1,
    firstSeenAt: entry.firstSeenAt,
    changes: [],
  };
  await deps.revisions.save(revision, kept?.bytes);
  return revision;
}

function textOf({ title, summary, body, author, publishedAt }: RevisedText): RevisedText {
  return {
    title,
    summary,
    body,
    ...(author === undefined ? {} : { author }),
    ...(publishedAt === undefined ? {} : { publishedAt }),
  };
}

/**
 * Brings entry and article to what the versions say.
 *
 * @returns the job that judges the article anew, where its text has changed since it was last made searchable
 */
async function bringUpToDate(
  entry: ReadEntry,
  versions: readonly Revision[],
  text: ArticleText | undefined,
  deps: Deps,
): Promise<Job<'analyse'>[]> {
  const standing = standingOf(versions);
  const isTextNew = text !== undefined && standing.revisedAt !== entry.revisedAt;
  if (isTextNew || standing.removedAt !== entry.removedAt) {
    await deps.entries.update(entry.id, ({ removedAt: _at, removedReason: _reason, ...current }) => ({
      ...current,
      ...(isTextNew ? { text: withTimes(text, entry.text) } : {}),
      ...standing,
    }));
  }
  const article = await deps.articles.find(entry.id);
  if (article === undefined) return [];
  if (standing.removedAt !== article.removedAt) await refreshArticles([entry.id], deps);
  return standing.revisedAt === article.revisedAt ? [] : [analyseJob(entry.id, 'page')];
}

/** An article was published when it first was: a later time that its page gives is that of the change. */
function withTimes(text: ArticleText, before: ArticleText): ArticleText {
  const { publishedAt, modifiedAt, ...rest } = text;
  const first = before.publishedAt ?? publishedAt;
  const isMoved = first !== undefined && publishedAt !== undefined && publishedAt.at > first.at;
  const changed = modifiedAt ?? (isMoved ? publishedAt : undefined);
  return { ...rest, ...(first && { publishedAt: first }), ...(changed && { modifiedAt: changed }) };
}
