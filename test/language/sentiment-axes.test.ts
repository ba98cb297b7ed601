import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { analysedText, type Mention, type Sentiment } from '../../src/domain/analysis.ts';
import { parseLexicon } from '../../src/language/lexicon.ts';
import { scoreSentiment } from '../../src/language/sentiment.ts';

const lexicon = parseLexicon(
  readFileSync(new URL('../../config/lexicon.tsv', import.meta.url), 'utf8'),
  'lexicon.tsv',
);

/** Judges a text in which `names` are mentioned, ids by kind and name. */
function judge(title: string, names: Record<string, string> = {}, body = ''): Sentiment {
  const text = { title, summary: '', body };
  const whole = analysedText(text);
  const mentions = Object.entries(names).map(([name, key]): Mention => {
    const [kind, id = ''] = key.split(':');
    const start = whole.indexOf(name);
    return { kind: kind as Mention['kind'], id, name, start, end: start + name.length };
  });
  return scoreSentiment(text, lexicon, { mentions });
}

function evidenceOf(sentiment: Sentiment, term: string) {
  const found = sentiment.evidence.find((evidence) => evidence.term === term);
  if (found === undefined)
    throw new Error(`No evidence ${term} among ${sentiment.evidence.map((e) => e.term)}`);
  return found;
}

const CLINIC = { 'Phòng khám Đa khoa Ví Dụ': 'facility:pk-vi-du' };
const HOSPITAL = { 'Bệnh viện Đa khoa huyện Ví Dụ': 'facility:bv-vi-du' };

describe('stance', () => {
  it.each([
    ['Phòng khám Đa khoa Ví Dụ bị đình chỉ hoạt động', CLINIC],
    ['Bệnh viện Đa khoa huyện Ví Dụ bị tố tắc trách', HOSPITAL],
    ['Người nhà bức xúc vì Bệnh viện Đa khoa huyện Ví Dụ', HOSPITAL],
    ['Khởi tố nguyên giám đốc Bệnh viện Đa khoa huyện Ví Dụ', HOSPITAL],
    ['Bác sĩ quát mắng bệnh nhân', {}],
    ['Điều dưỡng tắc trách', {}],
  ])('is negative: %s', (title, names) => {
    expect(judge(title, names).stance.polarity).toBe('negative');
  });

  it.each([
    ['Gia đình bệnh nhi khen ngợi Bệnh viện Đa khoa huyện Ví Dụ', HOSPITAL],
    ['Bác sĩ tận tâm với người nghèo', {}],
  ])('is positive: %s', (title, names) => {
    expect(judge(title, names).stance.polarity).toBe('positive');
  });

  it.each([
    'Cướp tiệm vàng, nghi phạm bị bắt',
    'Huấn luyện viên bị chỉ trích sau trận thua',
    'Người nhà bệnh nhân hành hung bác sĩ',
    'Người đàn ông xúc phạm điều dưỡng',
    'Bác sĩ cảnh báo lạm dụng kháng sinh',
    'Bắt nghi phạm hành hung bác sĩ',
    'Sở Y tế xử phạt quán ăn gây ngộ độc',
    'Giả danh bác sĩ lừa đảo',
    'Dịch sởi bùng phát, bệnh viện quá tải',
  ])('is none, bad as the event is: %s', (title) => {
    const { event, stance } = judge(title);
    expect(stance).toEqual({ polarity: 'neutral', score: 0 });
    expect(event.polarity).toBe('negative');
  });

  it('aims at the mention that is nearest, not at the authority that acts', () => {
    const both = { 'Sở Y tế Hà Nội': 'facility:syt-01', ...CLINIC };
    const title = 'Sở Y tế Hà Nội đình chỉ hoạt động ba tháng với Phòng khám Đa khoa Ví Dụ';
    expect(evidenceOf(judge(title, both), 'đình chỉ hoạt động').towards).toBe('facility:pk-vi-du');
  });

  it('aims at the body where only its staff is named beside it', () => {
    const { evidence } = judge('Bác sĩ tắc trách ở Bệnh viện Đa khoa huyện Ví Dụ', HOSPITAL);
    expect(evidence[0]?.towards).toBe('facility:bv-vi-du');
  });

  it('aims at a policy document', () => {
    const { stance, evidence } = judge('Nghị định 46 gây phản ứng gay gắt', {
      'Nghị định 46': 'policy-document:46-2026-nd-cp',
    });
    expect(stance.polarity).toBe('negative');
    expect(evidence.at(-1)?.towards).toBe('policy-document:46-2026-nd-cp');
  });

  it('falls back on whom the headline names', () => {
    const { evidence } = judge('Vụ việc tại Bệnh viện Đa khoa huyện Ví Dụ', HOSPITAL, 'Đó là sự tắc trách.');
    expect(evidence.find(({ term }) => term === 'tắc trách')).toMatchObject({
      axes: ['event', 'stance'],
      towards: 'facility:bv-vi-du',
    });
  });

  it('is read in the summary too, where the headline only tells what happened', () => {
    const text = {
      title: 'Sản phụ tử vong sau ca mổ',
      summary: 'Người nhà phản ánh bác sĩ tắc trách, bỏ mặc sản phụ.',
      body: '',
    };
    const { stance, event } = scoreSentiment(text, lexicon);
    expect([stance.polarity, event.polarity]).toEqual(['negative', 'negative']);
  });

  it('says who accuses', () => {
    const { evidence } = judge('Người nhà phản ánh bác sĩ tắc trách');
    expect(evidence.find(({ term }) => term === 'tắc trách')?.speaker).toBe('patient-or-family');
  });
});

describe('polarity', () => {
  it('counts evidence once, whichever axes it speaks on', () => {
    const misconduct = judge('Bác sĩ tắc trách');
    expect(misconduct.event).toEqual(misconduct.stance);
    expect(misconduct.score).toBe(misconduct.event.score);
  });

  it('is the axis that says anything', () => {
    const event = judge('Dịch sởi bùng phát');
    expect(event).toMatchObject({ score: event.event.score, stance: { score: 0 } });
    const stance = judge('Bác sĩ tận tâm với người nghèo', {});
    expect(stance.score).toBeGreaterThan(0);
  });

  it('is surer where both axes agree, and less sure where they do not', () => {
    const agreed = judge('Sản phụ tử vong, người nhà phản ánh bác sĩ tắc trách');
    expect(agreed.score).toBeLessThan(Math.min(agreed.event.score, agreed.stance.score));
    const mixed = judge('Dịch sởi bùng phát, người dân khen ngợi bác sĩ');
    expect(mixed.event.score).toBeLessThan(mixed.score);
    expect(mixed.score).toBeLessThan(mixed.stance.score);
  });
});
