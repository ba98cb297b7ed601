import type { PGlite } from '@electric-sql/pglite';

import type { DetectorSnapshot, JournalPage } from '../../domain/sighting.ts';
import { monthOf } from '../../domain/time.ts';
import type { DetectionJournal } from '../../ports/detection-journal.ts';

const SNAPSHOTS_KEPT = 3;

export class PgliteDetectionJournal implements DetectionJournal {
  readonly #db: PGlite;

  constructor(db: PGlite) {
    this.#db = db;
  }

  async append(page: JournalPage): Promise<boolean> {
    const { affectedRows } = await this.#db.query(
      'insert into journal_page values ($1, $2, $3) on conflict do nothing',
      [page.sequence, page.at, page],
    );
    return affectedRows === 1;
  }

  async after(sequence: number, limit: number): Promise<JournalPage[]> {
    const { rows } = await this.#db.query<{ document: JournalPage }>(
      'select document from journal_page where sequence > $1 order by sequence limit $2',
      [sequence, limit],
    );
    return rows.map(({ document }) => document);
  }

  async head(): Promise<number> {
    const { rows } = await this.#db.query<{ sequence: number | null }>(
      'select max(sequence)::int as sequence from journal_page',
    );
    return rows[0]?.sequence ?? 0;
  }

  async saveSnapshot(snapshot: DetectorSnapshot): Promise<void> {
    await this.#db.transaction(async (tx) => {
      await tx.query(
        'insert into detector_snapshot values ($1, $2) on conflict (sequence) do update set document = $2',
        [snapshot.sequence, snapshot],
      );
      await tx.query(
        `delete from detector_snapshot where sequence not in
          (select sequence from detector_snapshot order by sequence desc limit ${SNAPSHOTS_KEPT})`,
      );
    });
  }

  async latestSnapshot(): Promise<DetectorSnapshot | undefined> {
    const { rows } = await this.#db.query<{ document: DetectorSnapshot }>(
      'select document from detector_snapshot order by sequence desc limit 1',
    );
    return rows[0]?.document;
  }

  async dropBefore(at: string): Promise<number> {
    const { affectedRows } = await this.#db.query('delete from journal_page where at < $1', [monthOf(at)]);
    return affectedRows ?? 0;
  }
}
