import { describe } from 'vitest';

import { openOnElasticsearch } from '../support/behaviour-deps.ts';
import { elasticsearchUrl } from '../support/elasticsearch/test-client.ts';
import { correctionsBehaviour } from './corrections-behaviour.ts';

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  correctionsBehaviour('Elasticsearch', openOnElasticsearch);
});
