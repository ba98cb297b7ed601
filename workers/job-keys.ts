import type { Entry } from '../src/domain/entry.ts';
import type { Job, Payloads } from './stage.ts';

/** What an analysis rests on: the feed's title and summary, or the page. The two are jobs of their own. */
type Basis = 'entry' | 'page';

/** The basis of what is known of an entry now. */
export function basisOf(entry: Entry): Basis {
  return entry.text === undefined ? 'entry' : 'page';
}

export function fetchJob(entryId: string): Job<'fetch'> {
  return { stage: 'fetch', key: `fetch-${entryId}`, payload: { entryId } };
}

/** For what else there is of an article: its further pages, or its AMP twin. */
export function fetchMoreJob(entryId: string, more: 'pages' | 'twin'): Job<'fetch'> {
  return { stage: 'fetch', key: `fetch-${entryId}-${more}`, payload: { entryId, more } };
}

export function extractJob(entryId: string): Job<'extract'> {
  return { stage: 'extract', key: `extract-${entryId}`, payload: { entryId } };
}

/** Once all is there that can be had. */
export function extractAllJob(entryId: string): Job<'extract'> {
  return { stage: 'extract', key: `extract-${entryId}-all`, payload: { entryId, isAll: true } };
}

export function attachJob(entryId: string): Job<'attach'> {
  return { stage: 'attach', key: `attach-${entryId}`, payload: { entryId } };
}

/** Makes an article searchable by its attachments, too; its judgement stays. */
export function indexAttachedJob(entryId: string): Job<'index'> {
  return { stage: 'index', key: `index-${entryId}-attached`, payload: { entryId } };
}

export function analyseJob(entryId: string, basis: Basis): Job<'analyse'> {
  return { stage: 'analyse', key: `analyse-${entryId}-${basis}`, payload: { entryId } };
}

export function indexJob(entryId: string, basis: Basis): Job<'index'> {
  return { stage: 'index', key: `index-${entryId}-${basis}`, payload: { entryId } };
}

export function detectJob(articleId: string, basis: Basis): Job<'detect'> {
  return { stage: 'detect', key: `detect-${articleId}-${basis}`, payload: { articleId } };
}

/** The look of one round; whoever asks for it, the queue holds it once. */
export function revisitJob(payload: Payloads['revisit'], delayMs: number): Job<'revisit'> {
  return { stage: 'revisit', key: `revisit-${payload.entryId}-${payload.round}`, payload, delayMs };
}

/** The poll that is due at one moment: however often it is made, the queue holds it once. */
export function pollJob(feedId: string, dueAt: string, now: Date): Job<'discover'> {
  const due = Date.parse(dueAt);
  return {
    stage: 'discover',
    key: `poll-${feedId}-${due.toString(36)}`,
    payload: { feedId, dueAt },
    delayMs: Math.max(0, due - now.getTime()),
  };
}

/** The reading of one push, kept under its id. */
export function pushJob(push: { feedId: string; pushId: string }): Job<'discover'> {
  return { stage: 'discover', key: `${push.pushId}-${push.feedId}`, payload: push };
}

/** Every job that may be on its way for one entry. */
export function jobsOf(entryId: string): readonly Job[] {
  return [
    fetchJob(entryId),
    extractJob(entryId),
    fetchMoreJob(entryId, 'pages'),
    fetchMoreJob(entryId, 'twin'),
    extractAllJob(entryId),
    analyseJob(entryId, 'entry'),
    analyseJob(entryId, 'page'),
    indexJob(entryId, 'entry'),
    indexJob(entryId, 'page'),
  ];
}
