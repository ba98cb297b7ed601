import type { PressBrief } from '../../domain/press-brief.ts';
import { wilsonShare } from '../../domain/share.ts';
import { articlesHref } from '../../reports/brief-links.ts';
import { filterText } from '../../reports/brief-words.ts';
import { absoluteTime, number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { Notice, Scroll, Time } from './parts.tsx';

interface BriefsPageProps {
  readonly briefs: readonly PressBrief[];
  /** Where older ones are listed. */
  readonly olderHref: string | undefined;
  readonly choices: BriefChoices;
  readonly form: MakeBriefForm;
}

export interface BriefChoices {
  readonly topics: readonly (readonly [key: string, name: string])[];
  readonly provinces: readonly (readonly [code: string, name: string])[];
}

/** What the form for a new brief holds. */
export interface MakeBriefForm {
  readonly day: string;
  /** The period that is offered. */
  readonly from: string;
  readonly to: string;
  readonly by: string;
  /** When the brief of a morning ends. */
  readonly at: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly fault?: 'bad-period' | 'too-many';
}

/** All press briefs, and the way to a new one. */
export function BriefsPage({ briefs, olderHref, choices, form }: BriefsPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.briefs.title} section="briefs">
      <h1>{m.briefs.title}</h1>
      <p class="hint">{m.briefs.intro}</p>
      {form.fault === undefined ? null : (
        <Notice
          tone="bad"
          title={form.fault === 'too-many' ? m.briefs.tooMany : m.briefs.badPeriod}
          announced
        />
      )}
      <section class="brief-make" aria-labelledby="make">
        <h2 id="make">{m.briefs.make}</h2>
        <MakeMorning form={form} />
        <MakeAny form={form} choices={choices} />
      </section>
      {briefs.length === 0 ? (
        <Notice tone="plain" title={m.briefs.none}>
          <p>{m.briefs.noneWhy}</p>
        </Notice>
      ) : (
        <BriefTable briefs={briefs} />
      )}
      {olderHref === undefined ? null : (
        <p>
          <a href={olderHref}>{m.briefs.older}</a>
        </p>
      )}
    </Layout>
  );
}

function BriefTable({ briefs }: { briefs: readonly PressBrief[] }) {
  const { m, lang, names } = useUi();
  return (
    // A table wider than a telephone is scrolled, by keys as well.
    <Scroll label={m.briefs.listCaption}>
      <table>
        <caption class="visually-hidden">{m.briefs.listCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{m.briefs.period}</th>
            <th scope="col">{m.briefs.status}</th>
            <th scope="col" class="figure">
              {m.briefs.articles}
            </th>
            <th scope="col" class="figure">
              {m.briefs.negativeShare}
            </th>
            <th scope="col">{m.briefs.made}</th>
          </tr>
        </thead>
        <tbody>
          {briefs.map(({ id, model, status, madeAt }) => {
            const { articles, polarity } = model.totals;
            const share = wilsonShare(polarity.negative, articles);
            const about = filterText(model.filter, names);
            return (
              <tr key={id}>
                <th scope="row">
                  <a href={`/briefs/${encodeURIComponent(id)}`}>
                    {absoluteTime(model.period.from)} – {absoluteTime(model.period.to)}
                  </a>
                  {about === '' ? null : <small>{about}</small>}
                </th>
                <td>
                  <span class={`chip brief-status ${status}`}>{m.briefs.statusName[status]}</span>
                </td>
                <td class="figure">
                  <a href={articlesHref(model)}>{number(articles, lang)}</a>
                </td>
                <td class="figure">
                  {share === undefined ? (
                    '–'
                  ) : (
                    <a href={articlesHref(model, { polarity: 'negative' })}>{percent(share.share, lang)}</a>
                  )}
                </td>
                <td>
                  <Time at={madeAt} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function MakeMorning({ form }: { form: MakeBriefForm }) {
  const { m, formToken } = useUi();
  return (
    <form class="act" method="post" action="/briefs">
      <input type="hidden" name="token" value={formToken} />
      <h3>{m.briefs.makeMorning}</h3>
      <p class="hint">{m.briefs.makeMorningHint(form.at)}</p>
      <div class="filter-grid">
        <p class="field">
          <label for="make-day">{m.briefs.day}</label>
          <input id="make-day" type="date" name="day" value={form.fields.day ?? form.day} required />
        </p>
        <ByField id="make-day-by" value={form.by} />
        <button type="submit" class="primary">
          {m.briefs.makeButton}
        </button>
      </div>
    </form>
  );
}

function MakeAny({ form, choices }: { form: MakeBriefForm; choices: BriefChoices }) {
  const { m, formToken } = useUi();
  const { fields } = form;
  return (
    <details class="folded-act" open={fields.from !== undefined}>
      <summary>{m.briefs.makeAny}</summary>
      <form class="act" method="post" action="/briefs">
        <input type="hidden" name="token" value={formToken} />
        <div class="filter-grid">
          <p class="field">
            <label for="make-from">{m.briefs.from}</label>
            <input
              id="make-from"
              type="datetime-local"
              name="from"
              value={fields.from ?? form.from}
              required
            />
          </p>
          <p class="field">
            <label for="make-to">{m.briefs.to}</label>
            <input id="make-to" type="datetime-local" name="to" value={fields.to ?? form.to} required />
          </p>
          <Choice name="topic" label={m.briefs.about} options={choices.topics} value={fields.topic} />
          <Choice
            name="province"
            label={m.briefs.province}
            options={choices.provinces}
            value={fields.province}
          />
          <ByField id="make-any-by" value={form.by} />
          <button type="submit">{m.briefs.makeButton}</button>
        </div>
      </form>
    </details>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
  readonly value: string | undefined;
}

function Choice({ name, label, options, value }: ChoiceProps) {
  const { m } = useUi();
  return (
    <p class="field">
      <label for={`make-${name}`}>{label}</label>
      <select id={`make-${name}`} name={name}>
        <option value="">{m.briefs.all}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key} selected={key === value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  );
}
