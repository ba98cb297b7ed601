import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

import { INDEX_DEFINITIONS } from '../../src/adapters/elasticsearch/index-definitions.ts';
import { fieldsOfMapping, type MappedField } from '../support/dashboards/mapped-fields.ts';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/esql.md'), 'utf8');
const examples = [...text.matchAll(/```esql\n([\s\S]*?)```/g)].map(([, query = '']) => query);

/** Words of the language that our examples use; an unknown word is taken for a field, so a slip shows. */
const WORDS = new Set(
  [
    'FROM METADATA WHERE EVAL STATS BY SORT LIMIT KEEP MV_EXPAND AND OR NOT IS NULL ASC DESC true false',
    'NOW COUNT COUNT_DISTINCT SUM AVG MIN MAX MEDIAN PERCENTILE ROUND CASE DATE_TRUNC DATE_DIFF TO_DATETIME',
    'MATCH day days hours _score',
  ]
    .join(' ')
    .split(' '),
);

/** Types that each function takes as its first argument. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  AVG: ['float', 'double', 'integer', 'long'],
  PERCENTILE: ['float', 'double', 'integer', 'long'],
  DATE_TRUNC: ['date'],
  MATCH: ['text', 'keyword'],
};

interface Used {
  readonly name: string;
  readonly inFunction: string | undefined;
}

/** Fields a query reads: its words less those of the language, those it names itself, and what stands in quotes. */
function fieldsRead(query: string): Used[] {
  const bare = query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replace(/^FROM \S+/m, 'FROM');
  const own = new Set([...bare.matchAll(/([A-Za-z]\w*) =(?!=)/g)].map(([, name = '']) => name));
  return [...bare.matchAll(/(?:\b([A-Z_]+)\()?\b([A-Za-z_][\w.]*)(?!\w*\()/g)]
    .map(([, inFunction, name = '']) => ({ name, inFunction }))
    .filter(({ name }) => !WORDS.has(name) && !own.has(name));
}

describe('ES|QL examples', () => {
  it('are read', () => {
    expect(examples.length).toBeGreaterThan(10);
    expect(fieldsRead('FROM x\n| EVAL a = ROUND(b.c, 1)\n| STATS n = COUNT(*) BY a, "d e"')).toEqual([
      { name: 'b.c', inFunction: 'ROUND' },
    ]);
  });

  it.each(examples.map((query) => [query] as const))('%s', (query) => {
    const kind = /^FROM nhip-yte-(\S+)/.exec(query)?.[1];
    const definition = INDEX_DEFINITIONS.find((each) => each.kind === kind);
    expect(definition).toBeDefined();
    const fields: ReadonlyMap<string, MappedField> = fieldsOfMapping(definition?.mappings ?? {});
    const used = fieldsRead(query);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(({ name }) => !fields.has(name)).map(({ name }) => name)).toEqual([]);
    const unfit = used.filter(({ name, inFunction = '' }) => {
      const taken = TAKES[inFunction];
      return taken !== undefined && !taken.includes(fields.get(name)?.type ?? '');
    });
    expect(unfit).toEqual([]);
  });
});
