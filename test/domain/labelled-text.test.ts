import { expect, it } from 'vitest';
import { revoke } from '../../src/domain/correction.ts';
import { contradictions, labelledTexts } from '../../src/domain/labelled-text.ts';
import { aCorrection, anAnalysis } from '../support/factories.ts';

it('gives each article once, with the last word on it and the text that was judged', () => {
  const early = aCorrection({
    id: 'c0',
    at: '2026-03-01T00:00:00.000Z',
    says: { polarity: 'positive', isHealth: true },
  });
  const gone = revoke(aCorrection({ id: 'c9', articleId: 'a9' }), 'Minh', '2026-03-03T00:00:00.000Z');
  expect(labelledTexts([aCorrection(), early, gone])).toEqual([
    {
      id: 'a1',
      url: 'https://bao.example/suc-khoe/a1.html',
      title: 'Bệnh viện tỉnh quá tải',
      summary: 'Bệnh nhân chờ lâu.',
      body: 'Bác sĩ làm việc thâu đêm để phục vụ người bệnh.',
      fromHealthFeed: true,
      isHealth: true,
      polarity: 'neutral',
      topics: ['treatment'],
      mentions: { has: ['facility:bv-vi-du'], lacks: ['province:01'] },
      reason: 'Bài nêu việc đã khắc phục xong',
    },
  ]);
});

it('names what goes against a person’s word, and nothing that nobody spoke of', () => {
  const province = { kind: 'province', id: '01', name: 'Hà Nội', start: 0, end: 6 } as const;
  const analysis = anAnalysis({ mentions: [province] });
  expect(contradictions({}, analysis)).toEqual([]);
  expect(
    contradictions(
      {
        isHealth: true,
        polarity: 'neutral',
        topics: ['treatment'],
        mentions: { has: ['province:01'], lacks: [] },
      },
      analysis,
    ),
  ).toEqual([]);
  const against = contradictions(
    {
      isHealth: false,
      polarity: 'negative',
      topics: [],
      mentions: { has: ['facility:x'], lacks: ['province:01'] },
    },
    analysis,
  );
  expect(against.map(({ field }) => field)).toEqual(['isHealth', 'polarity', 'topics', 'mentions']);
});
