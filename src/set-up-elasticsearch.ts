/** Composition of `nhip-yte setup`: configuration and Elasticsearch, and nothing else of the program. */
import { setTimeout as sleep } from 'node:timers/promises';

import { checkElasticsearch, createElasticsearchClient } from './adapters/elasticsearch/client.ts';
import { INDEX_DEFINITIONS } from './adapters/elasticsearch/index-definitions.ts';
import { type SetUpEvent, setUp } from './adapters/elasticsearch/setup.ts';
import type { Config } from './config.ts';
import { ConfigError, StoreUnavailableError } from './errors.ts';

/** Between two attempts while Elasticsearch starts. */
const LOOK_EVERY_MS = 2000;

/**
 * Makes the configured Elasticsearch ready: checks, index templates, indices, migration. Safe to run again.
 *
 * @param say  told each thing done, one line at a time
 * @param waitMs  how long to wait for an Elasticsearch that does not answer yet
 * @throws {ConfigError} if it cannot be used as it is set up
 * @throws {StoreUnavailableError} if it has not answered in time, or goes away meanwhile
 */
export async function setUpElasticsearch(
  config: Config,
  say: (line: string) => void,
  waitMs: number,
): Promise<void> {
  const { elasticsearchUrls, elasticsearchPrefix: prefix } = config;
  if (elasticsearchUrls.length === 0) {
    throw new ConfigError([
      { file: 'environment', expected: 'ELASTICSEARCH_URL to say where Elasticsearch is' },
    ]);
  }
  const client = createElasticsearchClient(config);
  try {
    await onceServing(() => checkElasticsearch(client, prefix), say, waitMs);
    await setUp(client, prefix, INDEX_DEFINITIONS, {
      report: (event) => {
        const line = lineOf(event);
        if (line !== undefined) say(line);
      },
    });
    say(`Elasticsearch đã sẵn sàng cho ${prefix} / Elasticsearch is ready for ${prefix}`);
  } finally {
    await client.close();
  }
}

async function onceServing(
  attempt: () => Promise<void>,
  say: (line: string) => void,
  waitMs: number,
): Promise<void> {
  const until = performance.now() + waitMs;
  let told = '';
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || performance.now() >= until) throw error;
      if (error.reason !== told) say(`Đang chờ Elasticsearch / waiting: ${error.reason}`);
      told = error.reason;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

function lineOf(event: SetUpEvent): string | undefined {
  switch (event.kind) {
    case 'waiting':
      return `Đang chờ tiến trình khác cài đặt xong / waiting for another setup (${event.holder})`;
    case 'created':
      return `Đã tạo / created: ${event.index}`;
    case 'dropped':
      return `Đã xóa phần còn lại của phiên bản cũ / dropped a leftover: ${event.index}`;
    case 'migrating':
      return event.step === 'created'
        ? `Đang chuyển sang phiên bản mới / migrating: ${event.from} → ${event.to}`
        : undefined;
    case 'migrated':
      return (
        `Đã chuyển ${event.documents} tài liệu / migrated ${event.documents} documents: ${event.to} ` +
        `(writers waited ${(event.heldMs / 1000).toFixed(1)} s)`
      );
  }
}
