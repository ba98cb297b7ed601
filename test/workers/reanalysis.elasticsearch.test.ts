import { describe } from 'vitest';

import { openOnElasticsearch } from '../support/behaviour-deps.ts';
import { elasticsearchUrl } from '../support/elasticsearch/test-client.ts';
import { reanalysisBehaviour } from './reanalysis-behaviour.ts';

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  reanalysisBehaviour('Elasticsearch', openOnElasticsearch);
});
