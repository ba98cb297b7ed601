import { describe } from 'vitest';

import { openOnElasticsearch } from '../support/behaviour-deps.ts';
import { elasticsearchUrl } from '../support/elasticsearch/test-client.ts';
import { incidentsBehaviour } from './incidents-behaviour.ts';

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  incidentsBehaviour('Elasticsearch', openOnElasticsearch);
});
