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
      'tử vong\t-1\tV\tharm\town',
      '# a comment',
      'tử vong\t-0.5\tV\tharm\town',
      'khen\t2\tV\tpraise\town',
      'chê\t-0.5\tV\tpraise\town',
      'x\t0.5\tV\tnonsense\town',
      'only two\tcolumns',
      'không\t0.6\tR\tnegator\town',
      'y\t\tN\tharm\town',
      'z\t-0.5\tQ\tharm\town',
      'chưa\t0\tR\tnegator\town',
      'v\t-0.5\tN\tharm\t',
      'w\t-0.5\tN\tharm\town\t\ta note\tone more',
    ].join('\n');
    const faults = faultsOf(text);
    expect(faults.map((fault) => Number(fault.split(':')[0]))).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    ]);
    expect(faults[0]).toContain('line 2');
  });

  it('wants a version and at least one term', () => {
    expect(faultsOf('tử vong\t-1\tN\tharm\town')).toHaveLength(2);
  });

  it('takes two spellings of one term for the same term', () => {
    expect(
      faultsOf('version\t1\nkhoẻ mạnh\t0.5\tA\tpraise\town\nKhỏe  mạnh\t0.5\tA\tpraise\town'),
    ).toHaveLength(1);
  });

  it('refuses a term that no text can match', () => {
    const faults = faultsOf('version\t1\n!!!\t0.5\tI\tpraise\town\nhết. thuốc\t-0.5\tV\tshortage\town');
    expect(faults).toEqual([expect.stringMatching(/^2: .*match/), expect.stringMatching(/^3: .*match/)]);
  });

  it('reads part of speech, what a term overrules, and its note', () => {
    const { terms } = parseLexicon(
      'version\t1\nqua khỏi\t0.6\tV\trescue\town\nkhông qua khỏi\t-1\tV\tharm\town\tqua khỏi\ta death\n',
      'lexicon.tsv',
    );
    expect(terms[0]).toEqual({
      term: 'qua khỏi',
      weight: 0.6,
      partOfSpeech: 'V',
      class: 'rescue',
      origin: 'own',
      overrules: [],
      isPolar: true,
    });
    expect(terms[1]).toMatchObject({ overrules: ['qua khỏi'], note: 'a death' });
  });

  it('leaves out of the folded index what folds to opposite signs', () => {
    const lexicon = parseLexicon(
      'version\t1\nđẹp\t0.5\tA\tpraise\town\nđép\t-0.5\tN\tharm\town\n',
      'lexicon.tsv',
    );
    expect(lexicon.foldedMatcher.longest(syllabify('dep'))).toEqual([]);
  });
});

describe('a term of the opposite sign inside another', () => {
  const short = 'qua khỏi\t0.6\tV\trescue\town';
  const long = 'không qua khỏi\t-1\tV\tharm\town';

  it('is refused while the longer one does not say so', () => {
    expect(faultsOf(`version\t1\n${short}\n${long}`)).toEqual([expect.stringMatching(/^3: `qua khỏi`/)]);
    expect(faultsOf(`version\t1\n${short}\n${long}\tqua khỏi`)).toEqual([]);
  });

  it('is no matter on half a syllable, of the same sign, or covered by a neutral term', () => {
    const covered = [
      'bệnh\t-0.1\tN\tillness\town',
      'bệnh viện\t0\tN\tneutral\town',
      'xây bệnh viện\t0.3\tV\tprogress\town',
      'đau\t-0.4\tA\tillness\town',
      'đau bệnh\t-0.4\tA\tillness\town',
      'đauu\t0.4\tA\tpraise\town',
    ];
    expect(faultsOf(`version\t1\n${covered.join('\n')}`)).toEqual([]);
  });

  it('may not be declared where there is none', () => {
    expect(faultsOf(`version\t1\n${short}\n${long}\tqua khỏi; tử vong`)).toEqual([
      expect.stringMatching(/^3: .*`tử vong`/),
    ]);
    expect(faultsOf(`version\t1\n${long}\tqua khỏi`)).toHaveLength(1);
  });
});
