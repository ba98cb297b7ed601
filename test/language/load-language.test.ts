import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { analysedText } from '../../src/domain/analysis.ts';
import { ConfigError } from '../../src/errors.ts';
import { loadLanguage } from '../../src/language/load-language.ts';

const config = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');
const files = {
  lexicon: config('lexicon.tsv'),
  topics: config('health-topics.yaml'),
  provinces: config('provinces.yaml'),
  facilities: config('facilities.yaml'),
  policyDocuments: config('policy-documents.yaml'),
  diseases: config('diseases.yaml'),
  medicines: config('medicines.yaml'),
  offices: config('offices.yaml'),
  cautions: config('cautions.yaml'),
};
const language = loadLanguage(files);

describe('loadLanguage', () => {
  const text = {
    title: 'Bệnh viện Bạch Mai: ba người tử vong vì ngộ độc rượu',
    summary: 'Sở Y tế Hà Nội yêu cầu báo cáo trước ngày 12/3.',
    body: 'Các nạn nhân được chuyển từ Bắc Ninh lên trong đêm.\nTheo TTXVN',
  };

  it('judges a text from every side at once', () => {
    const analysis = language.analyse(text, { fromHealthFeed: false });
    expect(analysis.relevance.isHealth).toBe(true);
    expect(analysis.sentiment.polarity).toBe('negative');
    expect(analysis.topics.map(({ topic }) => topic)).toContain('incidents');
    expect(analysis.mentions.map(({ id }) => id)).toContain('bv-bach-mai');
    expect(analysis.harmTerms.length).toBeGreaterThan(0);
    expect(analysis.signature.length).toBeGreaterThan(0);
    expect(analysis.creditedTo).toBeDefined();
  });

  it('points evidence and mentions into the same text', () => {
    const whole = analysedText(text);
    const { sentiment, mentions } = language.analyse(text, { fromHealthFeed: false });
    for (const { start, end, term } of sentiment.evidence) {
      expect(whole.slice(start, end).toLowerCase()).toBe(term);
    }
    const facility = mentions.find(({ id }) => id === 'bv-bach-mai');
    expect(whole.slice(facility?.start, facility?.end)).toBe('Bệnh viện Bạch Mai');
  });

  it('answers the same twice, and is told apart by its version', () => {
    const once = language.analyse(text, { fromHealthFeed: true });
    expect(language.analyse(text, { fromHealthFeed: true })).toEqual(once);
    expect(language.version).toContain(once.sentiment.lexiconVersion);
  });

  it('judges a text cut off anywhere', () => {
    const words = analysedText({
      title: 'Năm người ở ba xã nhập viện, số ca mắc tăng gấp đôi',
      summary: 'Theo ông Giám đốc Sở Y tế Đắk Lắk, “ngày 5/3 có thêm 12 ca”, TP.HCM chưa ghi nhận ca nào',
      body: 'Bệnh viện bác bỏ tin đồn: không có ai tử vong. Người nhà cho rằng BS. chẩn đoán sai!\nTheo TTXVN',
    }).split(/(?=\s)/u);
    for (let from = 0; from < words.length; from += 1) {
      for (let to = from + 1; to <= words.length; to += 1) {
        const cut = words.slice(from, to).join('').trim();
        const { sentiment } = language.analyse(
          { title: cut, summary: '', body: cut },
          { fromHealthFeed: false },
        );
        expect(Number.isFinite(sentiment.score)).toBe(true);
      }
    }
  });

  it('has another version with another registry', () => {
    const more = `${files.diseases}\n# Checked again.\n`;
    expect(loadLanguage({ ...files, diseases: more }).version).not.toBe(language.version);
  });

  it('judges relevance alone as it does within the whole', () => {
    expect(language.relevance(text, { fromHealthFeed: false })).toEqual(
      language.analyse(text, { fromHealthFeed: false }).relevance,
    );
  });

  it('survives empty text and a wall of one word', () => {
    const empty = { title: '', summary: '', body: '' };
    expect(language.analyse(empty, { fromHealthFeed: false }).relevance.isHealth).toBe(false);
    const wall = { title: 'a', summary: '', body: 'tử vong '.repeat(20_000) };
    expect(language.analyse(wall, { fromHealthFeed: false }).sentiment.score).toBeGreaterThanOrEqual(-1);
  });

  it('names the faults of all files at once', () => {
    let faults: readonly { file: string }[] = [];
    try {
      loadLanguage({ ...files, lexicon: 'nonsense', topics: 'version: 1' });
    } catch (error) {
      if (error instanceof ConfigError) faults = error.faults;
    }
    expect(new Set(faults.map(({ file }) => file))).toEqual(new Set(['lexicon.tsv', 'health-topics.yaml']));
  });
});
