import { POLARITIES } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import {
  type AppliedCorrections,
  type Correction,
  type CorrectionError,
  mentionKey,
  type PersonsWord,
} from '../../domain/correction.ts';
import type { FormFault } from '../correction-form.ts';
import type { Messages } from '../messages.ts';
import { absoluteTime } from '../times.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Notice } from './parts.tsx';

/** What came of a form; a correction can be refused for what it names. */
export type CorrectionNotice = 'corrected' | FormFault | CorrectionError['fault'];

export function CorrectionOutcome({ notice }: { notice: CorrectionNotice | undefined }) {
  const { m } = useUi();
  if (notice === undefined) return null;
  if (notice === 'corrected') return <Notice tone="good" title={m.corrections.done} announced />;
  return <Notice tone="bad" title={m.corrections.refused[notice]} announced />;
}

/** `Người sửa: sắc thái, chủ đề`, or that people found it right. */
export function correctionMark({ fields }: AppliedCorrections, m: Messages): string {
  if (fields.length === 0) return m.corrections.confirmed;
  return m.corrections.markedAs(fields.map((field) => m.corrections.field[field]).join(', '));
}

/** Whose word stands here, and what the program had said by itself. */
export function PersonsMark({ corrected }: { corrected: AppliedCorrections | undefined }) {
  const { m } = useUi();
  if (corrected === undefined) return null;
  const { fields, machine, by, at } = corrected;
  return (
    <p class="persons-mark">
      <a href="#corrections">{correctionMark(corrected, m)}</a> <small>{`${by}, ${absoluteTime(at)}`}</small>
      {fields.includes('polarity') ? (
        <small> · {m.corrections.machineSaid(m.polarity[machine.polarity].toLocaleLowerCase('vi'))}</small>
      ) : null}
    </p>
  );
}

interface CorrectionsProps {
  readonly article: Article;
  readonly corrections: readonly Correction[];
  readonly topics: readonly string[];
  readonly officer: string;
  readonly hasCopies: boolean;
}

/** What people have said of an article, and where they say it. */
export function Corrections(props: CorrectionsProps) {
  const { m } = useUi();
  const { article, corrections, officer } = props;
  return (
    <section id="corrections">
      <h2>{m.corrections.ofArticle}</h2>
      <CorrectionList corrections={corrections} officer={officer} articleId={article.id} />
      <ConfirmForm articleId={article.id} officer={officer} />
      <CorrectForm {...props} />
    </section>
  );
}

interface CorrectionListProps {
  readonly corrections: readonly Correction[];
  readonly officer: string;
  /** The article that the page is about; without it every correction says which. */
  readonly articleId?: string;
}

