import type { Client } from '@elastic/elasticsearch';

import type { Gazetteer } from './article-document.ts';
import { ElasticsearchArticleStore } from './article-store.ts';
import { connect } from './connection.ts';
import { ElasticsearchCorrectionStore } from './correction-store.ts';
import { ElasticsearchDetectionJournal } from './detection-journal.ts';
import { ElasticsearchEntryStore } from './entry-store.ts';
import { ElasticsearchFeedStateStore } from './feed-state-store.ts';
import { ElasticsearchIncidentStore } from './incident-store.ts';
import { ElasticsearchOfficeStore } from './office-store.ts';
import { ElasticsearchOutletStateStore } from './outlet-state-store.ts';
import { ElasticsearchPageStore } from './page-store.ts';
import { ElasticsearchPipelineWatchStore } from './pipeline-watch-store.ts';
import { ElasticsearchRevisionStore } from './revision-store.ts';
import { ElasticsearchStoryStore } from './story-store.ts';

/** Where the indices are, and what dashboards show beside ids. */
export interface StoresOptions {
  readonly prefix: string;
  readonly gazetteer: Gazetteer;
}

/**
 * Every store of the pipeline over one Elasticsearch, whose indices `setUp` has made.
 *
 * @param connection  to be shared with whatever else must see at once what these stores write
 */
export function openStores(
  client: Client,
  { prefix, gazetteer }: StoresOptions,
  connection = connect(client, prefix),
) {
  return {
    entries: new ElasticsearchEntryStore(connection),
    pages: new ElasticsearchPageStore(connection),
    revisions: new ElasticsearchRevisionStore(connection),
    articles: new ElasticsearchArticleStore(connection, gazetteer),
    corrections: new ElasticsearchCorrectionStore(connection),
    stories: new ElasticsearchStoryStore(connection),
    journal: new ElasticsearchDetectionJournal(connection),
    incidents: new ElasticsearchIncidentStore(connection),
    feedStates: new ElasticsearchFeedStateStore(connection),
    outletStates: new ElasticsearchOutletStateStore(connection),
    office: new ElasticsearchOfficeStore(connection),
    pipelineWatch: new ElasticsearchPipelineWatchStore(connection),
  };
}
