import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type DiffPart, wordDiff } from '../../src/domain/word-diff.ts';

const without = (parts: readonly DiffPart[], kind: DiffPart['kind']) =>
  parts
    .filter((part) => part.kind !== kind)
    .map(({ text }) => text)
    .join('');

describe('wordDiff', () => {
  it('marks the words that changed and no others', () => {
    expect(wordDiff('Sáng nay có 3 ca tử vong.', 'Sáng nay có 5 ca tử vong.')).toEqual([
      { kind: 'same', text: 'Sáng nay có ' },
      { kind: 'removed', text: '3' },
      { kind: 'added', text: '5' },
      { kind: 'same', text: ' ca tử vong.' },
    ]);
  });

  it('reads runs of changed words as one change', () => {
    expect(wordDiff('Ông A nói dối.', 'Ông A đã đính chính.').map(({ kind }) => kind)).toEqual([
      'same',
      'removed',
      'added',
      'same',
    ]);
  });

  it('says nothing of texts that are the same', () => {
    expect(wordDiff('Một câu.', 'Một câu.')).toEqual([{ kind: 'same', text: 'Một câu.' }]);
    expect(wordDiff('', '')).toEqual([]);
    expect(wordDiff('', 'Mới.')).toEqual([{ kind: 'added', text: 'Mới.' }]);
  });

  it('always gives back both texts, whatever they are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.constantFrom('ca', 'tử', 'vong', '3', ' ', '\n', '.', '5'), { maxLength: 60 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, text, (before, after) => {
        const parts = wordDiff(before, after);
        expect(without(parts, 'added')).toBe(before);
        expect(without(parts, 'removed')).toBe(after);
      }),
    );
  });

  it.each([
    ['nothing in common', (at: number) => [`a${at}`, `b${at}`]],
    ['everything in another place', (at: number) => [`w${at}`, `w${(at * 7919) % 100_000}`]],
    ['short lines', (at: number) => [`l${at}\n`, `l${at + 50_000}\n`]],
  ])(
    'tells long texts apart that have %s',
    (_what, word) => {
      const words = Array.from({ length: 100_000 }, (_, at) => word(at));
      const [before, after] = [0, 1].map((side) => words.map((pair) => pair[side]).join(' ')) as [
        string,
        string,
      ];
      const parts = wordDiff(before, after);
      expect(without(parts, 'added')).toBe(before);
      expect(without(parts, 'removed')).toBe(after);
    },
    120_000,
  );
});
