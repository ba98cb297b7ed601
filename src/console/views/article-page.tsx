import {
  type CaseCount,
  type Caution,
  type Mention,
  type Polarity,
  SENTIMENT_AXES,
  type SentimentEvidence,
} from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import type { Correction } from '../../domain/correction.ts';
import type { Revision } from '../../domain/revision.ts';
import type { Story } from '../../domain/story.ts';
import { polaritiesWithout } from '../../language/sentiment.ts';
import { toSearch } from '../article-query.ts';
import { segments } from '../highlight.ts';
import { modifierText, reasonText } from '../messages.ts';
import type { Neighbours } from '../neighbours.ts';
import { signed } from '../times.ts';
import { useUi } from '../ui.ts';
import { Attachments } from './attachments.tsx';
import { CaseCounts } from './case-counts.tsx';
import { Cautions } from './cautions.tsx';
import { type CorrectionNotice, CorrectionOutcome, Corrections, PersonsMark } from './corrections.tsx';
import { Layout } from './layout.tsx';
import { hostOf, Notice, PolarityChip, PolaritySign, safeHref, Time } from './parts.tsx';
import { Revisions } from './revisions.tsx';

interface ArticlePageProps {
  readonly article: Article;
  readonly story: Story | undefined;
  readonly copies: readonly Article[];
  readonly revisions: readonly Revision[];
  /** Those of this article, and those of other copies that reach it. */
  readonly corrections: readonly Correction[];
  /** Keys of all topics. */
  readonly topics: readonly string[];
  readonly officer: string;
  readonly notice: CorrectionNotice | undefined;
  /** Of the list that led here. */
  readonly neighbours: Neighbours | undefined;
}

/** One article: its text with the words that decided, and every judgement with its reasons. */
export function ArticlePage(props: ArticlePageProps) {
  const { article, story, copies, revisions, corrections, topics, officer, notice, neighbours } = props;
  const { m } = useUi();
  const unread = article.unreadReason;
  return (
    <Layout title={article.title} section="articles">
      <article class="reading">
        {neighbours === undefined ? null : <NeighbourLinks {...neighbours} />}
        <header>
          <p class="kicker">
            <strong>{article.outletName}</strong> · {m.tier[article.tier]}
          </p>
          <h1>
            <Highlighted text={article.title} offset={0} article={article} />
          </h1>
          <PolarityChip polarity={article.sentiment.polarity} score={article.sentiment.score} />
          <PersonsMark corrected={article.corrected} />
          <Provenance article={article} />
        </header>
        <CorrectionOutcome notice={notice} />
        <RemovalNotice article={article} />
        {article.readFrom === 'entry' ? (
          <Notice
            tone="plain"
            title={m.article.entryOnly(unread === undefined ? m.article.notReadYet : reasonText(unread, m))}
          />
        ) : null}
        <div class="reading-columns">
          <div class="reading-text">
            <TextBody article={article} />
            <OriginalLink url={article.url} />
            <Attachments attachments={article.attachments} />
            <Revisions revisions={revisions} />
          </div>
          <div class="reading-notes">
            <Judgement article={article} />
            <CaseCounts article={article} />
            <Cautions article={article} />
            <Topics article={article} />
            <Mentions mentions={article.mentions} />
            <StoryBox story={story} copies={copies} />
            <Relevance article={article} />
            <Corrections
              article={article}
              corrections={corrections}
              topics={topics}
              officer={officer}
              hasCopies={(story?.articleIds.length ?? 1) > 1}
            />
          </div>
        </div>
      </article>
    </Layout>
  );
}

function NeighbourLinks({ list, previous, next }: Neighbours) {
  const { m } = useUi();
  return (
    <nav class="neighbours" aria-label={m.search.neighbours}>
      {previous === undefined ? null : (
        <a href={previous} rel="prev">
          ← {m.search.previousArticle}
        </a>
      )}
      <a href={list}>{m.search.backToList}</a>
      {next === undefined ? null : (
        <a href={next} rel="next">
          {m.search.nextArticle} →
        </a>
      )}
    </nav>
  );
}

