import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { parseYaml } from '../../src/domain/yaml-document.ts';
import { ConfigError } from '../../src/errors.ts';

const schema = z.strictObject({
  outlets: z.array(
    z.strictObject({
      id: z.string(),
      tier: z.enum(['national', 'provincial']),
      pace: z.union([z.int(), z.literal('slow')]).optional(),
    }),
  ),
});

function faultsOf(text: string): string[] {
  try {
    parseYaml('outlets.yaml', text, schema);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('parseYaml', () => {
  it('returns what the schema makes of a sound file, in NFC', () => {
    const text = 'outlets:\n  - id: "Sở"\n    tier: national\n'.normalize('NFD');
    expect(parseYaml('outlets.yaml', text, schema)).toEqual({
      outlets: [{ id: 'Sở'.normalize('NFC'), tier: 'national' }],
    });
  });

  it('names every fault with file, line, path and what was expected', () => {
    const faults = faultsOf(
      ['# head', 'outlets:', '  - id: 7', '    tier: regional', '  - tier: national', '    colour: red'].join(
        '\n',
      ),
    );
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatch(/^outlets\.yaml:3: outlets\[0\]\.id: expected string, received number$/);
    expect(faults[1]).toMatch(/^outlets\.yaml:4: outlets\[0\]\.tier: .*"national"\|"provincial"/);
    expect(faults[2]).toMatch(/^outlets\.yaml:5: outlets\[1\]\.id: expected string, but it is missing$/);
    expect(faults[3]).toBe('outlets.yaml:6: no key "colour" in outlets[1]');
  });

  it('says what each branch of a union wanted', () => {
    const faults = faultsOf('outlets:\n  - id: a\n    tier: national\n    pace: fast\n');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^outlets\.yaml:4: outlets\[0\]\.pace: .*, or .*"slow"/);
  });

  it('lists every fault of syntax with its line', () => {
    const faults = faultsOf('outlets:\n  - id: a\n    id: b\n  - {tier: national\n');
    expect(faults.length).toBeGreaterThanOrEqual(2);
    expect(faults[0]).toMatch(/^outlets\.yaml:3: valid YAML: .*unique/i);
  });

  it('refuses a file that expands aliases without end', () => {
    const bomb = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`).join(
      '\n',
    );
    expect(faultsOf(`l0: &l0 [x]\n${bomb}\n`)[0]).toMatch(/alias/i);
  });

  it('treats an empty file as a fault and not as an empty list', () => {
    expect(faultsOf('')).toHaveLength(1);
  });

  it('has a fault to name, and never another error, whatever the file holds', () => {
    const line = fc.constantFrom(
      'outlets:',
      '- id: a',
      '  - id: a',
      '    tier: national',
      '*a',
      '&a x',
      '? [',
      '{',
      '<<: *a',
      '%YAML 9',
      '---',
      '!!set {',
      '"',
      '|',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
        ),
        (text) => {
          for (const fault of faultsOf(text)) expect(fault).toMatch(/^outlets\.yaml/);
        },
      ),
      { numRuns: 500 },
    );
    expect(faultsOf('['.repeat(50_000)).length).toBeGreaterThan(0);
  });
});
