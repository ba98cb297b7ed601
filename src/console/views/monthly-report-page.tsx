import { PROGRAM } from '../../domain/incident.ts';
import type { KeptMonthlyReport, MonthlyCounting } from '../../domain/monthly-report.ts';
import type { PrintedDocument } from '../../domain/printed-document.ts';
import type { MonthlyDifference } from '../../reports/monthly-difference.ts';
import { reasonText } from '../messages.ts';
import type { MonthlyAction } from '../monthly-form.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Stored } from './brief-items.tsx';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { MonthlyChanges } from './monthly-changes.tsx';
import { MonthlyCounted } from './monthly-counted.tsx';
import { Notice, Time } from './parts.tsx';
import { PrintedBlocks } from './printed-blocks.tsx';
import { PrintedDownloads } from './printed-downloads.tsx';

export type MonthlyNotice =
  | { readonly kind: 'done'; readonly action: MonthlyAction }
  | { readonly kind: 'conflict' | 'bad-form' | 'not-possible' };

interface MonthlyReportPageProps {
  readonly kept: KeptMonthlyReport;
  /** With links within the console. */
  readonly document: PrintedDocument;
  readonly officer: string;
  readonly notice: MonthlyNotice | undefined;
  /** What was typed and could not be kept. */
  readonly typed: Readonly<Record<string, string>> | undefined;
  /** What has changed in the archive since; absent until somebody asks. */
  readonly difference: MonthlyDifference | undefined;
  readonly canPrintPdf: boolean;
  /** Who it may be mailed to; empty where nobody can be. */
  readonly mailTo: readonly string[];
  /** What it said before it was counted again, newest first. */
  readonly earlier: readonly MonthlyCounting[];
}

/** The report of one month: what the archive said, and what people say of it. */
export function MonthlyReportPage(props: MonthlyReportPageProps) {
  const { m } = useUi();
  const { kept, document } = props;
  return (
    <Layout title={document.title} section="reports">
      <div class="page-head">
        <h1>{document.title}</h1>
        <p class="incident-line">
          <span class={`chip brief-status ${kept.status}`}>{m.briefs.statusName[kept.status]}</span>
        </p>
        <MonthlyCounted at={kept.madeAt} counting={kept} />
      </div>
      <Said {...props} />
      <Mailing {...props} />
      <Downloads {...props} />
      <Difference {...props} />
      <PrintedBlocks blocks={document.blocks} />
      <Editor {...props} />
      <Earlier {...props} />
      <History kept={kept} />
    </Layout>
  );
}

function Said({ notice }: MonthlyReportPageProps) {
  const { m } = useUi();
  if (notice === undefined) return null;
  if (notice.kind === 'done') return <Notice tone="good" title={m.briefs.notice[notice.action]} announced />;
  const titles = {
    conflict: m.briefs.conflict,
    'bad-form': m.briefs.badForm,
    'not-possible': m.monthly.notPossible,
  };
  return (
    <Notice tone="bad" title={titles[notice.kind]} announced>
      {notice.kind === 'conflict' ? <p>{m.briefs.conflictWhy}</p> : null}
    </Notice>
  );
}

function Downloads({ kept, canPrintPdf }: MonthlyReportPageProps) {
  const { m, lang } = useUi();
  return (
    <PrintedDownloads path={`/reports/${kept.id}`} canPrintPdf={canPrintPdf}>
      <a href={`/reports/${kept.id}.csv?lang=${lang}`}>{m.monthly.csv}</a>
    </PrintedDownloads>
  );
}

function Difference({ kept, difference, officer }: MonthlyReportPageProps) {
  const { m, formToken } = useUi();
  const page = `/reports/${kept.id}`;
  if (difference === undefined) {
    return (
      <p class="screen-only">
        <a href={`${page}?check=1`}>{m.briefs.check}</a>
      </p>
    );
  }
  if (difference.isSame) return <Notice tone="good" title={m.briefs.isSame} announced />;
  return (
    <Notice tone="plain" title={m.monthly.hasChanged} announced>
      <MonthlyChanges difference={difference} />
      {kept.status === 'draft' ? (
        <form method="post" action={page}>
          <input type="hidden" name="token" value={formToken} />
          <input type="hidden" name="version" value={kept.version} />
          <ByField id="remake-by" value={officer} />
          <button type="submit" name="do" value="remake">
            {m.briefs.remake}
          </button>{' '}
          <span class="hint">{m.monthly.remakeHint}</span>
        </form>
      ) : null}
    </Notice>
  );
}

