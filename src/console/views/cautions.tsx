import { analysedText, type Caution } from '../../domain/analysis.ts';
import type { Article } from '../../domain/article.ts';
import { excerpt } from '../highlight.ts';
import { useUi } from '../ui.ts';
import { Excerpted } from './excerpted.tsx';

/** Beside an article in a list: that it asks for care, and why. Never a verdict on it. */
export function CautionMark({ article }: { article: Article }) {
  const { m } = useUi();
  const kinds = [...new Set(article.cautions.map(({ kind }) => kind))];
  if (kinds.length === 0) return null;
  return (
    <a class="caution" href={`/articles/${article.id}#cautions`}>
      {m.caution.mark(kinds.map((kind) => m.caution.kind[kind]).join(', '))}
    </a>
  );
}

/** Every caution of an article with the words that it rests on. */
export function Cautions({ article }: { article: Article }) {
  const { m } = useUi();
  if (article.cautions.length === 0) return null;
  const whole = analysedText(article);
  return (
    <section id="cautions">
      <h2>{m.caution.title}</h2>
      <p class="hint">{m.caution.explain}</p>
      <ul class="reasons">
        {article.cautions.map((caution) => (
          <li key={`${caution.kind} ${caution.start}`}>
            <CautionName caution={caution} /> <Excerpted excerpt={excerpt(whole, caution)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function CautionName({ caution: { kind, speaker } }: { caution: Caution }) {
  const { m } = useUi();
  return (
    <span class="caution">
      {m.caution.kind[kind]}
      {speaker === undefined ? '' : ` (${m.speaker[speaker]})`}
    </span>
  );
}
