import { describe, expect, it } from 'vitest';

import { evidenceCard } from '../../src/detection/evidence-card.ts';
import { incidentTitle } from '../../src/detection/incident-title.ts';
import { gsmLength } from '../../src/detection/message/gsm-text.ts';
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

const cardOf = (input: Partial<Parameters<typeof evidenceCard>[0]>) =>
  evidenceCard({
    incident,
    alert,
    articles,
    step: 'opened',
    outletName: (id) => (id === 'bao-a' ? 'Báo A' : id),
    newsroomName: (id) => id,
    url: 'http://127.0.0.1:8190/incidents/x',
    now: new Date('2026-03-02T02:05:00.000Z'),
    ...input,
  });

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

  it('has each form in the language of its officer', () => {
    const inEnglish = cardOf({ languages: ['en'] });
    expect(inEnglish.language).toBe('en');
    expect(inEnglish.subject).toBe(
      '[Serious] Bệnh viện X · Người nhà tố bệnh viện tắc trách 0 · 5 negative articles in 24 h',
    );
    expect(inEnglish.brief[0]).toBe(
      '6 of 7 articles negative in 24 h (usually about 0.4), 3 independent newsrooms',
    );
    expect(inEnglish.text).toContain('about once in 5 months');
    expect(inEnglish.text).not.toMatch(/Mức độ|English/);
    expect(cardOf({ languages: ['en', 'vi'] }).text).toMatch(/Severity: Serious[\s\S]*Mức độ: Nghiêm trọng/);
  });

  it('says in few lines what decides whether to get up', () => {
    const { brief, text } = cardOf({
      articles: articles.map((article, i) => ({
        ...article,
        tier: i < 2 ? ('provincial' as const) : ('national' as const),
        outletName: i < 2 ? 'Báo Tỉnh' : 'Báo Lớn',
        firstSeenAt: `2026-03-02T01:0${i}:00.000Z`,
      })),
      earlier: [{ ...incident, id: 'old', verdict: 'true', openedAt: '2026-01-12T02:00:00.000Z' }],
      forecast: { vi: 'Dự báo 24 giờ tới: 12–30 bài', en: 'Next 24 h: 12–30 articles' },
    });
    expect(brief).toEqual([
      '6/7 bài tiêu cực trong 24 giờ (bình thường khoảng 0,4 bài), 3 toà soạn độc lập',
      'Đầu tiên: Báo A 08:05, cách đây 1 giờ',
      'Từ báo địa phương (Báo Tỉnh 08:00) lên báo toàn quốc (Báo Lớn 08:02).',
      '• Người nhà tố bệnh viện tắc trách 0 (Báo Tỉnh)',
      '• Người nhà tố bệnh viện tắc trách 1 (Báo Tỉnh)',
      'Nhiều bài dồn dập cùng lúc; từ ngữ về thiệt hại, sai phạm',
      'Báo nhầm mạnh như vậy: khoảng 1 lần trong 5 tháng',
      'Dự báo 24 giờ tới: 12–30 bài',
      'Cơ sở này từng có 1 sự việc: 12/01/2026 (đúng).',
    ]);
    expect(text).toContain('Tự hạ mức khi 12 giờ không có bài mới');
  });

  it('marks drills and what was announced in every form', () => {
    const drill = cardOf({ incident: { ...incident, mark: 'drill' } });
    expect(drill.subject).toMatch(/^\[DIỄN TẬP\] /);
    expect(drill.short).toMatch(/^DIEN TAP /);
    expect(cardOf({ incident: { ...incident, mark: 'drill' }, languages: ['en'] }).subject).toMatch(
      /^\[DRILL\] /,
    );
    expect(cardOf({ incident: { ...incident, mark: 'planned' } }).subject).toMatch(/^\[Đã báo trước\] /);
  });

  it.each(['opened', 'reminder-12', 'escalation-3', 'worse-critical-2', 'grown-40', 'reopened-3'])(
    'shows the place of %s within what a lock screen shows, and fits a text message with its link',
    (step) => {
      const { subject, short } = cardOf({
        step,
        incident: {
          ...incident,
          title: `Bệnh viện Đa khoa Mẫu · ${'người nhà tố '.repeat(5)}· 12 bài tiêu cực/24 giờ`,
        },
        acknowledgeUrl: 'https://nhip.example.vn/a/AAAABBBBCCCCDDDDEEEE',
      });
      expect(subject.slice(0, 60)).toContain('Bệnh viện Đa khoa Mẫu'.slice(0, 12));
      expect(gsmLength(short)).toBeLessThanOrEqual(160);
      expect(short).toMatch(
        /12 bai tieu cuc\/24 gio, 3 toa soan https:\/\/nhip\.example\.vn\/a\/AAAABBBBCCCCDDDDEEEE$/,
      );
    },
  );

  it('lets nothing invisible and no line of its own in by a headline', () => {
    const hostile = cardOf({
      articles: articles.map((article) => ({
        ...article,
        title: 'Tin\u202E đảo\u200B\r\nXem: https://xau.example',
      })),
    });
    const lines = hostile.text.split('\n');
    expect(lines.some((each) => each.startsWith('Xem: https://xau'))).toBe(false);
    expect([hostile.subject, ...hostile.brief, ...lines].join('')).not.toMatch(/[\p{Cf}\p{Cc}]/u);
  });
});
