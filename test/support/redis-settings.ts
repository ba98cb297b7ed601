import type { RedisSettings } from '../../src/adapters/redis/connection.ts';

/** Settings of Redis as an empty environment gives them, but for those given. */
export function redisSettings(given: Partial<RedisSettings>): RedisSettings {
  return {
    redisUrl: undefined,
    redisCa: undefined,
    redisSentinels: [],
    redisSentinelMaster: 'mymaster',
    redisSentinelPassword: undefined,
    redisCluster: [],
    redisPrefix: 'nhip-yte',
    ...given,
  };
}
