import { describe, expect, it } from 'vitest';

import type { PolicyDocument } from '../../src/language/policy-document-registry.ts';
import { misquotedFacts } from '../../src/reports/misquoted-facts.ts';
import { policyPhases, policyReport, upcomingPolicies } from '../../src/reports/policy-coverage.ts';
import { anArticle } from '../support/factories.ts';

/** No such document exists. */
const document: PolicyDocument = {
  id: '9999-2026-nd-cp',
  number: '9999/2026/NĐ-CP',
  name: 'Nghị định 9999/2026/NĐ-CP',
  aliases: [],
  short: false,
  issuedAt: '2026-01-10',
  effectiveAt: '2026-03-01',
  clauses: [{ id: 'fee', name: 'Mức hưởng', terms: ['mức hưởng'] }],
  facts: [
    { id: 'share', says: 'Quỹ chi trả 80 % chi phí.', terms: ['chi trả'], value: 80, unit: '%' },
    {
      id: 'effect',
      says: 'Nghị định có hiệu lực từ 01/03/2026.',
      terms: ['có hiệu lực'],
      value: '2026-03-01',
    },
    { id: 'term', says: 'Đơn thuốc dùng trong 3 tháng.', terms: ['đơn thuốc'], value: 3, unit: 'tháng' },
  ],
};

function saying(body: string, others: readonly string[] = []) {
  const mentions = [document.number, ...others].map((number, at) => {
    const start = 'Tin\n\n'.length + body.indexOf(number);
    const id = at === 0 ? document.id : number;
    return { kind: 'policy-document' as const, id, name: number, start, end: start + number.length };
  });
  return anArticle({ title: 'Tin', summary: '', body, mentions });
}
const found = (body: string, others?: readonly string[]) =>
  misquotedFacts(document, [saying(body, others)]).map((one) => one.found);

describe('misquotedFacts', () => {
  it('finds another percentage, day and number of the same unit', () => {
    expect(found('Theo Nghị định 9999/2026/NĐ-CP, quỹ chi trả 70% chi phí.')).toEqual(['70%']);
    expect(found('Nghị định 9999/2026/NĐ-CP có hiệu lực từ 15/3/2026.')).toEqual(['15/03/2026']);
    expect(found('Theo Nghị định 9999/2026/NĐ-CP, đơn thuốc dùng trong 2 tháng.')).toEqual(['2 tháng']);
    expect(found('Nghị định 9999/2026/NĐ-CP vừa ban hành. Quỹ chi trả 70% chi phí.')).toEqual(['70%']);
  });

  it('leaves alone what is right, vague, compared, proposed, or said of another document', () => {
    for (const right of [
      'Theo Nghị định 9999/2026/NĐ-CP, quỹ chi trả 80% chi phí.',
      'Theo Nghị định 9999/2026/NĐ-CP, quỹ chi trả 80% chi phí, tăng từ 70%.',
      'Theo Nghị định 9999/2026/NĐ-CP, trước đây quỹ chi trả 70% chi phí.',
      'Theo Nghị định 9999/2026/NĐ-CP, đơn thuốc dùng trong khoảng 2 tháng.',
      'Nghị định 9999/2026/NĐ-CP có hiệu lực từ 1/3/2026.',
      'Nghị định 9999/2026/NĐ-CP được đề xuất chi trả 70%.',
      'Nghị định 9999/2026/NĐ-CP ra đời. Có người vui. Quỹ từ thiện chi trả 70% chi phí.',
    ]) {
      expect(found(right), right).toEqual([]);
    }
    expect(found('Khác với 1/2020/NĐ-CP, theo 9999/2026/NĐ-CP quỹ chi trả 70%.', ['1/2020/NĐ-CP'])).toEqual(
      [],
    );
  });
});

