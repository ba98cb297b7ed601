import { describe } from 'vitest';

import { openOnElasticsearch } from '../support/behaviour-deps.ts';
import { elasticsearchUrl } from '../support/elasticsearch/test-client.ts';
import { pressBriefBehaviour } from './press-brief-behaviour.ts';

describe.skipIf(elasticsearchUrl === undefined)('on Elasticsearch', () => {
  pressBriefBehaviour('Elasticsearch', openOnElasticsearch);
});
