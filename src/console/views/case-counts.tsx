import { analysedText, type CaseCount } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import { seriesKey } from '../../domain/series.ts';
import { excerpt } from '../highlight.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Excerpted } from './excerpted.tsx';

/** How many fell ill, died or were affected, as the article puts it, each number with its words. */
export function CaseCounts({ article }: { article: Article }) {
  const { m } = useUi();
  if (article.caseCounts.length === 0) return null;
  const whole = analysedText(article);
  return (
    <section>
      <h2>{m.caseCount.title}</h2>
      <ul class="reasons">
        {article.caseCounts.map((count) => (
          <li key={count.start}>
            <Count count={count} /> <Excerpted excerpt={excerpt(whole, count)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count({ count }: { count: CaseCount }) {
  const { m, lang, names } = useUi();
  const about = [
    ...(count.disease === undefined ? [] : [names.series(seriesKey('disease', count.disease))]),
    ...(count.province === undefined ? [] : [names.province(count.province)]),
  ];
  return (
    <span>
      {m.caseCount.measure[count.measure]}: {count.isApproximate ? `${m.caseCount.about} ` : ''}
      <strong class="figure">{number(count.value, lang)}</strong>
      {about.length === 0 ? '' : ` · ${about.join(' · ')}`}
    </span>
  );
}
