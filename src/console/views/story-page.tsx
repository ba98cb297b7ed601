import type { Article } from '../../domain/article.ts';
import type { Story } from '../../domain/story.ts';
import { toSearch } from '../article-query.ts';
import { absoluteTime, duration, number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { PolarityChip } from './parts.tsx';

interface StoryPageProps {
  readonly story: Story;
  /** Oldest first. */
  readonly articles: readonly Article[];
}

/** How one event went through the press: who was first, who wrote, who copied. */
export function StoryPage({ story, articles }: StoryPageProps) {
  const { m, names, lang } = useUi();
  const negative = articles.filter(({ sentiment }) => sentiment.polarity === 'negative').length;
  const spanMs = Date.parse(story.lastSeenAt) - Date.parse(story.firstSeenAt);
  const own = firstOfEachNewsroom(articles, new Set(story.independentNewsrooms));
  const facts: [string, string][] = [
    [m.story.articles, number(story.articleIds.length, lang)],
    [m.story.newsrooms, number(story.independentNewsrooms.length, lang)],
    [m.story.copies, number(Math.max(0, story.articleIds.length - story.independentNewsrooms.length), lang)],
    [m.story.negative, number(negative, lang)],
    [m.story.first, `${names.outlet(story.firstOutletId)}, ${absoluteTime(story.firstSeenAt)}`],
    [m.story.span, duration(spanMs, lang)],
    [m.story.tiers, story.tiers.map((tier) => m.tier[tier]).join(', ')],
  ];
  return (
    <Layout title={story.title} section="articles">
      <p class="kicker">{m.story.title}</p>
      <h1>{story.title}</h1>
      <dl class="figures">
        {facts.map(([label, value], at) => (
          <div key={label} class={at < 4 ? 'big' : 'wide'}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{m.story.explain}</p>
      <p>
        <a class="more" href={`/articles${toSearch({ story: story.id, period: 'all' })}`}>
          {m.filter.sameFiltersList}
        </a>
      </p>
      <h2>{m.story.timeline}</h2>
      {articles.length < story.articleIds.length ? (
        <p class="hint">{m.story.truncated(articles.length, story.articleIds.length)}</p>
      ) : null}
      <ol class="timeline">
        {articles.map((article, at) => (
          <TimelineItem
            key={article.id}
            article={article}
            isOwn={own.has(article.id)}
            sinceStartMs={Date.parse(article.firstSeenAt) - Date.parse(story.firstSeenAt)}
            isFirst={at === 0}
          />
        ))}
      </ol>
    </Layout>
  );
}

function TimelineItem(props: { article: Article; isOwn: boolean; sinceStartMs: number; isFirst: boolean }) {
  const { m, lang } = useUi();
  const { article, isOwn } = props;
  return (
    <li class={isOwn ? 'own' : 'copy'}>
      <p class="timeline-time">
        <time dateTime={article.firstSeenAt}>{absoluteTime(article.firstSeenAt)}</time>{' '}
        <span>{props.isFirst ? m.story.start : m.story.after(duration(props.sinceStartMs, lang))}</span>
      </p>
      <p class="timeline-title">
        <a href={`/articles/${article.id}`}>{article.title}</a>
      </p>
      <ul class="meta">
        <li>
          <strong>{article.outletName}</strong> <span class="tier">{m.tier[article.tier]}</span>
        </li>
        <li class={isOwn ? 'badge-own' : 'aside'}>{isOwn ? m.story.own : m.story.copy}</li>
        <li>
          <PolarityChip polarity={article.sentiment.polarity} score={article.sentiment.score} />
        </li>
      </ul>
    </li>
  );
}

/** The story tells which newsrooms wrote a text of their own; the first article of each is that text. */
function firstOfEachNewsroom(
  articles: readonly Article[],
  newsrooms: ReadonlySet<string>,
): ReadonlySet<string> {
  const first = new Map<string, string>();
  for (const { id, newsroom } of articles) {
    if (newsrooms.has(newsroom) && !first.has(newsroom)) first.set(newsroom, id);
  }
  return new Set(first.values());
}