export function CorrectionList({ corrections, officer, articleId }: CorrectionListProps) {
  const { m } = useUi();
  if (corrections.length === 0) return <p class="hint">{m.corrections.none}</p>;
  return (
    <ol class="history">
      {corrections.map((correction) => (
        <li key={correction.id} data-correction={correction.id}>
          <time dateTime={correction.at}>{absoluteTime(correction.at)}</time> <strong>{correction.by}</strong>
          {correction.isSampled === true ? <small> · {m.corrections.sampled}</small> : null}
          {correction.articleId === articleId ? null : (
            <span class="note">
              <a href={`/articles/${encodeURIComponent(correction.articleId)}`}>{correction.text.title}</a>
            </span>
          )}
          <SaidWords correction={correction} />
          <span class="note">“{correction.reason}”</span>
          {correction.revokedAt === undefined ? (
            <RevokeForm correction={correction} officer={officer} />
          ) : (
            <span class="note">
              {m.corrections.revokedBy(correction.revokedBy ?? '')}, {absoluteTime(correction.revokedAt)}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** What a correction says, next to what the program had said of it. */
function SaidWords({ correction }: { correction: Correction }) {
  const ui = useUi();
  const { m } = ui;
  const lines = saidLines(correction.says, correction.verdicts[0]?.polarity, ui);
  return (
    <span class="note">
      {lines.join('; ')}
      {correction.scope === 'copies' ? ` · ${m.corrections.forCopies}` : ''}
    </span>
  );
}

function saidLines(
  { isHealth, polarity, topics, mentions, storyId }: PersonsWord,
  machine: Article['sentiment']['polarity'] | undefined,
  { m, names }: ReturnType<typeof useUi>,
): string[] {
  const polarityLine = () => {
    if (polarity === undefined) return [];
    const said = `${m.corrections.field.polarity}: ${m.polarity[polarity]}`;
    return [
      machine === undefined || machine === polarity
        ? said
        : `${said} (${m.corrections.not(m.polarity[machine])})`,
    ];
  };
  return [
    ...(isHealth === false ? [m.corrections.notHealth] : []),
    ...polarityLine(),
    ...(topics === undefined
      ? []
      : [`${m.corrections.field.topics}: ${topics.map(names.topic).join(', ') || m.corrections.noTopic}`]),
    ...(mentions?.add ?? []).map(({ name }) => `+ ${name}`),
    ...(mentions?.remove ?? []).map((key) => `− ${names.series(mentionKey(key))}`),
    ...(storyId === undefined ? [] : [`${m.corrections.field.story}: ${storyId}`]),
  ];
}

function RevokeForm({ correction, officer }: { correction: Correction; officer: string }) {
  const { m, formToken } = useUi();
  const field = `revoke-by-${correction.id}`;
  return (
    <details>
      <summary>{m.corrections.revoke}</summary>
      <form class="act" method="post" action={`/corrections/${encodeURIComponent(correction.id)}/revoke`}>
        <input type="hidden" name="token" value={formToken} />
        <ByField id={field} value={officer} />
        <button type="submit">{m.corrections.revoke}</button>
      </form>
    </details>
  );
}

/** With the list that led to the article, which its page leads back to. @param path  of the page, with its query */
function correctionsOf(articleId: string, path: string): string {
  const query = path.indexOf('?');
  return `/articles/${encodeURIComponent(articleId)}/corrections${query === -1 ? '' : path.slice(query)}`;
}

function ConfirmForm({ articleId, officer }: { articleId: string; officer: string }) {
  const { m, formToken, path } = useUi();
  return (
    <form class="act" id="correct" method="post" action={correctionsOf(articleId, path)}>
      <input type="hidden" name="token" value={formToken} />
      <input type="hidden" name="confirms" value="1" />
      <ByField id="confirm-by" value={officer} />
      <button type="submit" aria-describedby="confirm-hint">
        {m.corrections.confirm}
      </button>
      <p class="hint" id="confirm-hint">
        {m.corrections.confirmHint}
      </p>
    </form>
  );
}

function CorrectForm({ article, topics, officer, hasCopies }: CorrectionsProps) {
  const { m, formToken, path } = useUi();
  return (
    <details class="correct">
      <summary>{m.corrections.correct}</summary>
      <form class="act" method="post" action={correctionsOf(article.id, path)}>
        <input type="hidden" name="token" value={formToken} />
        <PolarityField article={article} />
        <TopicsField article={article} topics={topics} />
        <MentionsField article={article} />
        <StoryField />
        <p class="choice">
          <input id="not-health" type="checkbox" name="notHealth" value="1" />
          <label for="not-health">{m.corrections.notHealthHint}</label>
        </p>
        {hasCopies ? (
          <p class="choice">
            <input id="copies" type="checkbox" name="copies" value="1" />
            <label for="copies">{m.corrections.copiesHint}</label>
          </p>
        ) : null}
        <p class="field">
          <label for="correct-reason">{m.corrections.reason}</label>
          <textarea id="correct-reason" name="reason" required maxLength={500} rows={2} />
        </p>
        <ByField id="correct-by" value={officer} />
        <button type="submit" class="primary">
          {m.corrections.submit}
        </button>
        <p class="hint">{m.corrections.effect}</p>
      </form>
    </details>
  );
}

function PolarityField({ article }: { article: Article }) {
  const { m } = useUi();
  return (
    <fieldset>
      <legend>{m.corrections.field.polarity}</legend>
      <p class="choice">
        <input id="polarity-keep" type="radio" name="polarity" value="" checked />
        <label for="polarity-keep">{m.corrections.keep(m.polarity[article.sentiment.polarity])}</label>
      </p>
      {POLARITIES.map((polarity) => (
        <p key={polarity} class="choice">
          <input id={`polarity-${polarity}`} type="radio" name="polarity" value={polarity} />
          <label for={`polarity-${polarity}`}>{m.polarity[polarity]}</label>
        </p>
      ))}
    </fieldset>
  );
}

function TopicsField({ article, topics }: { article: Article; topics: readonly string[] }) {
  const { m, names } = useUi();
  const current = article.topics.map(({ topic }) => topic);
  const offered = [...new Set([...topics, ...current])];
  return (
    <fieldset>
      <legend>{m.corrections.allTopics}</legend>
      {current.map((topic) => (
        <input key={topic} type="hidden" name="shown" value={topic} />
      ))}
      {offered.map((topic) => (
        <p key={topic} class="choice">
          <input
            id={`topic-${topic}`}
            type="checkbox"
            name="topics"
            value={topic}
            checked={current.includes(topic)}
          />
          <label for={`topic-${topic}`}>{names.topic(topic)}</label>
        </p>
      ))}
    </fieldset>
  );
}

function MentionsField({ article }: { article: Article }) {
  const { m } = useUi();
  const mentions = new Map(article.mentions.map((mention) => [mentionKey(mention), mention]));
  return (
    <fieldset>
      <legend>{m.corrections.field.mentions}</legend>
      {[...mentions].map(([key, { kind, name }], at) => (
        <p key={key} class="choice">
          <input id={`remove-${at}`} type="checkbox" name="remove" value={key} />
          <label for={`remove-${at}`}>
            {m.corrections.removeMention(name)} <small>{m.mentionKind[kind]}</small>
          </label>
        </p>
      ))}
      <p class="field">
        <label for="add-mention">{m.corrections.addMention}</label>
        <input id="add-mention" name="add" maxLength={200} autocomplete="off" aria-describedby="add-hint" />
      </p>
      <p class="hint" id="add-hint">
        {m.corrections.addMentionHint}
      </p>
    </fieldset>
  );
}

function StoryField() {
  const { m } = useUi();
  const choices = [
    ['', m.corrections.keepStory],
    ['own', m.corrections.ownStory],
    ['other', m.corrections.otherStory],
  ] as const;
  return (
    <fieldset>
      <legend>{m.corrections.field.story}</legend>
      {choices.map(([value, label]) => (
        <p key={value} class="choice">
          <input id={`story-${value}`} type="radio" name="story" value={value} checked={value === ''} />
          <label for={`story-${value}`}>{label}</label>
        </p>
      ))}
      <p class="field">
        <label for="other-story">{m.corrections.storyAddress}</label>
        <input id="other-story" name="otherStory" maxLength={500} autocomplete="off" />
      </p>
    </fieldset>
  );
}
