import { Cluster, type Redis } from 'ioredis';

import type { RedisConnection } from './connection.ts';

const SCAN_COUNT = 500;

/** Drops every key whose name begins so, without holding up others. */
export async function dropKeys({ calls }: Pick<RedisConnection, 'calls'>, begins: string): Promise<void> {
  const nodes: Redis[] = calls instanceof Cluster ? calls.nodes('master') : [calls];
  // Braces have no meaning to Redis' patterns, but these would.
  const pattern = `${begins.replace(/[\\*?[\]]/g, '\\$&')}*`;
  for (const node of nodes) {
    for (let cursor = '0'; ; ) {
      const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT);
      if (keys.length > 0) await node.unlink(...keys);
      cursor = next;
      if (cursor === '0') break;
    }
  }
}
