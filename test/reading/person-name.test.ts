import { describe, expect, it } from 'vitest';

import { isName, splitNames, tidyNames } from '../../src/reading/person-name.ts';

function namesIn(text: string): string[] {
  return tidyNames(splitNames(text), new Set());
}

describe('names in a byline', () => {
  const cases: [string, string[]][] = [
    ['By Jane Doe and John Roe', ['Jane Doe', 'John Roe']],
    ['ByJane Doe', ['Jane Doe']],
    ['By Glen Muster And Brendan Beispiel For The Example On Sunday', ['Glen Muster', 'Brendan Beispiel']],
    ['Von Anna Schmidt und Max von der Heide', ['Anna Schmidt', 'Max von der Heide']],
    ['Por María José de la Cruz y Juan Pérez', ['María José de la Cruz', 'Juan Pérez']],
    ['Publié par Zoé Lefèvre', ['Zoé Lefèvre']],
    ['Veröffentlicht von Cem Beispiel', ['Cem Beispiel']],
    ['By Jane Doe , J.R. Roe, and Tom Muster, CNN', ['Jane Doe', 'J.R. Roe', 'Tom Muster']],
    ['THU VÍ DỤ - TH', ['THU VÍ DỤ', 'TH']],
    ['Báo Ví Dụ', []],
    ['Bảo Vân', ['Bảo Vân']],
    ['~ Cem Beispiel', ['Cem Beispiel']],
    ['Jane Doe, PhD', ['Jane Doe']],
    ['Jane Doe, Director of Education', ['Jane Doe']],
    ['Jane Doe Jane Doe', ['Jane Doe']],
    ['Jacobo Muestra | Publicado hace 3 horas', ['Jacobo Muestra']],
    ['Bài và ảnh: Nguyễn Văn Ví Dụ', ['Nguyễn Văn Ví Dụ']],
    ['Thúy Quỳnh - Lê Nga', ['Thúy Quỳnh', 'Lê Nga']],
    ['Minh Anh (tổng hợp)', ['Minh Anh']],
    ['Theo Reuters', []],
    ['Ảnh: Thành Nam', []],
    ['jane.doe@example.org', []],
    ['Zur Artikelübersicht', []],
    ['3. März 2021', []],
  ];
  for (const [text, names] of cases) it(text, () => expect(namesIn(text)).toEqual(names));

  it('are told from a sentence', () => {
    expect(isName('Projektleiterin der Stiftung in Tunesien')).toBe(false);
    expect(isName('von')).toBe(false);
    expect(isName('Ludwig van Muster')).toBe(true);
  });

  it('are looked for in linear time', () => {
    expect(namesIn('von '.repeat(100_000)).length).toBeLessThan(9);
    expect(namesIn(`By ${'a '.repeat(100_000)}`).length).toBeLessThan(9);
  });
});
