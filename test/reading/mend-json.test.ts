import { describe, expect, it } from 'vitest';

import { mendJson } from '../../src/reading/mend-json.ts';

describe('JSON printed by a template is mended', () => {
  const cases: [string, string, unknown][] = [
    [
      'where a quotation mark inside a string is not escaped',
      '{"a":"she said "no", twice","b":1}',
      { a: 'she said "no", twice', b: 1 },
    ],
    ['where a string holds a line feed', '{"a":"one\ntwo"}', { a: 'one two' }],
    ['where a comma trails', '{"a":[1,2,],}', { a: [1, 2] }],
    ['where a comma is missing', '{"a":"x"\n"b":"y"}', { a: 'x', b: 'y' }],
    ['where an escape is none', '{"a":"it\\\'s \\d"}', { a: "it's d" }],
    ['where several documents stand in a row', '{"a":1}\n{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['where the end is cut off', '{"a":{"b":["c","d', { a: { b: ['c', 'd'] } }],
    ['where a bracket too many closes it', '{"a":1}}', { a: 1 }],
    ['where comments stand in it', '{ // one\n"a": 1 /* two */ }', { a: 1 }],
    ['where quotation marks were written as entities', '{&quot;a&quot;:&quot;b&quot;}', { a: 'b' }],
  ];
  for (const [claim, source, value] of cases) {
    it(claim, () => expect(JSON.parse(mendJson(source))).toEqual(value));
  }

  it('and what is right stays as it is', () => {
    const value = { a: ['x, "y": z', 'ă\u2028\n\t\\'], b: { c: null, d: -1.5e3, e: '' }, f: true };
    expect(JSON.parse(mendJson(JSON.stringify(value)))).toEqual(value);
    expect(JSON.parse(mendJson(JSON.stringify(value, null, 2)))).toEqual(value);
  });

  it('in linear time whatever the text', () => {
    for (const piece of ['"', '{', '["', ',}', '{"a" ', '" ', '{}  ', '/*', '\\']) {
      expect(mendJson(piece.repeat(200_000))).toBeTypeOf('string');
    }
  });
});
