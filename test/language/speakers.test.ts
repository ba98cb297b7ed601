import { describe, expect, it } from 'vitest';

import { fold } from '../../src/language/normalise.ts';
import { findSpeakers } from '../../src/language/speakers.ts';
import { syllabify } from '../../src/language/syllables.ts';

/** Who says the first syllable of `words` in `text`. */
function speakerOf(words: string, text: string) {
  const syllables = syllabify(text);
  const at = syllables.findIndex(({ start }) => start >= text.indexOf(words));
  return findSpeakers(text, syllables).at(at);
}

describe('findSpeakers', () => {
  it.each([
    ['Theo Sở Y tế Hà Nội, bệnh viện này có sai phạm', 'health-authority'],
    ['Bác sĩ Nguyễn Văn A, khoa Nhi Bệnh viện Đa khoa Ví Dụ, cho biết ca mổ có sai phạm', 'expert'],
    ['Bác sĩ Nguyễn Văn A, Giám đốc Bệnh viện Đa khoa Ví Dụ, cho biết không có sai phạm', 'facility'],
    ['Đại diện bệnh viện khẳng định không có sai phạm', 'facility'],
    ['Người nhà bệnh nhân phản ánh nhiều sai phạm', 'patient-or-family'],
    ['Thanh tra kết luận nhiều sai phạm tại bệnh viện', 'inspector'],
    ['Tòa tuyên các bị cáo có sai phạm', 'police-or-court'],
    ['Công an xác định có sai phạm', 'police-or-court'],
    ['Thủ tướng yêu cầu xử lý sai phạm', 'government'],
    ['Cư dân mạng bức xúc trước sai phạm', 'public'],
    ['Bộ Y tế: Sẽ xử lý nghiêm sai phạm', 'health-authority'],
    ['Có sai phạm trong quy trình, bác sĩ Nguyễn Văn A cho biết', 'expert'],
    ['Khởi tố bác sĩ vì sai phạm', 'police-or-court'],
  ])('reads who speaks: %s', (text, speaker) => {
    expect(speakerOf('sai phạm', text)).toBe(speaker);
  });

  it('gives nobody what the paper says itself', () => {
    expect(speakerOf('sai phạm', 'Bệnh viện có sai phạm')).toBeUndefined();
    expect(speakerOf('Sai phạm', 'Sở Y tế cho biết đã họp. Sai phạm vẫn tiếp diễn')).toBeUndefined();
    expect(speakerOf('tắc trách', 'Bệnh viện bị tố tắc trách')).toBeUndefined();
    expect(speakerOf('lừa đảo', 'Giả danh bác sĩ nói dối để lừa đảo')).toBeUndefined();
  });

  it('changes hands within a sentence', () => {
    const text = 'Người nhà tố bác sĩ tắc trách, bệnh viện cho biết không có sai sót';
    expect(speakerOf('tắc trách', text)).toBe('patient-or-family');
    expect(speakerOf('sai sót', text)).toBe('facility');
    const both = 'Bác sĩ quát mắng bệnh nhân, dư luận bức xúc';
    expect(speakerOf('quát mắng', both)).toBeUndefined();
    expect(speakerOf('bức xúc', both)).toBe('public');
  });

  it('follows a quotation over its sentences', () => {
    const text = 'Người nhà kể: “Con tôi sốt cao. Họ tắc trách. Không ai đến.” Phòng khám đã đóng cửa.';
    expect(speakerOf('tắc trách', text)).toBe('patient-or-family');
    expect(speakerOf('đóng cửa', text)).toBeUndefined();
  });

  it('reads text without diacritics', () => {
    expect(speakerOf('sai pham', fold('Thanh tra kết luận nhiều sai phạm'))).toBe('inspector');
  });

  it('names the actors, and from where they speak', () => {
    const text = 'Sở Y tế cho biết phòng khám vi phạm';
    const { actors } = findSpeakers(text, syllabify(text));
    expect(actors).toEqual([
      { from: 0, to: 3, speaker: 'health-authority', isSector: true, says: { from: 0, to: 9 } },
      { from: 5, to: 7, speaker: 'facility', isSector: true },
    ]);
  });

  it('bears lost quotation marks and empty text', () => {
    expect(findSpeakers('', []).at(0)).toBeUndefined();
    expect(speakerOf('sai', '““"« sai')).toBeUndefined();
  });
});