/** Its text stands here still, but readers of the outlet find it no more. */
function RemovalNotice({ article: { removedAt, removedReason } }: { article: Article }) {
  const { m } = useUi();
  if (removedAt === undefined) return null;
  const why = removedReason === undefined ? '' : ` (${reasonText(removedReason, m)})`;
  return (
    <Notice tone="bad" title={`${m.article.removed}${why}`}>
      <p>
        {m.article.removedSeen} <Time at={removedAt} />. <a href="#revisions">{m.revisions.title}</a>
      </p>
    </Notice>
  );
}

function Provenance({ article }: { article: Article }) {
  const { m } = useUi();
  const { publishedAt } = article;
  const notes = [
    `${m.article.publishedFrom} ${m.publishedSource[publishedAt.source]}`,
    publishedAt.dayOnly ? m.article.dayOnly : '',
    publishedAt.zoneAssumed ? m.article.zoneAssumed : '',
    publishedAt.corrected === undefined ? '' : `${m.article.corrected}: ${publishedAt.corrected}`,
  ].filter((note) => note !== '');
  const rows: [string, string | undefined][] = [
    [m.article.author, article.author],
    [m.article.section, article.section],
    [m.article.credited, article.creditedTo],
  ];
  return (
    <dl class="facts">
      <div>
        <dt>{m.article.published}</dt>
        <dd>
          <Time at={publishedAt.at} /> <small>{notes.join('; ')}</small>
        </dd>
      </div>
      <div>
        <dt>{m.article.firstSeen}</dt>
        <dd>
          <Time at={article.firstSeenAt} />
        </dd>
      </div>
      {article.revisedAt === undefined ? null : (
        <div>
          <dt>{m.article.revised}</dt>
          <dd>
            <Time at={article.revisedAt} />
          </dd>
        </div>
      )}
      {rows.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** Offsets follow `analysedText`: title, newline, summary, newline, body. */
function TextBody({ article }: { article: Article }) {
  const { m } = useUi();
  const summaryAt = article.title.length + 1;
  let at = summaryAt + article.summary.length + 1;
  const paragraphs = article.body.split('\n').map((text) => {
    const paragraph = { text, at };
    at += text.length + 1;
    return paragraph;
  });
  return (
    <>
      {article.summary === '' ? null : (
        <p class="sapo">
          <Highlighted text={article.summary} offset={summaryAt} article={article} />
        </p>
      )}
      {article.body === '' ? <p class="hint">{m.article.noBody}</p> : null}
      {paragraphs.map((paragraph) =>
        paragraph.text === '' ? null : (
          <p key={paragraph.at}>
            <Highlighted text={paragraph.text} offset={paragraph.at} article={article} />
          </p>
        ),
      )}
    </>
  );
}

function tone(weight: number): 'negative' | 'neutral' | 'positive' {
  if (weight === 0) return 'neutral';
  return weight < 0 ? 'negative' : 'positive';
}

function Highlighted({ text, offset, article }: { text: string; offset: number; article: Article }) {
  const { evidence } = article.sentiment;
  return (
    <>
      {segments(text, offset, [...evidence, ...notedBeside(article)]).map((segment) =>
        segment.span === undefined ? (
          segment.text
        ) : 'weight' in segment.span ? (
          <EvidenceMark
            key={segment.span.start}
            text={segment.text}
            evidence={segment.span}
            number={evidence.indexOf(segment.span) + 1}
          />
        ) : (
          <mark key={segment.span.start} class="noted">
            {segment.text}
          </mark>
        ),
      )}
    </>
  );
}

/** What is counted and what asks for care, where no evidence stands: those words are marked already. */
function notedBeside({ sentiment, caseCounts, cautions }: Article): (CaseCount | Caution)[] {
  return [...caseCounts, ...cautions].filter(
    ({ start, end }) => !sentiment.evidence.some((word) => word.start < end && start < word.end),
  );
}

/** A link to its line in the table, so that keyboard and touch reach it; what it adds shows on hover and on focus. */
function EvidenceMark(props: { text: string; evidence: SentimentEvidence; number: number }) {
  const { m, lang } = useUi();
  const { evidence } = props;
  const modifiers = evidence.modifiers ?? [];
  return (
    <mark class={`evidence ${tone(evidence.weight)}`}>
      <a href={`#evidence-${props.number}`} id={`word-${props.number}`}>
        {props.text}
        <span class="tip">
          <span class="visually-hidden">: </span>
          <b>{signed(evidence.weight, lang)}</b> {m.evidenceClass[evidence.class] ?? evidence.class}
          {modifiers.length === 0
            ? ''
            : ` · ${modifiers.map((modifier) => modifierText(modifier, m)).join(', ')}`}
        </span>
      </a>
    </mark>
  );
}

function OriginalLink({ url }: { url: string }) {
  const { m } = useUi();
  const href = safeHref(url);
  if (href === undefined) return <p class="hint">{m.article.noOriginal}</p>;
  return (
    <p class="original">
      <a href={href} rel="noopener noreferrer external">
        {m.article.original} {hostOf(href)} <span aria-hidden="true">↗</span>
      </a>
    </p>
  );
}

function Judgement({ article }: { article: Article }) {
  const { m, lang } = useUi();
  const { evidence, score, polarity, lexiconVersion } = article.sentiment;
  return (
    <section>
      <h2>{m.article.judgement}</h2>
      <p>{m.article.scoreExplained(signed(score, lang), m.polarity[polarity].toLocaleLowerCase(lang))}</p>
      <Axes article={article} />
      {evidence.length === 0 ? (
        <p class="hint">{m.article.noEvidence}</p>
      ) : (
        <>
          <p class="hint">{m.article.evidenceHint}</p>
          <EvidenceTable
            evidence={evidence}
            mentions={article.mentions}
            without={article.corrected?.ids.length ? [] : polaritiesWithout(article, evidence)}
            polarity={polarity}
          />
        </>
      )}
      {article.harmTerms.length === 0 ? null : (
        <p>
          {m.article.harmTerms}: <strong>{[...new Set(article.harmTerms)].join(', ')}</strong>
        </p>
      )}
      <p class="hint">
        {m.article.versions}: <code>{lexiconVersion}</code>
      </p>
    </section>
  );
}

/** Whether what happened is good or bad, and what is said of the sector. */
function Axes({ article: { sentiment } }: { article: Article }) {
  const { m, lang } = useUi();
  return (
    <dl class="facts">
      {SENTIMENT_AXES.map((axis) => {
        const { polarity, score } = sentiment[axis];
        const isSaid = sentiment.evidence.some(({ axes }) => axes.includes(axis));
        return (
          <div key={axis}>
            <dt>{m.axis[axis]}</dt>
            <dd data-axis={axis} data-polarity={polarity}>
              {isSaid || axis === 'event' ? (
                <>
                  <PolaritySign polarity={polarity} />{' '}
                  {m.article.axisExplained(signed(score, lang), m.polarity[polarity].toLocaleLowerCase(lang))}
                </>
              ) : (
                m.article.noStance
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface EvidenceTableProps {
  readonly evidence: readonly SentimentEvidence[];
  readonly mentions: readonly Mention[];
  /** What the polarity would be without each; empty where a person has said what it is. */
  readonly without: readonly Polarity[];
  readonly polarity: Polarity;
}

function EvidenceTable({ evidence, mentions, without, polarity }: EvidenceTableProps) {
  const { m, lang } = useUi();
  return (
    <table class="evidence-table">
      <caption class="visually-hidden">{m.article.evidence}</caption>
      <thead>
        <tr>
          <th scope="col">{m.article.term}</th>
          <th scope="col" class="figure">
            {m.article.weight}
          </th>
          <th scope="col">{m.article.class}</th>
        </tr>
      </thead>
      <tbody>
        {evidence.map((item, index) => (
          <tr key={item.start} id={`evidence-${index + 1}`} tabIndex={-1}>
            <th scope="row">
              <a href={`#word-${index + 1}`} title={m.article.inText}>
                {item.term}
              </a>
              {(item.modifiers ?? []).length === 0 ? null : (
                <small>
                  {m.article.modifiers}:{' '}
                  {(item.modifiers ?? []).map((modifier) => modifierText(modifier, m)).join(', ')}
                </small>
              )}
              <Flip from={polarity} to={without[index]} />
            </th>
            <td class="figure">
              <PolaritySign polarity={tone(item.weight)} /> {signed(item.weight, lang)}
            </td>
            <td>
              {m.evidenceClass[item.class] ?? item.class}
              <Attribution evidence={item} mentions={mentions} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** That the label hangs on this one word. */
function Flip({ from, to }: { from: Polarity; to: Polarity | undefined }) {
  const { m, lang } = useUi();
  if (to === undefined || to === from) return null;
  return <small data-flips>{m.article.flips(m.polarity[to].toLocaleLowerCase(lang))}</small>;
}

/** Who says it and at whom it is aimed, where the text tells. */
function Attribution({ evidence, mentions }: { evidence: SentimentEvidence; mentions: readonly Mention[] }) {
  const { m } = useUi();
  const { speaker, towards } = evidence;
  const target = mentions.find(({ kind, id }) => `${kind}:${id}` === towards);
  const parts = [
    ...(speaker === undefined ? [] : [m.article.saidBy(m.speaker[speaker])]),
    ...(target === undefined ? [] : [m.article.aimedAt(target.name)]),
  ];
  return parts.length === 0 ? null : <small>{parts.join(' · ')}</small>;
}

function Topics({ article }: { article: Article }) {
  const { m, names } = useUi();
  return (
    <section>
      <h2>{m.article.topics}</h2>
      {article.topics.length === 0 ? <p class="hint">{m.article.noTopics}</p> : null}
      <ul class="reasons">
        {article.topics.map(({ topic, terms }) => (
          <li key={topic}>
            <a href={`/articles${toSearch({ topic })}`}>{names.topic(topic)}</a>
            {terms.length === 0 ? null : (
              <small>
                {m.article.topicTerms} {terms.join(', ')}
              </small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mentions({ mentions }: { mentions: readonly Mention[] }) {
  const { m } = useUi();
  const grouped = new Map<string, { mention: Mention; times: number }>();
  for (const mention of mentions) {
    const key = `${mention.kind}:${mention.id}`;
    grouped.set(key, {
      mention: grouped.get(key)?.mention ?? mention,
      times: (grouped.get(key)?.times ?? 0) + 1,
    });
  }
  return (
    <section>
      <h2>{m.article.mentions}</h2>
      {mentions.length === 0 ? <p class="hint">{m.article.noMentions}</p> : null}
      <ul class="reasons">
        {[...grouped].map(([key, { mention, times }]) => (
          <li key={key}>
            <MentionName mention={mention} />
            <small>
              {m.mentionKind[mention.kind]}
              {times > 1 ? `, ${m.article.mentionTimes(times)}` : ''}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function MentionName({ mention }: { mention: Mention }) {
  if (mention.kind === 'facility')
    return <a href={`/articles${toSearch({ facility: mention.id })}`}>{mention.name}</a>;
  if (mention.kind === 'province')
    return <a href={`/articles${toSearch({ province: mention.id })}`}>{mention.name}</a>;
  return <span>{mention.name}</span>;
}

function StoryBox({ story, copies }: { story: Story | undefined; copies: readonly Article[] }) {
  const { m } = useUi();
  return (
    <section>
      <h2>{m.article.story}</h2>
      {story === undefined || story.articleIds.length < 2 ? (
        <p class="hint">{m.article.storyAlone}</p>
      ) : (
        <>
          <p>{m.article.storyOf(story.articleIds.length, story.independentNewsrooms.length)}</p>
          <ul class="reasons">
            {copies.map((copy) => (
              <li key={copy.id}>
                <a href={`/articles/${copy.id}`}>{copy.title}</a>
                <small>
                  {copy.outletName} · <Time at={copy.firstSeenAt} />
                </small>
              </li>
            ))}
          </ul>
          <p>
            <a class="more" href={`/stories/${story.id}`}>
              {m.article.storyOpen} →
            </a>
          </p>
        </>
      )}
    </section>
  );
}

function Relevance({ article }: { article: Article }) {
  const { m, lang } = useUi();
  return (
    <section>
      <h2>{m.article.relevance}</h2>
      <p>{m.article.relevanceScore(signed(article.relevance.score, lang))}</p>
      <ul class="terms">
        {article.relevance.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </section>
  );
}
