import { describe, expect, it } from 'vitest';

import { syllabify } from '../../src/language/syllables.ts';
import { createTermMatcher } from '../../src/language/term-matcher.ts';

const matcher = (terms: string[], folded = false) =>
  createTermMatcher(
    terms.map((term) => [term, term]),
    { abbreviated: true, folded },
  );
const found = (terms: string[], text: string) =>
  matcher(terms)
    .longest(syllabify(text))
    .map(({ value }) => value);

describe('abbreviations', () => {
  it('finds what is spelled out in its short form, and within longer terms the other way round', () => {
    expect(found(['trục lợi bảo hiểm y tế'], 'Trục lợi BHYT')).toEqual(['trục lợi bảo hiểm y tế']);
    expect(found(['được bhyt chi trả'], 'thuốc được bảo hiểm y tế chi trả')).toEqual(['được bhyt chi trả']);
    expect(found(['bác sĩ bệnh viện'], 'bác sĩ BV, BS bệnh viện, BS BV')).toHaveLength(3);
  });

  it('does not spell out what is an abbreviation and nothing else', () => {
    expect(found(['byt'], 'Bộ Y tế')).toEqual([]);
  });

  it('lets a term that is written so come first', () => {
    expect(found(['sốt xuất huyết', 'sxh'], 'ca SXH')).toEqual(['sxh']);
  });

  it('works without diacritics', () => {
    expect(matcher(['đại biểu quốc hội'], true).longest(syllabify('DBQH'))).toHaveLength(1);
  });

  it('reads what is typed short, as long as it is typed in lower case', () => {
    expect(found(['không', 'được'], 'ko đc khám, thắng KO')).toEqual(['không', 'được']);
  });

  it('ends no sentence at the full stop of an abbreviation', () => {
    expect(found(['thành phố hồ chí minh', 'tp hồ chí minh'], 'Ở TP. Hồ Chí Minh')).toEqual([
      'tp hồ chí minh',
    ]);
    expect(found(['khỏe sau'], 'Đã khỏe. Sau đó')).toEqual([]);
  });
});
