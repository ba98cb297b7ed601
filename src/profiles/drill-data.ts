import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Logger } from 'pino';

import { createElasticsearchClient } from '../adapters/elasticsearch/client.ts';
import { openRedis } from '../adapters/redis/connection.ts';
import { dropKeys } from '../adapters/redis/drop-keys.ts';
import type { Config } from '../config.ts';

/** What a drill's names end in: nothing else is ever dropped here. */
const DRILL_PREFIX = /^(.+-drill-\d{8}t\d{6})(?:-|$)/;

/** Drills that are older than this have crashed. */
const STALE_MS = 24 * 3_600_000;

/** The configuration of a data set of a drill's own, beside what the program has stored and apart from it. */
export function drillConfig(config: Config, now: Date): Config {
  const end = `drill-${now.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()}`;
  return {
    ...config,
    dataDir: mkdtempSync(join(tmpdir(), 'nhip-yte-drill-')),
    redisPrefix: `${config.redisPrefix}-${end}`,
    elasticsearchPrefix: `${config.elasticsearchPrefix}-${end}`,
  };
}

/**
 * Removes all that a drill has stored, and what drills of the same installation that crashed have left.
 *
 * @param config  as `drillConfig` made it
 */
export async function removeDrill(config: Config, log: Logger, now: Date): Promise<void> {
  rmSync(config.dataDir, { recursive: true, force: true });
  if (config.profile !== 'production') return;
  const client = createElasticsearchClient(config);
  const redis = openRedis(config, log);
  try {
    const installation = config.elasticsearchPrefix.replace(/-drill-\d{8}t\d{6}$/, '');
    const names = Object.keys(await client.indices.get({ index: `${installation}-drill-*` }));
    const prefixes = new Set(names.flatMap((name) => DRILL_PREFIX.exec(name)?.[1] ?? []));
    for (const prefix of prefixes) {
      if (prefix !== config.elasticsearchPrefix && !isStale(prefix, now)) continue;
      // By name: a server may refuse to delete by pattern.
      for (const index of names.filter((name) => name.startsWith(`${prefix}-`)))
        await client.indices.delete({ index, ignore_unavailable: true });
      const { index_templates } = await client.indices.getIndexTemplate({ name: `${prefix}-*` });
      for (const { name } of index_templates)
        await client.indices.deleteIndexTemplate({ name }, { ignore: [404] });
      const end = prefix.slice(installation.length);
      const { redisPrefix } = config;
      await dropKeys(redis, `{${redisPrefix.replace(/-drill-\d{8}t\d{6}$/, '')}${end}}:`);
    }
  } finally {
    await client.close();
    await redis.close();
  }
}

/** `…-drill-20261123t114500` of long ago. */
function isStale(prefix: string, now: Date): boolean {
  const [, date = '', time = ''] = /(\d{8})t(\d{6})$/.exec(prefix) ?? [];
  const at = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.replace(/..(?=.)/g, '$&:')}Z`;
  return now.getTime() - Date.parse(at) > STALE_MS;
}
