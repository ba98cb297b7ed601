import { PROGRAM } from '../../domain/incident.ts';
import type { BriefChange, PressBrief } from '../../domain/press-brief.ts';
import { wilsonShare } from '../../domain/share.ts';
import type { BriefDifference } from '../../reports/brief-difference.ts';
import { briefItems } from '../../reports/brief-document.ts';
import { articlesHref } from '../../reports/brief-links.ts';
import { filterText, usualText } from '../../reports/brief-words.ts';
import type { BriefAction } from '../brief-form.ts';
import { absoluteTime, number, percent } from '../times.ts';
import { useUi } from '../ui.ts';
import { BriefItemCard, ItemButton, Stored } from './brief-items.tsx';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { Notice, Scroll, Time } from './parts.tsx';
import { PrintedDownloads } from './printed-downloads.tsx';

export type BriefNotice =
  | { readonly kind: 'done'; readonly action: BriefAction }
  | { readonly kind: 'conflict' | 'bad-form' | 'not-possible' | 'no-article' };

interface BriefPageProps {
  readonly brief: PressBrief;
  readonly officer: string;
  readonly notice: BriefNotice | undefined;
  /** What was typed and could not be kept. */
  readonly typed: Readonly<Record<string, string>> | undefined;
  /** What has changed in the archive since; absent until somebody asks. */
  readonly difference: BriefDifference | undefined;
  readonly canPrintPdf: boolean;
  /** Whom a mail goes to; empty where it cannot be sent. */
  readonly mailTo: readonly string[];
  readonly symbol: string;
}

/** One press brief: what the archive says, and what people make of it. */
export function BriefPage(props: BriefPageProps) {
  const { m, names } = useUi();
  const { brief } = props;
  const { period, filter } = brief.model;
  const title = m.briefs.heading(absoluteTime(period.from), absoluteTime(period.to));
  const about = filterText(filter, names);
  return (
    <Layout title={title} section="briefs">
      <div class="page-head">
        <h1>{title}</h1>
        <p class="incident-line">
          <span class={`chip brief-status ${brief.status}`}>{m.briefs.statusName[brief.status]}</span>
          {about === '' ? null : <span class="chip">{m.briefs.about2(about)}</span>}
        </p>
        <p class="hint">
          {m.briefs.made} <Time at={brief.madeAt} />
          {'. '}
          {brief.dataWatermarkAt === '' ? null : m.briefs.counted(absoluteTime(brief.dataWatermarkAt))}
        </p>
      </div>
      <Said {...props} />
      <Downloads {...props} />
      <Difference {...props} />
      <Overview brief={brief} />
      <Editor {...props} />
      <History brief={brief} />
    </Layout>
  );
}

function Said({ notice, brief }: BriefPageProps) {
  const { m } = useUi();
  const { mailing } = brief;
  return (
    <>
      {notice === undefined ? null : notice.kind === 'done' ? (
        <Notice tone="good" title={m.briefs.notice[notice.action]} announced />
      ) : (
        <Notice
          tone="bad"
          title={
            {
              conflict: m.briefs.conflict,
              'bad-form': m.briefs.badForm,
              'not-possible': m.briefs.notPossible,
              'no-article': m.briefs.noArticle,
            }[notice.kind]
          }
          announced
        >
          {notice.kind === 'conflict' ? <p>{m.briefs.conflictWhy}</p> : null}
        </Notice>
      )}
      {mailing === undefined ? null : (
        <p class="hint">
          {m.briefs.mailing[mailing.state]} <Time at={mailing.at} />
        </p>
      )}
    </>
  );
}

function Downloads({ brief, canPrintPdf }: BriefPageProps) {
  const { m } = useUi();
  const id = encodeURIComponent(brief.id);
  return (
    <PrintedDownloads path={`/briefs/${id}`} canPrintPdf={canPrintPdf}>
      <a href={`/api/v1/briefs/${id}`}>{m.briefs.json}</a>
    </PrintedDownloads>
  );
}

