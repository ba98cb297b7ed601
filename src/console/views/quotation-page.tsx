import type { Article } from '../../domain/article.ts';
import type { BriefStory, PressBrief } from '../../domain/press-brief.ts';
import { quotableSentences } from '../../reports/quotation.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './parts.tsx';

interface QuotationPageProps {
  readonly brief: PressBrief;
  readonly story: BriefStory;
  readonly articles: readonly Article[];
  readonly officer: string;
}

/** The sentences of a story's articles that may be quoted, to choose one from. */
export function QuotationPage({ brief, story, articles, officer }: QuotationPageProps) {
  const { m, formToken } = useUi();
  const page = `/briefs/${encodeURIComponent(brief.id)}`;
  const current = brief.edits.quotations[story.id] ?? story.quotation;
  const quotable = quotableOnce(articles);
  return (
    <Layout title={m.briefs.quoteTitle} section="briefs">
      <p class="kicker">
        <a href={`${page}#item-${encodeURIComponent(story.id)}`}>{m.briefs.back}</a>
      </p>
      <h1>{story.lead.title}</h1>
      <p class="hint">{m.briefs.quoteIntro}</p>
      {quotable.length === 0 ? <Notice tone="plain" title={m.briefs.quoteEmpty} /> : null}
      <form method="post" action={`${page}/quotation`} class="brief-form">
        <input type="hidden" name="token" value={formToken} />
        <input type="hidden" name="version" value={brief.version} />
        <input type="hidden" name="story" value={story.id} />
        {quotable.map(({ article, sentences }) => (
          <fieldset key={article.id} class="brief-sentences">
            <legend>
              {article.outletName}: {article.title}
            </legend>
            {sentences.map((sentence) => {
              const id = `${article.id}:${sentence.start}`;
              const isChosen = current?.articleId === article.id && current.text === sentence.text;
              return (
                <p key={id} class="choice">
                  <input id={id} type="radio" name="choice" value={id} checked={isChosen} />
                  <label for={id}>{sentence.text}</label>
                </p>
              );
            })}
          </fieldset>
        ))}
        <p class="choice">
          <input
            id="choice-program"
            type="radio"
            name="choice"
            value="program"
            checked={quotable.length === 0}
          />
          <label for="choice-program">{m.briefs.quoteProgram}</label>
        </p>
        <p class="choice">
          <input id="choice-none" type="radio" name="choice" value="none" checked={current?.text === ''} />
          <label for="choice-none">{m.briefs.quoteNone}</label>
        </p>
        <ByField id="quote-by" value={officer} />
        <button type="submit" class="primary">
          {m.briefs.quoteChoose}
        </button>
      </form>
    </Layout>
  );
}

/** What each article has to choose from, the strongest first; what its copies repeat is offered once. */
function quotableOnce(articles: readonly Article[]) {
  const offered = new Set<string>();
  return articles
    .map((article) => ({
      article,
      sentences: quotableSentences(article)
        .filter(({ text }) => !offered.has(text) && offered.add(text))
        .sort((a, b) => b.strength - a.strength || a.start - b.start),
    }))
    .filter(({ sentences }) => sentences.length > 0);
}
