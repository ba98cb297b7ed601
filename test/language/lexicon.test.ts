import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/errors.ts';
import { parseLexicon } from '../../src/language/lexicon.ts';
import { syllabify } from '../../src/language/syllables.ts';

const shipped = readFileSync(new URL('../../config/lexicon.tsv', import.meta.url), 'utf8');

function faultsOf(text: string): string[] {
  try {
    parseLexicon(text, 'lexicon.tsv');
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ line, expected }) => `${line}: ${expected}`);
    throw error;
  }
  return [];
}

describe('parseLexicon', () => {
  it('reads the lexicon that ships', () => {
    const lexicon = parseLexicon(shipped, 'lexicon.tsv');
    expect(lexicon.version).toMatch(/^\d{4}\./);
    expect(lexicon.terms.length).toBeGreaterThan(1500);
  });

  it('names every fault with its line', () => {
    const text = [
      'version\t1',
      'tử vong\t-1\tharm\town',
      '# a comment',
      'tử vong\t-0.5\tharm\town',
      'khen\t2\tpraise\town',
      'khen\t-0.5\tpraise\town',
      'x\t0.5\tnonsense\town',
      'only two\tcolumns',
      'không\t0.6\tnegator\town',
      'y\t\tharm\town',
    ].join('\n');
    const faults = faultsOf(text);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['4', '5', '6', '7', '8', '9', '10']);
    expect(faults[0]).toContain('line 2');
  });

  it('wants a version and at least one term', () => {
    expect(faultsOf('tử vong\t-1\tharm\town')).toHaveLength(2);
  });

  it('takes two spellings of one term for the same term', () => {
    expect(faultsOf('version\t1\nkhoẻ mạnh\t0.5\tpraise\town\nkhỏe mạnh\t0.5\tpraise\town')).toHaveLength(1);
  });

  it('leaves out of the folded index what folds to opposite signs', () => {
    const lexicon = parseLexicon('version\t1\nđẹp\t0.5\tpraise\town\nđép\t-0.5\tharm\town\n', 'lexicon.tsv');
    expect(lexicon.foldedMatcher.longest(syllabify('dep'))).toEqual([]);
  });
});
