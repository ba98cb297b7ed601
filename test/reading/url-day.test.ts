import { describe, expect, it } from 'vitest';

import { urlDay } from '../../src/reading/url-day.ts';

describe('the day in an address', () => {
  const cases: [string, string | undefined][] = [
    ['https://bao.example/2023/11/02/tin', '2023-11-02'],
    ['https://bao.example/2023-11/02/c_1125597921.htm', '2023-11-02'],
    ['https://bao.example/tin-2023-11-2.html', '2023-11-02'],
    ['https://bao.example/20231102/tin', '2023-11-02'],
    ['https://bao.example/tin-tuc-20231102155332123.htm', '2023-11-02'],
    ['https://bao.example/noticia-nid02112023/', '2023-11-02'],
    ['https://bao.example/news/02-11-2023-title/17.html', '2023-11-02'],
    ['https://web.archive.org/web/20131110121040/http://bao.example/tin', undefined],
    ['https://web.archive.org/web/20131110121040/http://bao.example/2012/03/04/tin', '2012-03-04'],
    ['https://bao.example/2023/11/tin', undefined],
    ['https://bao.example/2023/02/31/tin', undefined],
    ['https://bao.example/id=20239999', undefined],
    ['https://bao.example/tin-4672302.html', undefined],
    ['https://20231102.example/tin', undefined],
  ];
  for (const [url, day] of cases) it(url, () => expect(urlDay(url)).toBe(day));
});
