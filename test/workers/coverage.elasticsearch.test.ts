import { describe } from 'vitest';

import { openOnElasticsearch } from '../support/behaviour-deps.ts';
import { elasticsearchUrl } from '../support/elasticsearch/test-client.ts';
import { coverageBehaviour } from './coverage-behaviour.ts';

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  coverageBehaviour('Elasticsearch', openOnElasticsearch);
});
