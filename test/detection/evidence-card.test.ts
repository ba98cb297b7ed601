import { describe, expect, it } from 'vitest';

import { evidenceCard } from '../../src/detection/evidence-card.ts';
import { incidentTitle } from '../../src/detection/incident-title.ts';
import { openIncident } from '../../src/domain/incident.ts';
import { anAlert, anAnalysis, anArticle } from '../support/factories.ts';

const negative = { ...anAnalysis().sentiment, polarity: 'negative' as const, score: -0.7 };
const articles = Array.from({ length: 7 }, (_, i) =>
  anArticle({
    id: `a${i}`,
    storyId: `s${i % 3}`,
    url: `https://bao.example/a${i}`,
    title: `Người nhà tố bệnh viện tắc trách ${i % 3}`,
    sentiment: i < 5 ? negative : anAnalysis().sentiment,
  }),
);
const alert = anAlert({
  articleIds: articles.map(({ id }) => id),
  independentNewsrooms: ['bao-a', 'bao-b', 'bao-c'],
  copiesFolded: 27,
  signals: [
    { kind: 'harm', observed: 5, expected: 0.1, spread: 1, strength: 0.8 },
    { kind: 'tier-jump', observed: 3, expected: 1, spread: 1, strength: 1 },
  ],
});
const incident = openIncident(alert, 'Bệnh viện X · 5 bài tiêu cực/24 giờ');

const card = (step: string, overrides: Partial<typeof alert> = {}) =>
  evidenceCard({
    incident: { ...incident, latestAlert: { ...alert, ...overrides } },
    alert: { ...alert, ...overrides },
    articles,
    step,
    outletName: (id) => (id === 'bao-a' ? 'Báo A' : id),
    newsroomName: (id) => (id === 'bao-b' ? 'Báo B' : id),
    url: 'http://127.0.0.1:8190/incidents/x',
    now: new Date('2026-03-02T02:05:00.000Z'),
  });

describe('evidenceCard', () => {
  it('says what, how fast, on whose word and how sure, in Vietnamese first', () => {
    const { subject, text, url } = card('opened');
    expect(subject).toBe('[Nghiêm trọng] Bệnh viện X · 5 bài tiêu cực/24 giờ');
    const [vi, en] = text.split('— English —');
    expect(vi).toContain(
      '7 bài trong 24 giờ, bình thường khoảng 0,4 (± 0,7); 6 bài tiêu cực (86%), bình thường 30%',
    );
    expect(vi).toContain('Toà soạn độc lập: 3 (bao-a, Báo B, bao-c). Bản sao đã gộp: 27.');
    expect(vi).toContain('Đăng đầu tiên: Báo A, 08:05 02/03/2026; đã qua 1 giờ của 24 giờ đầu');
    expect(vi).toContain('https://bao.example/a0');
    expect(vi).toContain('Dấu hiệu: báo lớn hơn đã vào cuộc; từ ngữ về thiệt hại, sai phạm');
    expect(vi).toContain('khoảng 1 phần 100.000');
    expect(en).toContain('7 articles in 24 h, usually about 0.4 (± 0.7); 6 negative (86%), usually 30%');
    expect(url).toBe('http://127.0.0.1:8190/incidents/x');
  });

  it('shows a headline once, however many copies it has', () => {
    const shown = card('opened').text.match(/^• .*$/gm) ?? [];
    expect(shown).toHaveLength(3);
  });

  it('says what has changed, that it is a reminder, and that the data are old', () => {
    expect(card('reminder-2').subject).toContain('Chưa ai nhận: ');
    const changed = 'từ 3 lên 7 bài / from 3 to 7 articles';
    const { text } = card('grown-7', { changed, dataWatermarkAt: '2026-03-01T20:00:00.000Z' });
    expect(text).toContain('Thay đổi: từ 3 lên 7 bài.');
    expect(text).toContain('Changed: from 3 to 7 articles.');
    expect(text).toContain('đã cũ hơn một giờ');
  });

  it('names a story once, and cuts it between words', () => {
    const title = `${'Người nhà tố bệnh viện tắc trách '.repeat(4)}hết`;
    const { vi } = incidentTitle({ ...alert, seriesName: title }, [
      anArticle({ title, sentiment: negative }),
    ]);
    expect(vi).toMatch(/^Người nhà tố bệnh viện [^·]*\S… · 1 bài tiêu cực\/24 giờ$/);
    expect(vi.length).toBeLessThanOrEqual(110);
  });

  it('keeps to one line each in subject and title, whatever a headline holds', () => {
    const hostile = [
      anArticle({ title: `Tin\r\nBcc: x@example.vn ${'dài '.repeat(80)}`, sentiment: negative }),
    ];
    const title = incidentTitle(alert, hostile);
    expect(title.vi).not.toMatch(/[\r\n]/);
    expect(title.vi.length).toBeLessThanOrEqual(110);
    expect(title.vi).toContain('Bệnh viện X');
    expect(title.vi).toContain('1 bài tiêu cực/24 giờ');
    expect(title.en).toContain('1 negative articles in 24 h');
  });
});
