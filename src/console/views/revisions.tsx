import type { Revision } from '../../domain/revision.ts';
import { type DiffPart, wordDiff } from '../../domain/word-diff.ts';
import { reasonText } from '../messages.ts';
import { number as formatted } from '../times.ts';
import { useUi } from '../ui.ts';
import { Time } from './parts.tsx';

/** Of a stretch that stayed, so many characters are shown on either side of a change. */
const CONTEXT_CHARS = 160;

interface RevisionsProps {
  /** Oldest first. */
  readonly revisions: readonly Revision[];
}

/** How an article changed after publication, newest change first, with what proves each version. */
export function Revisions({ revisions }: RevisionsProps) {
  const { m } = useUi();
  if (revisions.length === 0) return null;
  const newestFirst = [...revisions].reverse();
  return (
    <section class="revisions" aria-labelledby="revisions">
      <h2 id="revisions">{m.revisions.title}</h2>
      <p class="hint">{m.revisions.explain}</p>
      <ol>
        {newestFirst.map((revision, at) => (
          <Version key={revision.number} revision={revision} before={newestFirst[at + 1]} />
        ))}
      </ol>
    </section>
  );
}

function Version({ revision, before }: { revision: Revision; before: Revision | undefined }) {
  const { m } = useUi();
  const { number, changes, removedReason, leftArchive } = revision;
  const isGone = changes.includes('removed');
  return (
    <li class={isGone ? 'revision gone' : 'revision'} id={`revision-${number}`}>
      <h3>
        {m.revisions.version(number)} · <Time at={revision.fetchedAt} />
      </h3>
      <p class="revision-changes">
        {before === undefined
          ? m.revisions.first
          : changes.map((change) => m.revisionChange[change]).join(', ')}
        {removedReason === undefined ? '' : ` (${reasonText(removedReason, m)})`}
      </p>
      {leftArchive === true ? <p class="hint">{m.revisions.leftArchive}</p> : null}
      {before === undefined || isGone ? null : <Differences before={before} after={revision} />}
      <Proof revision={revision} />
    </li>
  );
}

function Differences({ before, after }: { before: Revision; after: Revision }) {
  const { m } = useUi();
  const rows: [string, string, string][] = [
    [m.revisions.part.title, before.title, after.title],
    [m.revisions.part.summary, before.summary, after.summary],
    [m.revisions.part.author, before.author ?? '', after.author ?? ''],
    [m.revisions.part.body, before.body, after.body],
  ];
  const changed = rows.filter(([, old, now]) => old !== now);
  if (changed.length === 0) return null;
  return (
    <dl class="revision-diff">
      {changed.map(([part, old, now]) => (
        <div key={part}>
          <dt>{part}</dt>
          <dd>
            <Diff parts={wordDiff(old, now)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Struck out and underlined, and said in words to who hears the page. */
function Diff({ parts }: { parts: readonly DiffPart[] }) {
  const { m } = useUi();
  return (
    <>
      {parts.map(({ kind, text }, at) => {
        const key = `${at}-${kind}`;
        if (kind === 'removed')
          return (
            <del key={key}>
              <span class="visually-hidden"> {m.revisions.removed}: </span>
              {text}
            </del>
          );
        if (kind === 'added')
          return (
            <ins key={key}>
              <span class="visually-hidden"> {m.revisions.added}: </span>
              {text}
            </ins>
          );
        return <span key={key}>{shortened(text, at === 0, at === parts.length - 1)}</span>;
      })}
    </>
  );
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const head = isFirst ? 0 : CONTEXT_CHARS;
  const tail = isLast ? 0 : CONTEXT_CHARS;
  if (text.length <= head + tail + CONTEXT_CHARS) return text;
  return `${text.slice(0, head)} […] ${text.slice(text.length - tail)}`;
}

function Proof({ revision }: { revision: Revision }) {
  const { m, lang } = useUi();
  const { entryId, number, requestedUrl, url, status, sha256, size, headers } = revision;
  const rows: [string, string][] = [
    [m.revisions.asked, requestedUrl],
    ...(url === requestedUrl ? [] : ([[m.revisions.reached, url]] as [string, string][])),
    ...(status === undefined ? [] : ([[m.revisions.status, String(status)]] as [string, string][])),
    ['SHA-256', sha256 ?? m.revisions.noPage],
    ...Object.entries(headers),
  ];
  return (
    <details>
      <summary>{m.revisions.proof}</summary>
      <dl class="revision-proof">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      {sha256 === undefined ? null : (
        <p>
          <a href={`/api/v1/articles/${entryId}/revisions/${number}/page`} download>
            {m.revisions.download(formatted(size ?? 0, lang))}
          </a>
        </p>
      )}
    </details>
  );
}
