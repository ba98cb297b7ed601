/**
 * Beside the flow. Reads the files that an article of a public body offers: the circular that a notice announces, the
 * decision it reports. Their text makes the article found by their words; it is judged by its page alone, since sixty
 * pages of a circular say nothing of how it was received.
 *
 * Safe to repeat: each file is written down as it has been read, and what is written down is not fetched again.
 */
import { z } from 'zod';

import type { Entry } from '../src/domain/entry.ts';
import { isPublicBody } from '../src/domain/outlet.ts';
import { type Attachment, isUnread } from '../src/domain/page.ts';
import { PermanentError, RetryLaterError } from '../src/errors.ts';
import { indexAttachedJob } from './job-keys.ts';
import { readFile } from './read-document-page.ts';
import { refreshArticles } from './refresh-articles.ts';
import type { Deps, Stage } from './stage.ts';

export const readAttachments: Stage<'attach', 'index'> = {
  name: 'attach',
  payload: z.object({ entryId: z.string() }),
  concurrency: 1,
  attempts: 3,

  async run({ entryId }, deps, { signal }) {
    const entry = await deps.entries.find(entryId);
    if (entry === undefined) throw new PermanentError('unknown-entry', `No entry ${entryId}`);
    const { outletId } = entry;
    const due = attachmentsDue(entry, deps);
    let passing: unknown;
    for (const { url } of due) {
      try {
        const { title: _stated, ...reading } = await readAttachment(url, entry, deps, signal);
        await record(entryId, url, reading, deps);
      } catch (error) {
        if (signal.aborted || error instanceof RetryLaterError) throw error;
        if (error instanceof PermanentError) await record(entryId, url, { unreadReason: error.reason }, deps);
        else passing = error;
      }
    }
    // The others have been read by now; this one is tried again.
    if (passing !== undefined) throw passing;
    // Also where none is due: a crash may have come between the reading and the hand-on.
    return { status: 'done', outletId, next: [indexAttachedJob(entryId)] };
  },

  async onGivenUp({ entryId }, reason, deps) {
    await deps.entries.update(entryId, (current) => ({
      ...current,
      ...withAttachments(current, (attachment) =>
        isUnread(attachment) ? { ...attachment, unreadReason: reason } : attachment,
      ),
    }));
    await refreshArticles([entryId], deps);
  },
};

/** The files of an entry that are still to be read. Those of newspapers are linked to, never fetched. */
export function attachmentsDue(
  { outletId, imported, text }: Entry,
  { outlets }: Pick<Deps, 'outlets'>,
): readonly Attachment[] {
  const outlet = outlets.get(outletId);
  if (imported || outlet === undefined || !isPublicBody(outlet)) return [];
  return (text?.attachments ?? []).filter(isUnread);
}

async function readAttachment(url: string, { outletId }: Entry, deps: Deps, signal: AbortSignal) {
  const paceMs = deps.outlets.get(outletId)?.paceMs ?? 1000;
  const { bytes } = await deps.fetchPage({ url, paceMs, signal, mayBeDocument: true });
  return readFile(bytes, deps, signal);
}

async function record(entryId: string, url: string, reading: Partial<Attachment>, deps: Deps): Promise<void> {
  await deps.entries.update(entryId, (current) => ({
    ...current,
    ...withAttachments(current, (attachment) =>
      attachment.url === url ? { ...attachment, ...reading } : attachment,
    ),
  }));
}

function withAttachments(
  { text }: Entry,
  change: (attachment: Attachment) => Attachment,
): Pick<Entry, 'text'> {
  return text?.attachments === undefined
    ? {}
    : { text: { ...text, attachments: text.attachments.map(change) } };
}
