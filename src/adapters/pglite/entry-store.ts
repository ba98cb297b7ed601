import type { PGlite, Transaction } from '@electric-sql/pglite';

import type { Entry, QueueName } from '../../domain/entry.ts';
import { countedReason, type FoundBucket, type LedgerRow } from '../../domain/ledger.ts';
import { hourOf, monthOf } from '../../domain/time.ts';
import type { EntryStore, LedgerQuery } from '../../ports/entry-store.ts';

const RANGE = `($1::text is null or outlet_id = $1)
  and ($2::timestamptz is null or hour >= $2) and ($3::timestamptz is null or hour < $3)`;

const REPLACE = `update entry set version = version + 1, outcome = $3, document = $4
  where id = $1 and version = $2`;

function rangeOf({ outletId, from, to }: LedgerQuery): (string | null)[] {
  return [outletId ?? null, from ?? null, to ?? null];
}

export class PgliteEntryStore implements EntryStore {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async add(entries: readonly Entry[]): Promise<Entry[]> {
    if (entries.length === 0) return [];
    return this.#db.transaction(async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        `insert into entry (id, outcome, document)
         select e->>'id', e->>'outcome', e from jsonb_array_elements($1::jsonb) as e
         on conflict (id) do nothing returning id`,
        [JSON.stringify(entries)],
      );
      const inserted = new Set(rows.map(({ id }) => id));
      // One feed may list a URL twice: the first line is the entry.
      const added = entries.filter(({ id }) => inserted.delete(id));
      for (const [entry, count] of countedBy(
        added,
        ({ outletId, firstSeenAt }) => `${outletId} ${hourOf(firstSeenAt)}`,
      )) {
        await tx.query(
          `insert into found_count values ($1, $2, $3)
           on conflict (outlet_id, hour) do update set count = found_count.count + $3`,
          [entry.outletId, hourOf(entry.firstSeenAt), count],
        );
      }
      const sameRow = (entry: Entry) => `${entry.outletId} ${hourOf(entry.firstSeenAt)} ${ledgerKey(entry)}`;
      for (const [entry, count] of countedBy(added, sameRow)) await move(tx, entry, count);
      return added;
    });
  }

  async find(id: string): Promise<Entry | undefined> {
    const { rows } = await this.#db.query<{ document: Entry }>('select document from entry where id = $1', [
      id,
    ]);
    return rows[0]?.document;
  }

  async update(id: string, change: (current: Entry) => Entry): Promise<Entry | undefined> {
    for (;;) {
      const { rows } = await this.#db.query<{ version: number; document: Entry }>(
        'select version, document from entry where id = $1',
        [id],
      );
      const current = rows[0];
      if (current === undefined) return undefined;
      const next = change(current.document);
      if (await this.#replace(current, next)) return next;
    }
  }

  /** One statement, hence all or nothing: the entry if nobody has written it since, and its counters with it. */
  async #replace(current: { version: number; document: Entry }, next: Entry): Promise<boolean> {
    const hasMoved = ledgerKey(next) !== ledgerKey(current.document);
    const { affectedRows } = await this.#db.query(
      hasMoved
        ? `with replaced as (${REPLACE} returning id)
           insert into ledger_count
           select $5, $6::timestamptz, move.stage, move.outcome, move.reason, move.count
             from replaced, (values ($7, $8, $9, -1), ($10, $11, $12, 1)) as move (stage, outcome, reason, count)
           on conflict (outlet_id, hour, stage, outcome, reason)
           do update set count = ledger_count.count + excluded.count`
        : REPLACE,
      [
        next.id,
        current.version,
        next.outcome,
        next,
        ...(hasMoved
          ? [next.outletId, hourOf(next.firstSeenAt), ...keyOf(current.document), ...keyOf(next)]
          : []),
      ],
    );
    return (affectedRows ?? 0) > 0;
  }

  async pending({ limit, afterId }: { limit: number; afterId?: string }): Promise<Entry[]> {
    const { rows } = await this.#db.query<{ document: Entry }>(
      `select document from entry where outcome = 'pending' and id > $1 order by id limit $2`,
      [afterId ?? '', limit],
    );
    return rows.map(({ document }) => document);
  }

  async dropBefore(at: string): Promise<number> {
    const month = monthOf(at);
    return this.#db.transaction(async (tx) => {
      for (const table of ['found_count', 'ledger_count', 'job_count']) {
        await tx.query(`delete from ${table} where hour < $1`, [month]);
      }
      const { affectedRows } = await tx.query(
        `delete from entry where (document->>'firstSeenAt')::timestamptz < $1`,
        [month],
      );
      return affectedRows ?? 0;
    });
  }

  async ledger(query: LedgerQuery = {}): Promise<LedgerRow[]> {
    const { rows } = await this.#db.query<LedgerCountRow>(
      `select outlet_id, hour, stage, outcome, reason, count from ledger_count
        where count <> 0 and ${RANGE} order by hour, outlet_id, stage, outcome, reason`,
      rangeOf(query),
    );
    return rows.map(({ outlet_id, hour, stage, outcome, reason, count }) => ({
      outletId: outlet_id,
      hour: hour.toISOString(),
      stage,
      outcome,
      ...(reason === '' ? {} : { reason }),
      count,
    }));
  }

  async foundCount(query: LedgerQuery = {}): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>(
      `select coalesce(sum(count), 0)::int as count from found_count where ${RANGE}`,
      rangeOf(query),
    );
    return rows[0]?.count ?? 0;
  }

  async foundPer(interval: 'hour' | 'day', query: LedgerQuery = {}): Promise<FoundBucket[]> {
    const format = interval === 'day' ? 'YYYY-MM-DD' : 'YYYY-MM-DD"T"HH24';
    const { rows } = await this.#db.query<FoundBucket>(
      `select outlet_id as "outletId", to_char(hour at time zone 'Asia/Ho_Chi_Minh', '${format}') as bucket,
              sum(count)::int as count
         from found_count where ${RANGE} group by 1, 2 order by 2, 1`,
      rangeOf(query),
    );
    return rows;
  }

  async countJob(job: { stage: QueueName; outletId: string; outcome: string; at: string }): Promise<void> {
    await this.#db.query(
      `insert into job_count values ($1, $2, $3, $4, 1)
       on conflict (stage, outlet_id, hour, outcome) do update set count = job_count.count + 1`,
      [job.stage, job.outletId, hourOf(job.at), job.outcome],
    );
  }

  async jobCounts(query: LedgerQuery = {}) {
    const { rows } = await this.#db.query<{
      stage: QueueName;
      outlet_id: string;
      hour: Date;
      outcome: string;
      count: number;
    }>(`select * from job_count where ${RANGE} order by hour, outlet_id, stage, outcome`, rangeOf(query));
    return rows.map(({ stage, outlet_id, hour, outcome, count }) => ({
      stage,
      outletId: outlet_id,
      hour: hour.toISOString(),
      outcome,
      count,
    }));
  }
}

interface LedgerCountRow {
  outlet_id: string;
  hour: Date;
  stage: LedgerRow['stage'];
  outcome: LedgerRow['outcome'];
  reason: string;
  count: number;
}

function keyOf(entry: Entry): [stage: string, outcome: string, reason: string] {
  return [entry.stage, entry.outcome, countedReason(entry)];
}

function ledgerKey(entry: Entry): string {
  return keyOf(entry).join(' ');
}

async function move(tx: Transaction, entry: Entry, by: number): Promise<void> {
  await tx.query(
    `insert into ledger_count values ($1, $2, $3, $4, $5, $6)
     on conflict (outlet_id, hour, stage, outcome, reason) do update set count = ledger_count.count + $6`,
    [entry.outletId, hourOf(entry.firstSeenAt), ...keyOf(entry), by],
  );
}

/** One entry of each group, with the size of the group. */
function countedBy(entries: readonly Entry[], key: (entry: Entry) => string): [Entry, number][] {
  const groups = new Map<string, [Entry, number]>();
  for (const entry of entries) {
    const group = groups.get(key(entry));
    if (group === undefined) groups.set(key(entry), [entry, 1]);
    else group[1] += 1;
  }
  return [...groups.values()];
}
