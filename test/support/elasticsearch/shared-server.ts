import type { TestProject } from 'vitest/node';

import { ElasticsearchUnavailableError, startElasticsearch } from './start-elasticsearch.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Empty where no Elasticsearch can run; the reason has been printed. */
    elasticsearchUrl: string;
  }
}

/**
 * One Elasticsearch for all `*.elasticsearch.test.ts` of a run. Where it cannot run, those tests are skipped and the
 * reason is printed; in CI that is an error. `TEST_ELASTICSEARCH_URL` names one that runs already.
 */
export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  const running = process.env.TEST_ELASTICSEARCH_URL;
  if (running !== undefined && running !== '') {
    provide('elasticsearchUrl', running);
    return undefined;
  }
  try {
    const server = await startElasticsearch();
    provide('elasticsearchUrl', server.url);
    return () => server.stop();
  } catch (error) {
    if (!(error instanceof ElasticsearchUnavailableError) || process.env.CI === 'true') throw error;
    process.stderr.write(`Tests that need Elasticsearch are skipped: ${error.message}\n`);
    provide('elasticsearchUrl', '');
    return undefined;
  }
}
