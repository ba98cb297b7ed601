/** Moves an archive from one set of stores to another, so that an office that outgrows the first loses nothing. */
import type { RecordKind, RecordTable } from './ports/record-table.ts';

/** Records read and written at once: bounds memory, and what an interruption has to repeat. */
const BATCH = 200;

/** How far a copy has come: the last id written of each kind that was begun, and `null` where all of it is. */
export type CopyProgress = Partial<Record<RecordKind, string | null>>;

/** One kind, counted on both sides when all of it had been written. */
export interface CopyCount {
  readonly kind: RecordKind;
  readonly from: number;
  readonly to: number;
}

/**
 * Copies every kind in turn, each in the order of its ids. Nobody may write on either side meanwhile.
 *
 * Safe to interrupt at any point and to repeat: what was written is written again as the same record.
 *
 * @param from      every table of the stores to read
 * @param to        every table of the stores to write
 * @param progress  where an earlier run stopped; empty to begin
 * @param remember  called after each batch with where to go on from
 */
export async function copyRecords(
  from: readonly RecordTable[],
  to: readonly RecordTable[],
  progress: CopyProgress,
  remember: (progress: CopyProgress, kind: RecordKind, written: number) => void | Promise<void>,
): Promise<CopyCount[]> {
  const counts: CopyCount[] = [];
  let reached = progress;
  for (const source of from) {
    const { kind } = source;
    const target = to.find((table) => table.kind === kind);
    if (target === undefined) throw new Error(`There is no place for ${kind}`);
    let written = 0;
    for (let afterId = reached[kind] ?? ''; reached[kind] !== null; ) {
      const records = await source.read({ limit: BATCH, afterId });
      const last = records.at(-1);
      if (last !== undefined) {
        await target.write(records);
        afterId = last.id;
      }
      written += records.length;
      reached = { ...reached, [kind]: records.length < BATCH ? null : afterId };
      await remember(reached, kind, written);
    }
    counts.push({ kind, from: await source.count(), to: await target.count() });
  }
  return counts;
}