describe('the day of effect', () => {
  const bare = { ...document, facts: [] };
  const told = (body: string) => misquotedFacts(bare, [saying(body)]).map((one) => one.found);

  it('is held against what is written without being put down as a fact', () => {
    expect(told('Nghị định 9999/2026/NĐ-CP có hiệu lực từ 15/3/2026.')).toEqual(['15/03/2026']);
    expect(told('Nghị định 9999/2026/NĐ-CP có hiệu lực từ ngày 15 tháng 3 năm 2026.')).toEqual([
      '15/03/2026',
    ]);
    expect(told('Nghị định 9999/2026/NĐ-CP có hiệu lực từ ngày 1 tháng 3 năm 2026.')).toEqual([]);
  });

  it('says nothing of parts with a day of their own, nor of what it replaces', () => {
    for (const right of [
      'Riêng Điều 5 của Nghị định 9999/2026/NĐ-CP có hiệu lực từ 1/1/2027.',
      'Nghị định 9999/2026/NĐ-CP có hiệu lực từ 1/7/2009.',
    ]) {
      expect(told(right), right).toEqual([]);
    }
    expect(policyReport(bare, [], 0, '', new Date()).facts).toMatchObject([
      { value: '01/03/2026', misquoted: 0 },
    ]);
    expect(policyReport({ ...bare, effectiveAt: undefined }, [], 0, '', new Date()).facts).toEqual([]);
  });
});

describe('policyPhases', () => {
  it('cuts time at the dates that are known', () => {
    expect(policyPhases(document)).toEqual([
      { phase: 'before-draft', to: '2026-01-09' },
      { phase: 'signed', from: '2026-01-10', to: '2026-02-28' },
      { phase: 'in-effect', from: '2026-03-01' },
    ]);
    expect(policyPhases({ ...document, effectiveAt: '2026-01-10' }).map(({ phase }) => phase)).toEqual([
      'before-draft',
      'in-effect',
    ]);
  });
});

describe('policyReport', () => {
  it('counts articles in their phase, clauses and the questions that are asked', () => {
    const articles = [
      {
        ...saying('Nghị định 9999/2026/NĐ-CP đổi mức hưởng. Nhiều nơi còn vướng mắc về mức hưởng.'),
        firstSeenAt: '2026-02-28T16:59:00.000Z',
      },
      { ...saying('Nghị định 9999/2026/NĐ-CP đã áp dụng.'), firstSeenAt: '2026-02-28T17:00:00.000Z' },
    ];
    const report = policyReport(document, articles, 2, '', new Date('2026-03-02T00:00:00Z'));
    expect(report.phases.map(({ articles: count }) => count)).toEqual([0, 1, 1]);
    expect(report.phase).toBe('in-effect');
    expect(report.inDays).toBeUndefined();
    const before = policyReport(document, articles, 2, '', new Date('2026-02-26T00:00:00Z'));
    expect([before.phase, before.inDays]).toEqual(['signed', 3]);
    expect(report.facts.map(({ id, misquoted }) => [id, misquoted])).toEqual([
      ['share', 0],
      ['effect', 0],
      ['term', 0],
    ]);
    expect(report.clauses[0]).toMatchObject({
      articles: 1,
      questions: [{ sentence: 'Nhiều nơi còn vướng mắc về mức hưởng.' }],
    });
  });
});

describe('the months of a document', () => {
  it('leave none out, and say in which phase each ended', () => {
    const seen = ['2025-12-15', '2026-01-20', '2026-04-02'];
    const articles = seen.map((day) => ({ ...saying('Tin.'), firstSeenAt: `${day}T00:00:00.000Z` }));
    const { months } = policyReport(document, articles, 3, '', new Date('2026-04-03T00:00:00Z'));
    expect(months.map(({ month, phase, neutral }) => [month, phase, neutral])).toEqual([
      ['2025-12', 'before-draft', 1],
      ['2026-01', 'signed', 1],
      ['2026-02', 'signed', 0],
      ['2026-03', 'in-effect', 0],
      ['2026-04', 'in-effect', 1],
    ]);
  });
});

describe('upcomingPolicies', () => {
  it('counts Vietnamese days to effect', () => {
    const at = (time: string) => upcomingPolicies([document], new Date(time), 14)[0]?.inDays;
    expect(at('2026-02-28T16:59:00Z')).toBe(1);
    expect(at('2026-02-28T17:00:00Z')).toBe(0);
    expect(at('2026-03-01T17:00:00Z')).toBeUndefined();
    expect(at('2026-02-10T00:00:00Z')).toBeUndefined();
  });
});
