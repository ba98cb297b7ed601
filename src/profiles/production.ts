import type { Logger } from 'pino';

import type { Config } from '../config.ts';
import { ConfigError } from '../errors.ts';
import type { Backing } from './backing.ts';

export async function openProduction(_config: Config, _log: Logger): Promise<Backing> {
  throw new ConfigError([{ file: 'environment', expected: 'PROFILE: production is being built' }]);
}
