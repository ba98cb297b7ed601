import type { PGlite } from '@electric-sql/pglite';

import { PgliteArticleStore } from './article-store.ts';
import { PgliteCorrectionStore } from './correction-store.ts';
import { PgliteDetectionJournal } from './detection-journal.ts';
import { PgliteEntryStore } from './entry-store.ts';
import { PgliteFeedStateStore } from './feed-state-store.ts';
import { PgliteIncidentStore } from './incident-store.ts';
import { PgliteOfficeStore } from './office-store.ts';
import { PgliteOutletStateStore } from './outlet-state-store.ts';
import { PglitePageStore } from './page-store.ts';
import { PglitePipelineWatchStore } from './pipeline-watch-store.ts';
import { PgliteRevisionStore } from './revision-store.ts';
import { migrate } from './schema.ts';
import { PgliteStoryStore } from './story-store.ts';

/** Every store of the pipeline over one PGlite, brought to the newest schema. */
export async function openStores(db: PGlite) {
  await migrate(db);
  return {
    entries: new PgliteEntryStore(db),
    pages: new PglitePageStore(db),
    revisions: new PgliteRevisionStore(db),
    articles: new PgliteArticleStore(db),
    corrections: new PgliteCorrectionStore(db),
    stories: new PgliteStoryStore(db),
    journal: new PgliteDetectionJournal(db),
    incidents: new PgliteIncidentStore(db),
    feedStates: new PgliteFeedStateStore(db),
    outletStates: new PgliteOutletStateStore(db),
    office: new PgliteOfficeStore(db),
    pipelineWatch: new PglitePipelineWatchStore(db),
  };
}
