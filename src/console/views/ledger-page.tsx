import type { Outcome } from '../../domain/entry.ts';
import type { LedgerBalance } from '../../domain/ledger.ts';
import type { QuarantinedJob } from '../../domain/quarantined-job.ts';
import type { Period } from '../article-query.ts';
import { PERIODS } from '../article-query.ts';
import type { Messages } from '../messages.ts';
import { reasonText } from '../messages.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { Layout } from './layout.tsx';
import { Notice, Time } from './parts.tsx';

export interface OutletAccount {
  readonly outletId: string;
  readonly found: number;
  readonly counts: Readonly<Record<Outcome, number>>;
}

interface LedgerPageProps {
  readonly balance: LedgerBalance;
  readonly period: Period;
  readonly outlets: readonly OutletAccount[];
  readonly jobs: readonly QuarantinedJob[];
  /** How many jobs have just been put back to work. */
  readonly replayed: number | undefined;
}

const PARTS = [
  'indexed',
  'duplicate',
  'irrelevant',
  'failed',
  'pending',
] as const satisfies readonly Outcome[];
const SHOWN_JOBS = 100;

export function LedgerPage({ balance, period, outlets, jobs, replayed }: LedgerPageProps) {
  const { m } = useUi();
  return (
    <Layout title={m.ledger.title} section="ledger">
      <h1>{m.ledger.heading}</h1>
      {replayed === undefined ? null : <Notice tone="good" title={m.ledger.replayed(replayed)} announced />}
      <Equation balance={balance} />
      <FailedReasons failed={balance.failed} />
      <PerOutlet period={period} outlets={outlets} />
      <Quarantine jobs={jobs} />
    </Layout>
  );
}

function Equation({ balance }: { balance: LedgerBalance }) {
  const { m, lang } = useUi();
  const failed = Object.values(balance.failed).reduce((sum, count) => sum + count, 0);
  const counts: Record<(typeof PARTS)[number], number> = { ...balance, failed };
  const isBalanced = balance.faults.length === 0;
  return (
    <section>
      <p class="hint">{m.ledger.explain}</p>
      <dl class="equation">
        <div class="found">
          <dt>{m.ledger.found}</dt>
          <dd data-ledger="found">{number(balance.found, lang)}</dd>
        </div>
        {PARTS.map((part) => (
          <div key={part} class={part}>
            <dt>{m.outcome[part]}</dt>
            <dd data-ledger={part}>{number(counts[part], lang)}</dd>
          </div>
        ))}
      </dl>
      <OutcomeBar counts={counts} />
      <Notice tone={isBalanced ? 'good' : 'bad'} title={isBalanced ? m.ledger.balanced : m.ledger.unbalanced}>
        {isBalanced ? null : (
          <ul>
            {balance.faults.map((fault) => (
              <li key={fault}>{faultText(fault, m)}</li>
            ))}
          </ul>
        )}
      </Notice>
    </section>
  );
}

/** The account writes its faults in English; here each is said in the reader's language, or as it stands. */
function faultText(fault: string, { ledger }: Messages): string {
  const [first = '', second = ''] = fault.match(/\d+/g) ?? [];
  if (/are accounted for$/.test(fault)) return ledger.fault.unaccounted(first, second);
  if (/are searchable$/.test(fault)) return ledger.fault.unsearchable(first, second);
  if (/no job in any queue$/.test(fault)) return ledger.fault.stranded(first);
  return fault;
}

function OutcomeBar({ counts }: { counts: Readonly<Record<(typeof PARTS)[number], number>> }) {
  const whole = PARTS.reduce((sum, part) => sum + counts[part], 0);
  if (whole === 0) return null;
  let x = 0;
  return (
    <svg class="outcome-bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
      {PARTS.map((part) => {
        const width = (1000 * counts[part]) / whole;
        const rect = <rect key={part} class={part} x={x} width={width} height="12" />;
        x += width;
        return rect;
      })}
    </svg>
  );
}