function Difference({ brief, difference, officer }: BriefPageProps) {
  const { m, formToken } = useUi();
  const words = m.briefs;
  const page = `/briefs/${encodeURIComponent(brief.id)}`;
  if (difference === undefined) {
    return (
      <p class="screen-only">
        <a href={`${page}?check=1`}>{words.check}</a>
      </p>
    );
  }
  if (difference.isSame) return <Notice tone="good" title={words.isSame} announced />;
  const kinds = ['added', 'removed', 'corrected', 'rejudged', 'moved'] as const;
  const lines = kinds.filter((kind) => difference[kind].length > 0);
  return (
    <Notice tone="plain" title={words.hasChanged} announced>
      <ul>
        {lines.length === 0 ? <li>{words.change.other}</li> : null}
        {lines.map((kind) => (
          <li key={kind}>
            {words.change[kind](difference[kind].length)}:{' '}
            {difference[kind].slice(0, 10).map((id, at) => (
              <span key={id}>
                {at === 0 ? '' : ', '}
                <a href={`/articles/${encodeURIComponent(id)}`}>{id.slice(0, 8)}</a>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {brief.status === 'draft' ? (
        <form method="post" action={page}>
          <input type="hidden" name="token" value={formToken} />
          <input type="hidden" name="version" value={brief.version} />
          <ByField id="remake-by" value={officer} />
          <button type="submit" name="do" value="remake:">
            {words.remake}
          </button>{' '}
          <span class="hint">{words.remakeHint}</span>
        </form>
      ) : null}
    </Notice>
  );
}

function Overview({ brief: { model } }: { brief: PressBrief }) {
  const { m, lang, names } = useUi();
  const { totals } = model;
  const n = (value: number) => number(value, lang);
  const share = wilsonShare(totals.polarity.negative, totals.articles);
  return (
    <section aria-labelledby="overview">
      <h2 id="overview">{m.briefs.overview}</h2>
      <dl class="figures">
        <Figure label={m.briefs.articles} href={articlesHref(model)} value={n(totals.articles)} />
        <Figure label={m.briefs.stories} value={n(totals.stories)} />
        <Figure label={m.briefs.newsrooms} value={n(totals.newsrooms)} />
        {(['negative', 'neutral', 'positive'] as const).map((polarity) => (
          <Figure
            key={polarity}
            label={m.briefs[polarity]}
            href={articlesHref(model, { polarity })}
            value={n(totals.polarity[polarity])}
            {...(polarity === 'negative' && share !== undefined
              ? {
                  note: `${percent(share.share, lang)}, ${m.briefs.interval(percent(share.low, lang), percent(share.high, lang))}`,
                }
              : {})}
          />
        ))}
      </dl>
      <Usual model={model} />
      <p class="brief-topics">
        {totals.topics.map(({ topic, articles, negative }) => (
          <span key={topic} class="chip">
            {names.topic(topic)}{' '}
            <a href={articlesHref(model, { topic })} aria-label={`${names.topic(topic)}: ${n(articles)}`}>
              {n(articles)}
            </a>
            {negative === 0 ? null : (
              <>
                {' '}
                <a
                  href={articlesHref(model, { topic, polarity: 'negative' })}
                  aria-label={`${names.topic(topic)}: ${m.briefs.negativeOf(n(negative))}`}
                >
                  ▼ {n(negative)}
                </a>
              </>
            )}
          </span>
        ))}
      </p>
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: string;
  readonly href?: string;
  readonly note?: string;
}

function Figure({ label, value, href, note }: FigureProps) {
  return (
    <div class="big">
      <dt>{label}</dt>
      <dd>
        {href === undefined ? value : <a href={href}>{value}</a>}
        {note === undefined ? null : <small class="brief-interval">{note}</small>}
      </dd>
    </div>
  );
}

function Usual({ model }: { model: PressBrief['model'] }) {
  const { m, lang } = useUi();
  const { usual } = model.totals;
  if (usual.length === 0) return <p class="hint">{usualText(usual, lang)}</p>;
  return (
    <details class="folded-act">
      <summary>{usualText(usual, lang)}</summary>
      <Scroll label={m.briefs.usualCaption}>
        <table>
          <caption class="visually-hidden">{m.briefs.usualCaption}</caption>
          <thead>
            <tr>
              <th scope="col">{m.briefs.week}</th>
              <th scope="col" class="figure">
                {m.briefs.articles}
              </th>
              <th scope="col" class="figure">
                {m.briefs.negative}
              </th>
              <th scope="col" class="figure">
                {m.briefs.negativeShare} (%)
              </th>
            </tr>
          </thead>
          <tbody>
            {usual.map(({ from, to, articles, negative }) => (
              <tr key={from}>
                <th scope="row">{absoluteTime(from)}</th>
                <td class="figure">
                  <a href={articlesHref(model, {}, { from, to })}>{number(articles, lang)}</a>
                </td>
                <td class="figure">
                  <a href={articlesHref(model, { polarity: 'negative' }, { from, to })}>
                    {number(negative, lang)}
                  </a>
                </td>
                <td class="figure">{percent(negative / articles, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}

function Editor(props: BriefPageProps) {
  const { m, formToken, names } = useUi();
  const { brief, typed, officer } = props;
  const isEditable = brief.status === 'draft';
  let place = 0;
  return (
    <form
      method="post"
      action={`/briefs/${encodeURIComponent(brief.id)}`}
      class="brief-form"
      {...(isEditable ? { 'data-unsaved': m.briefs.restored } : {})}
    >
      <input type="hidden" name="token" value={formToken} />
      <input type="hidden" name="version" value={brief.version} />
      {/* Enter in a field presses the first button: it must keep what was typed and do nothing else. */}
      <button type="submit" name="do" value="save" class="visually-hidden" tabIndex={-1}>
        {m.briefs.save}
      </button>
      {briefItems(brief).map(({ topic, items }) => (
        <section key={topic}>
          <h3>{topic === '' ? m.briefs.noTopic : names.topic(topic)}</h3>
          <ol class="brief-items">
            {items.map((item) => {
              place += 1;
              return (
                <BriefItemCard
                  key={item.id}
                  item={item}
                  model={brief.model}
                  place={place}
                  isEditable={isEditable}
                  typed={typed}
                />
              );
            })}
          </ol>
        </section>
      ))}
      {isEditable ? <LeftOut brief={brief} /> : null}
      {isEditable ? <AddFields typed={typed} /> : null}
      <OfficeFields {...props} />
      <section class="act brief-finish">
        <ByField id="brief-by" value={typed?.by ?? officer} />
        <FinishButtons {...props} />
      </section>
    </form>
  );
}

function FinishButtons({ brief, mailTo }: BriefPageProps) {
  const { m } = useUi();
  if (brief.status === 'draft') {
    return (
      <p class="brief-acts">
        <button type="submit" name="do" value="save" class="primary">
          {m.briefs.save}
        </button>
        <button type="submit" name="do" value="approve:">
          {m.briefs.approve}
        </button>
      </p>
    );
  }
  return (
    <>
      <p class="hint">{m.briefs.readOnly}</p>
      <p class="brief-acts">
        <button type="submit" name="do" value="reopen:">
          {m.briefs.reopen}
        </button>
        {mailTo.length === 0 ? null : (
          <button type="submit" name="do" value="send:" class="primary">
            {m.briefs.send}
          </button>
        )}
      </p>
      <p class="hint">{mailTo.length === 0 ? m.briefs.cannotSend : m.briefs.sendTo(mailTo.join(', '))}</p>
    </>
  );
}

function LeftOut({ brief: { model, edits } }: { brief: PressBrief }) {
  const { m } = useUi();
  const shown = new Set(edits.order);
  const stories = model.stories
    .filter(({ id }) => !shown.has(id))
    .map(({ id, lead, articles }) => ({ id, ...lead, articles }));
  const added = edits.added
    .filter(({ id }) => !shown.has(id))
    .map((article) => ({ ...article, articles: 1 }));
  const others = [...stories, ...added];
  const counted = model.totals.stories - model.stories.length;
  if (others.length + counted === 0) return null;
  return (
    <details class="folded-act" id="left-out">
      <summary>{m.briefs.leftOut(others.length)}</summary>
      <ul class="brief-left-out">
        {others.map(({ id, title, outletName, articles }) => (
          <li key={id}>
            <span>
              {title}{' '}
              <small>
                ({outletName}, {m.briefs.articlesOf(String(articles))})
              </small>
            </span>
            <ItemButton action="in" id={id} title={title} />
          </li>
        ))}
      </ul>
      {counted === 0 ? null : (
        <p>
          <a href={articlesHref(model)}>{m.briefs.onlyCounted(counted)}</a>
        </p>
      )}
    </details>
  );
}

function AddFields({ typed }: Pick<BriefPageProps, 'typed'>) {
  const { m } = useUi();
  const fields = [
    ['addUrl', m.briefs.addUrl, 2000],
    ['addTitle', m.briefs.addTitle, 200],
    ['addOutlet', m.briefs.addOutlet, 200],
    ['addQuotation', m.briefs.addQuotation, 1000],
  ] as const;
  const isOpen = fields.some(([name]) => (typed?.[name] ?? '') !== '');
  return (
    <details class="folded-act" open={isOpen} id="add">
      <summary>{m.briefs.add}</summary>
      <p class="hint">{m.briefs.addHint}</p>
      <div class="filter-grid brief-add">
        {fields.map(([name, label, maxLength]) => (
          <p key={name} class="field">
            <label for={name}>{label}</label>
            <input id={name} name={name} value={typed?.[name] ?? ''} maxLength={maxLength} />
          </p>
        ))}
        <button type="submit" name="do" value="add:">
          {m.briefs.addButton}
        </button>
      </div>
    </details>
  );
}

function OfficeFields({ brief: { edits, status }, typed, symbol }: BriefPageProps) {
  const { m } = useUi();
  const { signature, recipients, remarks, place, number: numbered } = edits;
  const isFixed = status !== 'draft';
  const lines = [
    ['number', m.briefs.number, numbered, 'number-hint'],
    ['place', m.briefs.place, place, undefined],
    ['office', m.briefs.signer, signature.office, undefined],
    ['name', m.briefs.signerName, signature.name, undefined],
  ] as const;
  const texts = [
    ['remarks', m.briefs.remarks, remarks, 6, 10_000],
    ['recipients', m.briefs.recipients, recipients.join('\n'), 3, 4000],
  ] as const;
  return (
    <section class="brief-office" aria-labelledby="office-fields">
      <h2 id="office-fields">{m.briefs.form}</h2>
      {texts.map(([name, label, now, rows, maxLength]) => (
        <div key={name}>
          <p class="field">
            <label for={`brief-${name}`}>{label}</label>
            <textarea id={`brief-${name}`} name={name} rows={rows} maxLength={maxLength} readOnly={isFixed}>
              {typed?.[name] ?? now}
            </textarea>
          </p>
          <Stored now={now} typed={typed?.[name]?.replaceAll('\r\n', '\n')} />
        </div>
      ))}
      <div class="filter-grid">
        {lines.map(([name, label, now, hint]) => (
          <div key={name}>
            <p class="field">
              <label for={`brief-${name}`}>{label}</label>
              <input
                id={`brief-${name}`}
                name={name}
                value={typed?.[name] ?? now}
                maxLength={200}
                readOnly={isFixed}
                {...(hint === undefined ? {} : { 'aria-describedby': hint })}
              />
            </p>
            {hint === undefined ? null : (
              <p class="hint" id={hint}>
                {m.briefs.numberHint(symbol)}
              </p>
            )}
            <Stored now={now} typed={typed?.[name]} />
          </div>
        ))}
      </div>
    </section>
  );
}

function History({ brief: { history } }: { brief: PressBrief }) {
  const { m } = useUi();
  return (
    <section class="history" aria-labelledby="history">
      <h2 id="history">{m.briefs.history}</h2>
      <ol>
        {[...history].reverse().map((change) => (
          <li key={`${change.at}-${change.what}`}>
            <Time at={change.at} /> {change.by === PROGRAM ? m.briefs.program : change.by}:{' '}
            <Change {...change} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Change({ what, fields = [], note }: BriefChange) {
  const { m } = useUi();
  return (
    <>
      {m.briefs.what[what]}
      {fields.length === 0 ? null : ` (${fields.map((field) => m.briefs.field[field]).join(', ')})`}
      {note === undefined ? null : <span class="note"> {note}</span>}
    </>
  );
}
