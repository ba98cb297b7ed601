import { z } from 'zod';

import type { Outcome } from '../../domain/entry.ts';
import type { LedgerRow } from '../../domain/ledger.ts';
import { PERIODS, toFilter } from '../article-query.ts';
import { anyId, optionalField } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import type { OutletAccount } from '../views/ledger-page.tsx';
import { LedgerPage } from '../views/ledger-page.tsx';

const PERIOD = '7d';

const ledgerQuery = z.object({
  period: z.enum(PERIODS).default(PERIOD),
  replayed: z.coerce.number().int().min(0).max(1e9).optional().catch(undefined),
});

const replayForm = z.object({
  stage: optionalField(anyId),
  key: optionalField(anyId),
});

/** The account of everything found, and the jobs that were set aside. */
export function ledgerRoutes({ server, deps, pages, tokens }: RouteContext): void {
  server.get('/ledger', async (request, reply) => {
    const { period, replayed } = ledgerQuery.parse(request.query);
    const { from } = toFilter({}, deps.now(), period);
    const [balance, rows, jobs] = await Promise.all([
      deps.ledgerBalance(),
      deps.entries.ledger(from === undefined ? {} : { from }),
      deps.quarantine.list(),
    ]);
    return pages.send(
      request,
      reply,
      <LedgerPage
        balance={balance}
        period={period}
        outlets={byOutlet(rows)}
        jobs={jobs}
        replayed={replayed}
      />,
    );
  });

  server.post('/ledger/replay', { config: { role: 'admin' } }, async (request, reply) => {
    const form = replayForm.parse(request.body ?? {});
    tokens.check(request);
    const replayed = await deps.quarantine.replay(form.stage, form.key);
    deps.log.info({ stage: form.stage, key: form.key, replayed }, 'quarantine replayed');
    return reply.redirect(`/ledger?replayed=${replayed}`, 303);
  });
}

/** Rows summed up per outlet, the busiest first. */
function byOutlet(rows: readonly LedgerRow[]): OutletAccount[] {
  const accounts = new Map<string, Record<Outcome, number>>();
  for (const { outletId, outcome, count } of rows) {
    const account = accounts.get(outletId) ?? {
      pending: 0,
      indexed: 0,
      duplicate: 0,
      irrelevant: 0,
      failed: 0,
    };
    account[outcome] += count;
    accounts.set(outletId, account);
  }
  return [...accounts]
    .map(([outletId, counts]) => ({
      outletId,
      counts,
      found: Object.values(counts).reduce((sum, count) => sum + count, 0),
    }))
    .sort((a, b) => b.found - a.found);
}