function Editor({ kept, typed, officer, mailTo }: MonthlyReportPageProps) {
  const { m, formToken } = useUi();
  const { edits, status, id, version } = kept;
  const isFixed = status !== 'draft';
  return (
    <form
      method="post"
      action={`/reports/${id}`}
      class="act brief-form"
      {...(isFixed ? {} : { 'data-unsaved': m.briefs.restored })}
    >
      <h2>{m.briefs.form}</h2>
      <input type="hidden" name="token" value={formToken} />
      <input type="hidden" name="version" value={version} />
      <p class="field">
        <label for="report-remarks">{m.monthly.remarks}</label>
        <textarea id="report-remarks" name="remarks" rows={8} maxLength={10_000} readOnly={isFixed}>
          {typed?.remarks ?? edits.remarks}
        </textarea>
      </p>
      <Stored now={edits.remarks} typed={typed?.remarks?.replaceAll('\r\n', '\n')} />
      <p class="field">
        <label for="report-number">{m.briefs.number}</label>
        <input
          id="report-number"
          name="number"
          value={typed?.number ?? edits.number}
          maxLength={200}
          readOnly={isFixed}
          aria-describedby="report-number-hint"
        />
      </p>
      <p class="hint" id="report-number-hint">
        {m.monthly.numberHint}
      </p>
      <Stored now={edits.number} typed={typed?.number} />
      <ByField id="report-by" value={typed?.by ?? officer} />
      {isFixed ? <p class="hint">{m.briefs.readOnly}</p> : null}
      <p class="brief-acts">
        {isFixed ? (
          <>
            <button type="submit" name="do" value="reopen">
              {m.briefs.reopen}
            </button>
            {mailTo.length === 0 ? null : (
              <button type="submit" name="do" value="send" class="primary">
                {m.briefs.send}
              </button>
            )}
          </>
        ) : (
          <>
            <button type="submit" name="do" value="save" class="primary">
              {m.briefs.save}
            </button>
            <button type="submit" name="do" value="approve">
              {m.briefs.approve}
            </button>
          </>
        )}
      </p>
      {isFixed ? (
        <p class="hint">{mailTo.length === 0 ? m.monthly.cannotSend : m.briefs.sendTo(mailTo.join(', '))}</p>
      ) : null}
    </form>
  );
}

function Mailing({ kept: { mailing } }: MonthlyReportPageProps) {
  const { m } = useUi();
  if (mailing === undefined) return null;
  const { outcome, at, reason = '' } = mailing;
  if (outcome === 'refused') {
    return (
      <Notice tone="bad" title={m.monthly.mailRefused(reasonText(reason, m))}>
        <p>
          <Time at={at} />
        </p>
      </Notice>
    );
  }
  return (
    <p class="hint">
      {outcome === 'sent' ? m.monthly.mailSent : m.monthly.mailUnderWay} <Time at={at} />
    </p>
  );
}

function Earlier({ kept, earlier }: MonthlyReportPageProps) {
  const { m, lang } = useUi();
  if (earlier.length === 0) return null;
  return (
    <section class="history" aria-labelledby="earlier">
      <h2 id="earlier">{m.monthly.earlier}</h2>
      <p class="hint">{m.monthly.earlierWhy}</p>
      <ul>
        {earlier.map(({ at, report }) => (
          <li key={at}>
            <a href={`/reports/${kept.id}?counted=${at}`}>
              <Time at={at} />
            </a>
            : {m.monthly.earlierCount(number(report.total.count, lang))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ kept: { history } }: Pick<MonthlyReportPageProps, 'kept'>) {
  const { m } = useUi();
  return (
    <section class="history" aria-labelledby="history">
      <h2 id="history">{m.briefs.history}</h2>
      <ol>
        {[...history].reverse().map(({ at, by, what }) => (
          <li key={`${at}-${what}`}>
            <Time at={at} /> {by === PROGRAM ? m.briefs.program : by}: {m.briefs.what[what]}
          </li>
        ))}
      </ol>
    </section>
  );
}
