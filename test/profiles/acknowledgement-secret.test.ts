import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';

import { loadConfig } from '../../src/config.ts';
import { openAcknowledgementKey } from '../../src/profiles/acknowledgement-secret.ts';

const SECRET = 'a secret of thirty-two characters';

it('makes a secret for the embedded profile once, for nobody else to read', () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'nhip-yte-secret-')), 'data');
  const config = loadConfig({ DATA_DIR: dataDir });
  const key = openAcknowledgementKey(config);
  expect(key).toHaveLength(32);
  expect(openAcknowledgementKey(config)).toEqual(key);
  const file = join(dataDir, 'acknowledge-secret');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toMatch(/^[\w-]{43}$/);
  expect(openAcknowledgementKey(loadConfig({ DATA_DIR: dataDir, ACKNOWLEDGE_SECRET: SECRET }))).not.toEqual(
    key,
  );
});

it('gives every process of the production profile the same key, or none where no secret is set', () => {
  const servers = { PROFILE: 'production', REDIS_URL: 'redis://a', ELASTICSEARCH_URL: 'http://b' };
  expect(openAcknowledgementKey(loadConfig(servers))).toBeUndefined();
  const keys = ['one', 'two'].map((DATA_DIR) =>
    openAcknowledgementKey(loadConfig({ ...servers, DATA_DIR, ACKNOWLEDGE_SECRET: SECRET })),
  );
  expect(keys[0]).toBeDefined();
  expect(keys[1]).toEqual(keys[0]);
});
