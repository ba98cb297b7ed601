import type { Article } from '../../domain/article.ts';
import type { WordsQuery } from '../../domain/search-query.ts';
import { vietnameseDay } from '../../domain/time.ts';
import { toSearch } from '../article-query.ts';
import { searchSpans, segments } from '../highlight.ts';
import { absoluteTime, clockTime, longDay, relativeTime } from '../times.ts';
import { useUi } from '../ui.ts';
import { CautionMark } from './cautions.tsx';
import { correctionMark } from './corrections.tsx';
import { PolarityChip } from './parts.tsx';

/** Topics beyond this many crowd out the headline. */
const SHOWN_TOPICS = 2;
const SUMMARY_CHARS = 240;

interface ArticleListProps {
  readonly articles: readonly Article[];
  /** Articles of each article's story, by story id. */
  readonly storySizes: ReadonlyMap<string, number>;
  /** Words searched for, to be marked. */
  readonly wanted?: readonly WordsQuery[];
  /** What the address of an article carries of the search that led to it, `?` included. @param place  in the list, from 0 */
  readonly searchAt?: (place: number) => string;
  /** Newest first with a heading per day; otherwise in the order given. */
  readonly byDay: boolean;
  /** For readers of the screen, where the page has no heading of its own above the list. */
  readonly heading?: string;
}

/** Articles as lines of a wire: time in the margin, judgement beside the headline. */
export function ArticleList(props: ArticleListProps) {
  const { articles, storySizes, wanted = [], searchAt = () => '', byDay, heading } = props;
  const { lang } = useUi();
  const items = articles.map((article, place) => (
    <ArticleItem
      key={article.id}
      article={article}
      storySize={storySizes.get(article.storyId) ?? 1}
      wanted={wanted}
      search={searchAt(place)}
    />
  ));
  if (!byDay) {
    return (
      <section>
        {heading === undefined ? null : <h2 class="visually-hidden">{heading}</h2>}
        <ol class="wire">{items}</ol>
      </section>
    );
  }
  const days = [...new Set(articles.map(({ firstSeenAt }) => vietnameseDay(firstSeenAt)))];
  return (
    <>
      {days.map((day) => (
        <section key={day} class="wire-day">
          <h2>{longDay(day, lang)}</h2>
          <ol class="wire">
            {items.filter((_, at) => vietnameseDay(articles[at]?.firstSeenAt ?? '') === day)}
          </ol>
        </section>
      ))}
    </>
  );
}

interface ArticleItemProps {
  readonly article: Article;
  readonly storySize: number;
  readonly wanted: readonly WordsQuery[];
  readonly search: string;
}

function ArticleItem({ article, storySize, wanted, search }: ArticleItemProps) {
  const { m, names, lang, now } = useUi();
  const { polarity, score } = article.sentiment;
  return (
    <li class={`wire-item ${polarity}`} data-article={article.id}>
      <time class="wire-time" dateTime={article.firstSeenAt} title={absoluteTime(article.firstSeenAt)}>
        <span class="clock">{clockTime(article.firstSeenAt)}</span>{' '}
        <span class="ago">{relativeTime(article.firstSeenAt, now, lang)}</span>
      </time>
      <div class="wire-text">
        <h3>
          <a href={`/articles/${article.id}${search}`}>
            <Marked text={article.title} wanted={wanted} />
          </a>
        </h3>
        {article.summary === '' ? null : (
          <p class="summary">
            <Marked text={shorten(article.summary)} wanted={wanted} />
          </p>
        )}
        <ul class="meta">
          <li>
            <PolarityChip polarity={polarity} score={score} />
          </li>
          <li class="outlet" title={m.tier[article.tier]}>
            <strong>{article.outletName}</strong> <span class="tier">{m.tier[article.tier]}</span>
          </li>
          {article.topics.slice(0, SHOWN_TOPICS).map(({ topic }) => (
            <li key={topic}>
              <a class="topic" href={`/articles${toSearch({ topic })}`}>
                {names.topic(topic)}
              </a>
            </li>
          ))}
          {article.cautions.length === 0 ? null : (
            <li>
              <CautionMark article={article} />
            </li>
          )}
          {storySize > 1 ? (
            <li>
              <a class="copies" href={`/stories/${article.storyId}`}>
                {m.list.copies(storySize)}
              </a>
            </li>
          ) : null}
          {article.removedAt === undefined ? null : (
            <li>
              <a class="gone" href={`/articles/${article.id}#revisions`}>
                {m.list.removed}
              </a>
            </li>
          )}
          {article.revisedAt === undefined ? null : (
            <li>
              <a class="aside" href={`/articles/${article.id}#revisions`}>
                {m.list.revised}
              </a>
            </li>
          )}
          {article.corrected === undefined ? null : (
            <li>
              <a class="aside" href={`/articles/${article.id}#corrections`}>
                {correctionMark(article.corrected, m)}
              </a>
            </li>
          )}
          {article.isLate ? <li class="aside">{m.list.late}</li> : null}
          {article.readFrom === 'entry' ? <li class="aside">{m.list.entryOnly}</li> : null}
        </ul>
      </div>
    </li>
  );
}

function Marked({ text, wanted }: { text: string; wanted: readonly WordsQuery[] }) {
  return (
    <>
      {segments(text, 0, searchSpans(text, wanted)).map((segment) =>
        segment.span === undefined ? (
          segment.text
        ) : (
          <mark key={segment.span.start} class="found">
            {segment.text}
          </mark>
        ),
      )}
    </>
  );
}

function shorten(text: string): string {
  if (text.length <= SUMMARY_CHARS) return text;
  const space = text.lastIndexOf(' ', SUMMARY_CHARS);
  return `${text.slice(0, space > 0 ? space : SUMMARY_CHARS)}…`;
}
