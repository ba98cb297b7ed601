import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CONFIG_FILES, gather, readConfigDir } from '../src/config-files.ts';
import { ConfigError } from '../src/errors.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'nhip-yte-config-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

function faultsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('readConfigDir', () => {
  it('reads the files of this repository', () => {
    const files = readConfigDir(join(import.meta.dirname, '../config'));
    expect(Object.keys(files)).toEqual([...CONFIG_FILES]);
    expect(files['outlets.yaml']).toContain('outlets:');
  });

  it('names every file that is missing', () => {
    writeFileSync(join(dir, 'a.yaml'), 'x: 1');
    expect(faultsOf(() => readConfigDir(dir, ['a.yaml', 'b.yaml', 'c.tsv']))).toEqual([
      `${join(dir, 'b.yaml')}: the file to exist`,
      `${join(dir, 'c.tsv')}: the file to exist`,
    ]);
  });

  it('refuses what is not UTF-8, and drops a byte order mark', () => {
    writeFileSync(join(dir, 'a.yaml'), Buffer.from([0x53, 0xf4]));
    expect(faultsOf(() => readConfigDir(dir, ['a.yaml']))).toEqual([`${join(dir, 'a.yaml')}: text in UTF-8`]);
    writeFileSync(join(dir, 'a.yaml'), '\uFEFFx: 1');
    expect(readConfigDir(dir, ['a.yaml'])).toEqual({ 'a.yaml': 'x: 1' });
  });

  it('refuses a folder in the place of a file', () => {
    expect(faultsOf(() => readConfigDir(join(dir, '..'), [dir.split('/').at(-1) ?? '']))[0]).toMatch(
      /EISDIR/,
    );
  });
});

describe('gather', () => {
  const failing =
    (...expected: string[]) =>
    () => {
      throw new ConfigError(expected.map((each) => ({ file: 'f', expected: each })));
    };

  it('returns every result under its name', () => {
    expect(gather({ a: () => 1, b: () => 'two' })).toEqual({ a: 1, b: 'two' });
  });

  it('throws the faults of all parsers together', () => {
    const run = () => gather({ a: failing('one', 'two'), b: () => 1, c: failing('three') });
    expect(faultsOf(run)).toEqual(['f: one', 'f: two', 'f: three']);
  });

  it('does not swallow a fault of ours', () => {
    const run = () =>
      gather({
        a: failing('one'),
        b: () => {
          throw new TypeError('a bug');
        },
      });
    expect(run).toThrow(TypeError);
  });
});
