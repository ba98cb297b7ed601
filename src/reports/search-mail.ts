import type { Polarity } from '../domain/analysis.ts';
import type { Article } from '../domain/article.ts';
import type { Mail } from '../domain/mail.ts';
import type { PrintedLanguage } from '../domain/printed-document.ts';
import type { SavedSearch } from '../domain/saved-search.ts';
import { vietnameseMinute } from '../domain/time.ts';

/** What a mail about a search needs of an article. */
export interface ToldArticle
  extends Pick<Article, 'id' | 'storyId' | 'title' | 'outletName' | 'firstSeenAt'> {
  readonly polarity: Polarity;
}

/** Nobody reads a longer list. */
const MOST_LISTED = 30;

const SIGNS = { negative: '▼', neutral: '●', positive: '▲' } as const;

const WORDS: Readonly<
  Record<
    PrintedLanguage,
    {
      subject: (articles: number, negative: number) => string;
      copies: (others: number) => string;
      rest: (stories: number) => string;
      all: string;
      change: string;
    }
  >
> = {
  vi: {
    subject: (articles, negative) =>
      `${articles.toLocaleString('vi')} bài mới${negative > 0 ? `, ${negative.toLocaleString('vi')} tiêu cực` : ''}`,
    copies: (others) => ` (+${others} bài)`,
    rest: (stories) => `Và ${stories.toLocaleString('vi')} câu chuyện nữa.`,
    all: 'Tất cả',
    change: 'Đổi hoặc ngừng nhận thư',
  },
  en: {
    subject: (articles, negative) =>
      `${articles.toLocaleString('en')} new ${articles === 1 ? 'article' : 'articles'}${
        negative > 0 ? `, ${negative.toLocaleString('en')} negative` : ''
      }`,
    copies: (others) => ` (+${others} ${others === 1 ? 'article' : 'articles'})`,
    rest: (stories) => `And ${stories.toLocaleString('en')} more ${stories === 1 ? 'story' : 'stories'}.`,
    all: 'All of them',
    change: 'Change or stop these mails',
  },
};

/**
 * The mail that tells of a search's new articles, those of one story in one line, in the language of whoever saved it.
 *
 * @param fresh  newest first
 * @param until  up to when it tells; the same mail made again has the same id
 */
export function searchMail(
  search: SavedSearch,
  fresh: readonly ToldArticle[],
  until: string,
  consoleUrl: string,
): Mail {
  const words = WORDS[search.language ?? 'vi'];
  const negative = fresh.filter(({ polarity }) => polarity === 'negative').length;
  const stories = byStory(fresh);
  const rest = stories.length - MOST_LISTED;
  const lineOf = ([first, ...others]: readonly [ToldArticle, ...ToldArticle[]]) =>
    [
      `${SIGNS[first.polarity]} ${first.title}${others.length > 0 ? words.copies(others.length) : ''}`,
      `${first.outletName}, ${vietnameseMinute(first.firstSeenAt)}`,
      `${consoleUrl}/articles/${encodeURIComponent(first.id)}`,
    ].join('\n');
  return {
    id: `search-${search.id}-${until}`,
    to: search.to,
    subject: `[${search.name}] ${words.subject(fresh.length, negative)}`,
    text: [
      ...stories.slice(0, MOST_LISTED).map(lineOf),
      ...(rest > 0 ? [words.rest(rest)] : []),
      `${words.all}: ${consoleUrl}/articles?${new URLSearchParams({ ...search.query })}`,
      `${words.change}: ${consoleUrl}/searches`,
    ].join('\n\n'),
    attachments: [],
  };
}

/** Copies and other texts on one event together, in the order of their newest. */
function byStory(articles: readonly ToldArticle[]): [ToldArticle, ...ToldArticle[]][] {
  const stories = new Map<string, [ToldArticle, ...ToldArticle[]]>();
  for (const article of articles) {
    const own = stories.get(article.storyId);
    if (own === undefined) stories.set(article.storyId, [article]);
    else own.push(article);
  }
  return [...stories.values()];
}
