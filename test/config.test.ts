import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';

import type { Config } from '../src/config.ts';
import { envExample, loadConfig, redacted } from '../src/config.ts';
import { ConfigError } from '../src/errors.ts';

function faultsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ expected }) => expected);
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('needs no variable at all', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      dataDir: 'data',
      consoleHost: '127.0.0.1',
      consolePort: 8190,
      consoleUrl: 'http://127.0.0.1:8190',
      fetchMaxBytes: 5_000_000,
      allowPrivateHosts: [],
      mailTo: [],
    });
    expect(config.smtpUrl).toBeUndefined();
    expectTypeOf<Config['logLevel']>().toEqualTypeOf<
      'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
    >();
    expectTypeOf<Config['smtpUrl']>().toEqualTypeOf<string | undefined>();
  });

  it('gives an object that cannot be changed', () => {
    const config = loadConfig({ MAIL_TO: 'a@b.vn', MAIL_FROM: 'a@b.vn', SMTP_URL: 'smtp://localhost' });
    expect(() => Object.assign(config, { dataDir: 'elsewhere' })).toThrow(TypeError);
    expect(() => (config.mailTo as string[]).push('c@d.vn')).toThrow(TypeError);
  });

  it('counts an empty variable as unset', () => {
    expect(loadConfig({ CONSOLE_PORT: '', SMTP_URL: '  ' })).toEqual(loadConfig({}));
  });

  it('lists every fault at once', () => {
    const faults = faultsOf({
      CONSOLE_PORT: '80o0',
      LOG_LEVEL: 'loud',
      WEBHOOK_URL: 'ftp://example.vn',
      MAIL_TO: 'nobody',
      ALLOW_PRIVATE_HOSTS: '127.0.0.1:99999',
      USER_AGENT: 'Nhịp/1',
    });
    expect(faults).toHaveLength(6);
    expect(faults).toContain('CONSOLE_PORT must be a whole number from 0 to 65535, not "80o0"');
  });

  it.each([
    [{ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'a@b.vn' }, ['MAIL_TO', 'SMTP_URL']],
    [{ SMTP_URL: 'smtp://localhost', MAIL_TO: 'a@b.vn' }, ['MAIL_FROM', 'SMTP_URL']],
    [{ MAIL_TO: 'a@b.vn' }, ['SMTP_URL', 'MAIL_TO']],
    [{ WEBHOOK_URL: 'https://example.vn/hook' }, ['WEBHOOK_SECRET', 'WEBHOOK_URL']],
    [{ FETCH_TIMEOUT_MS: '5000' }, ['FETCH_CONNECT_TIMEOUT_MS', 'FETCH_TIMEOUT_MS']],
  ])('names both variables where they contradict each other: %o', (env, names) => {
    const faults = faultsOf(env);
    expect(faults).toHaveLength(1);
    for (const name of names) expect(faults[0]).toContain(name);
  });

  it('allows what stands just inside those rules', () => {
    expect(faultsOf({ PAGE_RETENTION_DAYS: '1' })).toEqual([]);
    expect(faultsOf({ PAGE_RETENTION_DAYS: '0' })).toHaveLength(1);
    expect(faultsOf({ FETCH_TIMEOUT_MS: '10000' })).toEqual([]);
  });

  it('reads when articles are looked at again, never for off', () => {
    expect(loadConfig({}).revisitAfterHours).toEqual([1, 6, 24, 168]);
    expect(loadConfig({ REVISIT_AFTER_HOURS: '0.5, 2' }).revisitAfterHours).toEqual([0.5, 2]);
    expect(loadConfig({ REVISIT_AFTER_HOURS: 'off' }).revisitAfterHours).toEqual([]);
    for (const faulty of [
      '6,1',
      '1,1',
      '0',
      'soon',
      '1,,2',
      '-1',
      Array(13)
        .fill(0)
        .map((_, at) => at + 1)
        .join(),
    ])
      expect(faultsOf({ REVISIT_AFTER_HOURS: faulty }), faulty).toHaveLength(1);
  });

  it('does not blame a second variable for the first one being malformed', () => {
    expect(faultsOf({ SMTP_URL: 'smtp://localhost', MAIL_FROM: 'a@b.vn', MAIL_TO: 'nobody' })).toHaveLength(
      1,
    );
  });

  it('adds the contact to the User-Agent', () => {
    expect(loadConfig({ CONTACT: 'https://example.vn/bot' }).userAgent).toBe(
      'nhip-yte/0.1 (+https://example.vn/bot)',
    );
  });

  it.each([
    [{ CONSOLE_HOST: '0.0.0.0', CONSOLE_PORT: '9000' }, 'http://127.0.0.1:9000'],
    [{ CONSOLE_HOST: '::1' }, 'http://[::1]:8190'],
    [{ CONSOLE_URL: 'https://nhip.example.vn/' }, 'https://nhip.example.vn'],
  ])('knows where the console is reached: %o', (env, url) => {
    expect(loadConfig(env).consoleUrl).toBe(url);
  });

  it('takes hosts, ports, addresses and ranges as exceptions', () => {
    const rules = 'localhost, newsroom.test:8080,127.0.0.1:9000,[::1]:9000,10.0.0.0/8,fd00::/8';
    expect(loadConfig({ ALLOW_PRIVATE_HOSTS: rules }).allowPrivateHosts).toEqual([
      'localhost',
      'newsroom.test:8080',
      '127.0.0.1:9000',
      '[::1]:9000',
      '10.0.0.0/8',
      'fd00::/8',
    ]);
  });
});

describe('secrets', () => {
  const env = {
    SMTP_URL: 'smtp://officer:hunter2@mail.example.vn',
    MAIL_FROM: 'a@b.vn',
    MAIL_TO: 'c@d.vn',
    WEBHOOK_URL: 'https://user:hunter2@hooks.example.vn/x',
    WEBHOOK_SECRET: 'hunter2-hunter2-hunter2',
  };

  it('never reach a log', () => {
    const shown = redacted(loadConfig(env));
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(shown).toMatchObject({ smtpUrl: '***', webhookSecret: '***', mailTo: ['c@d.vn'] });
    expect(shown.webhookUrl).toBe('https://***@hooks.example.vn/x');
  });

  it('never reach an error message', () => {
    const faults = faultsOf({
      ...env,
      SMTP_URL: 'http://hunter2',
      WEBHOOK_SECRET: 'hunter2',
      WEBHOOK_URL: 'ftp://a:hunter2@b',
    });
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('hunter2');
  });
});

describe('WEBHOOK_SECRET', () => {
  const bytes = (count: number) => `whsec_${Buffer.alloc(count, 7).toString('base64')}`;

  it.each(['a phrase of its own', bytes(24), bytes(64)])('may be %s', (secret) => {
    expect(faultsOf({ WEBHOOK_SECRET: secret })).toEqual([]);
  });

  it.each(['too short', bytes(23), bytes(65), 'whsec_not base64 at all, but long'])(
    'may not be %s',
    (secret) => {
      expect(faultsOf({ WEBHOOK_SECRET: secret })).toHaveLength(1);
    },
  );
});

describe('config/.env.example', () => {
  const path = join(import.meta.dirname, '../config/.env.example');

  it('is what src/config.ts says: write it again with envExample() where this fails', () => {
    expect(readFileSync(path, 'utf8')).toBe(envExample());
  });

  it('holds the defaults: taken literally it changes nothing', () => {
    const env = Object.fromEntries(
      [...envExample().matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
    );
    expect(Object.keys(env).length).toBeGreaterThan(15);
    expect(loadConfig(env)).toEqual(loadConfig({}));
  });
});
