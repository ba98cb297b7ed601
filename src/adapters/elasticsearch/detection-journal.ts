import type { DetectorSnapshot, JournalPage } from '../../domain/sighting.ts';
import { monthOf } from '../../domain/time.ts';
import type { DetectionJournal } from '../../ports/detection-journal.ts';
import type { Connection } from './connection.ts';
import { Documents, type Query } from './documents.ts';

const SNAPSHOTS_KEPT = 3;

/** A page under an id of so many digits, so that ids are in the order of their numbers. */
const DIGITS = 15;

/** A page as it is stored: what sightings say is for the detector alone. */
export type StoredJournalPage = JournalPage & { readonly id: string };

export function journalPageId(sequence: number): string {
  return String(sequence).padStart(DIGITS, '0');
}

export class ElasticsearchDetectionJournal implements DetectionJournal {
  readonly #pages: Documents<StoredJournalPage>;
  readonly #snapshots: Documents<DetectorSnapshot>;

  constructor(connection: Connection) {
    this.#pages = new Documents(connection, 'journal-pages');
    this.#snapshots = new Documents(connection, 'detector-snapshots');
  }

  async append(page: JournalPage): Promise<boolean> {
    const id = journalPageId(page.sequence);
    return this.#pages.insert(id, { ...page, id });
  }

  async after(sequence: number, limit: number): Promise<JournalPage[]> {
    const query: Query = { range: { sequence: { gt: sequence } } };
    const pages = await this.#pages.slice({ query, sort: ['sequence'] }, { offset: 0, limit }, 'all');
    return pages.map(({ id: _id, ...page }) => page);
  }

  async head(): Promise<number> {
    const selection = { query: { match_all: {} }, sort: [{ sequence: 'desc' as const }] };
    return (await this.#pages.slice(selection, { offset: 0, limit: 1 }, 'all'))[0]?.sequence ?? 0;
  }

  async saveSnapshot(snapshot: DetectorSnapshot): Promise<void> {
    await this.#snapshots.save(journalPageId(snapshot.sequence), snapshot);
    const newest = { query: { match_all: {} }, sort: [{ sequence: 'desc' as const }] };
    const kept = await this.#snapshots.slice(newest, { offset: 0, limit: SNAPSHOTS_KEPT }, 'all');
    const oldest = kept.at(-1)?.sequence ?? 0;
    await this.#snapshots.deleteWhere({ range: { sequence: { lt: oldest } } });
  }

  async latestSnapshot(): Promise<DetectorSnapshot | undefined> {
    const selection = { query: { match_all: {} }, sort: [{ sequence: 'desc' as const }] };
    return (await this.#snapshots.slice(selection, { offset: 0, limit: 1 }, 'all'))[0];
  }

  async dropBefore(at: string): Promise<number> {
    const query: Query = { range: { at: { lt: monthOf(at) } } };
    return this.#pages.deleteWhere(query);
  }
}