function FailedReasons({ failed }: { failed: Readonly<Record<string, number>> }) {
  const { m, lang } = useUi();
  const rows = Object.entries(failed).sort(([, a], [, b]) => b - a);
  return (
    <section>
      <h2>{m.ledger.failedReasons}</h2>
      {rows.length === 0 ? (
        <p class="hint">{m.ledger.noFailures}</p>
      ) : (
        <table class="narrow-table">
          <thead>
            <tr>
              <th scope="col">{m.ledger.reason}</th>
              <th scope="col" class="figure">
                {m.ledger.count}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([reason, count]) => (
              <tr key={reason}>
                <th scope="row">
                  {reasonText(reason, m)} <code>{reason}</code>
                </th>
                <td class="figure">{number(count, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function PerOutlet({ period, outlets }: { period: Period; outlets: readonly OutletAccount[] }) {
  const { m, lang, names } = useUi();
  return (
    <section>
      <h2>{m.ledger.perOutlet}</h2>
      <p class="hint">{m.ledger.perOutletPeriod}</p>
      <nav class="segments" aria-label={m.filter.period}>
        {PERIODS.map((value) => (
          <a
            key={value}
            href={`/ledger?period=${value}`}
            {...(value === period ? { 'aria-current': 'true' as const } : {})}
          >
            {m.period[value]}
          </a>
        ))}
      </nav>
      {outlets.length === 0 ? (
        <p class="hint">{m.ledger.nothing}</p>
      ) : (
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">{m.ledger.outlet}</th>
              <th scope="col" class="figure">
                {m.ledger.found}
              </th>
              {PARTS.map((part) => (
                <th key={part} scope="col" class="figure">
                  {m.outcome[part]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outlets.map(({ outletId, found, counts }) => (
              <tr key={outletId}>
                <th scope="row">{names.outlet(outletId)}</th>
                <td class="figure" data-label={m.ledger.found}>
                  {number(found, lang)}
                </td>
                {PARTS.map((part) => (
                  <td key={part} class="figure" data-label={m.outcome[part]}>
                    {number(counts[part], lang)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Quarantine({ jobs }: { jobs: readonly QuarantinedJob[] }) {
  const { m, formToken } = useUi();
  return (
    <section>
      <h2>{m.ledger.quarantine}</h2>
      {jobs.length === 0 ? (
        <p class="hint">{m.ledger.quarantineEmpty}</p>
      ) : (
        <>
          <p class="hint">{m.ledger.quarantineExplain}</p>
          <form method="post" action="/ledger/replay">
            <input type="hidden" name="token" value={formToken} />
            <button type="submit">{m.ledger.replayAll(jobs.length)}</button>
          </form>
          {jobs.length > SHOWN_JOBS ? <p class="hint">{m.ledger.cut(SHOWN_JOBS, jobs.length)}</p> : null}
          <table class="stacked">
            <thead>
              <tr>
                <th scope="col">{m.ledger.job}</th>
                <th scope="col">{m.ledger.reason}</th>
                <th scope="col" class="figure">
                  {m.ledger.attempts}
                </th>
                <th scope="col">{m.ledger.failedAt}</th>
                <th scope="col">
                  <span class="visually-hidden">{m.ledger.replay}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {jobs.slice(0, SHOWN_JOBS).map((job) => (
                <JobRow key={`${job.stage} ${job.key}`} job={job} />
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** What stands before the colon is the code; the rest says more. */
function codeOf(reason: string): string {
  return reason.split(':', 1)[0] ?? reason;
}

function JobRow({ job }: { job: QuarantinedJob }) {
  const { m, lang, formToken } = useUi();
  return (
    <tr>
      <th scope="row">
        {m.stage[job.stage]} <code>{job.key}</code>
      </th>
      <td data-label={m.ledger.reason}>
        {reasonText(codeOf(job.reason), m)} <code>{job.reason}</code>
      </td>
      <td class="figure" data-label={m.ledger.attempts}>
        {number(job.attempts, lang)}
      </td>
      <td data-label={m.ledger.failedAt}>
        <Time at={job.failedAt} />
      </td>
      <td>
        <form method="post" action="/ledger/replay">
          <input type="hidden" name="token" value={formToken} />
          <input type="hidden" name="stage" value={job.stage} />
          <input type="hidden" name="key" value={job.key} />
          <button type="submit" aria-label={m.ledger.replayOf(job.key)}>
            {m.ledger.replay}
          </button>
        </form>
      </td>
    </tr>
  );
}
