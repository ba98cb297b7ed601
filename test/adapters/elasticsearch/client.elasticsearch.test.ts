/**
 * The client against a cluster with security on. What is real: TLS with an authority of its own and its checking, the
 * client and what it sends, and the Elasticsearch behind. What is not: no security module can run here, so it is a
 * proxy that looks at the API key, and that answers 401, 403 and `_has_privileges` in the form of the reference.
 * Without the proxy the same server stands for a cluster with security off.
 */
import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';

import type { Client } from '@elastic/elasticsearch';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import {
  checkElasticsearch,
  createElasticsearchClient,
  type ElasticsearchConfig,
} from '../../../src/adapters/elasticsearch/client.ts';
import { translate } from '../../../src/adapters/elasticsearch/elasticsearch-error.ts';
import { setUp } from '../../../src/adapters/elasticsearch/setup.ts';
import { ConfigError, StoreUnavailableError } from '../../../src/errors.ts';
import { sampleDefinitions } from '../../support/elasticsearch/sample-definitions.ts';
import { type SecuredProxy, startSecuredProxy } from '../../support/elasticsearch/secured-proxy.ts';
import {
  elasticsearchUrl,
  openTestClient,
  removeEverything,
} from '../../support/elasticsearch/test-client.ts';

const API_KEY = Buffer.from(`${randomUUID()}:${randomUUID()}`).toString('base64');
const WRONG_KEY = Buffer.from(`${randomUUID()}:${randomUUID()}`).toString('base64');
const PREFIX = `secured-${randomUUID().slice(0, 8)}`;

describe.skipIf(elasticsearchUrl === undefined)('the client of a secured Elasticsearch', () => {
  let proxy: SecuredProxy;
  const clients: Client[] = [];
  beforeAll(async () => {
    proxy = await startSecuredProxy(elasticsearchUrl ?? '', API_KEY);
  });
  afterEach(async () => {
    proxy.withheld.clear();
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });
  afterAll(async () => {
    await proxy.close();
    const client = openTestClient();
    await removeEverything(client, PREFIX);
    await client.close();
  });

  function open(config: Partial<ElasticsearchConfig> = {}): Client {
    const client = createElasticsearchClient({
      elasticsearchUrls: [proxy.url],
      elasticsearchApiKey: API_KEY,
      elasticsearchUsername: undefined,
      elasticsearchPassword: undefined,
      elasticsearchCa: proxy.ca,
      ...config,
    });
    clients.push(client);
    return client;
  }
  const refusalOf = (client: Client) =>
    checkElasticsearch(client, PREFIX).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('works with the right authority and the right key', async () => {
    const client = open();
    await checkElasticsearch(client, PREFIX);
    await setUp(client, PREFIX, sampleDefinitions(1));
    await client.index({
      index: `${PREFIX}-things`,
      document: { count: 1 },
      require_alias: true,
      refresh: true,
    });
    expect((await client.count({ index: `${PREFIX}-things` })).count).toBe(1);
    expect(proxy.passed.length).toBeGreaterThan(5);
  });

  it.each([
    ['another authority', () => proxy.otherCa],
    ['public authorities only', () => undefined],
  ])('says that the certificate is not trusted (%s)', async (_, elasticsearchCa) => {
    const error = await refusalOf(open({ elasticsearchCa: elasticsearchCa() }));
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(/ELASTICSEARCH_CA must hold the authority that signed .*certificate/);
  });

  it('says that a key is not accepted, and does not repeat it anywhere', async () => {
    const client = open({ elasticsearchApiKey: WRONG_KEY });
    const error = await refusalOf(client);
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(/ELASTICSEARCH_API_KEY.*must be what Elasticsearch accepts/);
    const later = await client.count({ index: `${PREFIX}-*` }).catch((raw: unknown) => translate(raw));
    expect(later).toBeInstanceOf(StoreUnavailableError);
    for (const shown of [error, later]) {
      const everything = inspect(shown, { depth: 20, showHidden: true }) + JSON.stringify(shown);
      expect(everything).not.toContain(WRONG_KEY);
    }
  });

  it('names every privilege that is missing', async () => {
    proxy.withheld.add('manage_index_templates').add('write');
    const error = await refusalOf(open());
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toBe(
      'ConfigError: Elasticsearch: cluster privilege manage_index_templates is missing: grant it to nhip-yte\n' +
        `Elasticsearch: index privilege write on ${PREFIX}-* is missing: grant it to nhip-yte`,
    );
  });

  it('makes work wait for a privilege that is taken away later, and names it', async () => {
    proxy.withheld.add('write');
    const refusal = await open()
      .index({ index: `${PREFIX}-things`, document: {} })
      .catch((error: unknown) => translate(error));
    expect(refusal).toBeInstanceOf(StoreUnavailableError);
    expect((refusal as StoreUnavailableError).reason).toMatch(
      /grant the privilege.*create_doc,create,index,write/,
    );
  });

  it('needs no privileges where security is off', async () => {
    await checkElasticsearch(open({ elasticsearchUrls: [elasticsearchUrl ?? ''] }), PREFIX);
  });

  it('says that a cluster cannot be reached', async () => {
    const error = await refusalOf(open({ elasticsearchUrls: ['http://127.0.0.1:1'] }));
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect(String(error)).toMatch(/cannot be reached.*ELASTICSEARCH_URL/);
  });

  it('refuses credentials inside an address without repeating them, and a file that is not there', () => {
    const withPassword = () => open({ elasticsearchUrls: ['https://user:geheim@127.0.0.1'] });
    expect(withPassword).toThrow(ConfigError);
    expect(withPassword).not.toThrow(/geheim/);
    expect(() => open({ elasticsearchCa: 'no-such-file.pem' })).toThrow(/ELASTICSEARCH_CA must name a file/);
  });
});
