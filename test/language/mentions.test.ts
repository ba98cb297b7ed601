import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/errors.ts';
import { createMentionFinder, type MentionFiles } from '../../src/language/mentions.ts';

const read = (name: string) => readFileSync(new URL(`../../config/${name}.yaml`, import.meta.url), 'utf8');
const files: MentionFiles = {
  provinces: read('provinces'),
  facilities: read('facilities'),
  policyDocuments: read('policy-documents'),
  diseases: read('diseases'),
  medicines: read('medicines'),
  offices: read('offices'),
};
const finder = createMentionFinder(files);

/** `kind:id` of each mention with the stretch of text that it points to. */
function found(text: string, kind?: string): string[] {
  return finder
    .find(text)
    .filter((mention) => kind === undefined || mention.kind === kind)
    .map((mention) => `${mention.id} ← ${text.slice(mention.start, mention.end)}`);
}

describe('provinces', () => {
  it('answers with the code of today and the name that was meant', () => {
    const [mention] = finder.find('Ba bệnh nhân ở Bình Dương đã xuất viện');
    expect(mention).toMatchObject({ kind: 'province', id: '79', name: 'Bình Dương', province: '79' });
    expect(finder.names.get('province:79')).toBe('TP.HCM');
  });

  it.each([
    ['TP.HCM', '79'],
    ['TP HCM', '79'],
    ['TPHCM', '79'],
    ['TP. Hồ Chí Minh', '79'],
    ['Thành phố Hồ Chí Minh', '79'],
    ['Sài Gòn', '79'],
    ['BR-VT', '79'],
    ['Bà Rịa - Vũng Tàu', '79'],
    ['Thanh Hoá', '38'],
    ['Thừa Thiên - Huế', '46'],
    ['Đăk Lăk', '66'],
    ['Yên Bái', '15'],
    ['Lào Cai', '15'],
    ['Kiên Giang', '91'],
    ['HÀ NỘI', '01'],
  ])('knows %s', (name, code) => {
    expect(found(`Ca mắc mới tại ${name}, theo ngành y tế`.normalize('NFC'), 'province')).toEqual([
      `${code} ← ${name}`,
    ]);
  });

  it.each([
    ['Tại Nha Trang, lực lượng cứu hộ làm việc suốt đêm', '56 ← Nha Trang'],
    ['Ba ca mắc ở TP.Nha Trang', '56 ← Nha Trang'],
    ['Người bệnh từ thành phố Huế', '46 ← thành phố Huế'],
    ['Dịch ở thành phố Hà Nội', '01 ← Hà Nội'],
  ])('knows the place in: %s', (text, mention) => {
    expect(found(text, 'province')).toEqual([mention]);
  });

  it('knows them in a text without diacritics', () => {
    expect(found('Benh vien qua tai o Ha Noi va TP HCM', 'province')).toEqual(['01 ← Ha Noi', '79 ← TP HCM']);
  });

  it('reads decomposed text, and its spans point into it', () => {
    const text = 'Dịch sởi ở Khánh Hoà'.normalize('NFD');
    expect(found(text, 'province')).toEqual([`56 ← ${'Khánh Hoà'.normalize('NFD')}`]);
  });

  it.each([
    'Hội nghị vì hòa bình và phát triển',
    'Động đất ở Thái Bình Dương',
    'Chủ tịch Hồ Chí Minh viết thư cho ngành y',
    'Bác sĩ Nguyễn Hải Dương mổ cấp cứu',
    'Bà Huế kể lại ca sinh khó',
    'Phó giám đốc Phan Thái Bình ký quyết định',
    'Một người dân thôn Hòa Bình bị ngộ độc',
    'Quân đội bình định vùng biên',
    'Nhập viện sau khi ăn bún bò Huế',
  ])('is not taken in by: %s', (text) => {
    expect(found(text, 'province')).toEqual([]);
  });
});

describe('facilities', () => {
  it.each([
    ['Bệnh viện K', 'bv-k'],
    ['Bệnh viện 108', 'bv-108'],
    ['Bệnh viện Trung ương Quân đội 108', 'bv-108'],
    ['Bệnh viện Từ Dũ', 'bv-tu-du'],
    ['BV Nhi Đồng 2', 'bv-nhi-dong-2'],
    ['Bệnh viện Nhi đồng 1', 'bv-nhi-dong-1'],
    ['Bệnh viện Nhi đồng Thành phố', 'bv-nhi-dong-thanh-pho'],
    ['BVĐK tỉnh Hải Dương', 'bvdk-tinh-hai-duong'],
    ['Bệnh viện T.Ư Huế', 'bv-trung-uong-hue'],
    ['Bệnh viện Đại học Y Dược TP. Hồ Chí Minh', 'bv-dai-hoc-y-duoc-tphcm'],
    ['Sở Y tế Bình Dương', 'syt-79'],
    ['Sở Y tế tỉnh Đắk Lắk', 'syt-66'],
    ['CDC Hà Nội', 'cdc-01'],
    ['Bộ Y tế', 'bo-y-te'],
    ['BYT', 'bo-y-te'],
  ])('knows %s', (name, id) => {
    expect(found(`Theo ${name}, ba bệnh nhân đã khỏe`, 'facility')).toEqual([`${id} ← ${name}`]);
  });

  it.each([
    ['Bệnh viện K71 mở cửa', 'bv-k'],
    ['Bệnh viện Nhi đồng Cần Thơ tiếp nhận', 'bv-nhi-dong-1'],
    ['Trường Việt Đức thắng giải bóng rổ', 'bv-viet-duc'],
    ['đường Từ Dũ thông xe, bệnh viện gần đó', 'bv-tu-du'],
    ['một bệnh viện hữu nghị với người nghèo', 'bv-huu-nghi'],
    ['Bệnh viện Mắt Sài Gòn khai trương', 'bv-mat-tphcm'],
    ['Bệnh viện Hữu nghị Đa khoa Nghệ An', 'bv-huu-nghi'],
  ])('tells look-alikes apart: %s', (text, id) => {
    expect(finder.find(text).map((mention) => mention.id)).not.toContain(id);
  });

  it('makes an id for what no registry lists, the same for every way to write it', () => {
    expect(found('Trung tâm Y tế huyện Thanh Oai bị phạt', 'facility')).toEqual([
      'ttyt-huyen-thanh-oai ← Trung tâm Y tế huyện Thanh Oai',
    ]);
    expect(found('TTYT huyện Thanh Oai bị phạt', 'facility')).toEqual([
      'ttyt-huyen-thanh-oai ← TTYT huyện Thanh Oai',
    ]);
    expect(found('Phòng khám đa khoa Hồng Phúc', 'facility')).toEqual([
      'pk-hong-phuc ← Phòng khám đa khoa Hồng Phúc',
    ]);
  });

  it('takes the province of an unlisted facility from its name or from right behind it', () => {
    const province = (text: string) => finder.find(text).find(({ kind }) => kind === 'facility')?.province;
    expect(province('Trung tâm Y tế Cần Giờ')).toBe('79');
    expect(province('Phòng khám đa khoa Hồng Phúc (Phú Thọ)')).toBe('25');
    expect(province('Trung tâm Y tế huyện Dầu Tiếng, tỉnh Bình Dương')).toBe('79');
    expect(province('Phòng khám đa khoa Hồng Phúc đóng cửa, bệnh nhân về Hà Nội')).toBeUndefined();
  });

  it('ends an unlisted name where a person’s begins', () => {
    expect(found('Giám đốc Bệnh viện Đa khoa Phúc Lâm Nguyễn Văn Hòa', 'facility')).toEqual([
      'bv-phuc-lam ← Bệnh viện Đa khoa Phúc Lâm',
    ]);
  });

  it.each([
    'bệnh viện 500 giường',
    'các bệnh viện TP.HCM',
    'các bệnh viện Hà Nội',
    'các bệnh viện TP.HCM',
    'bệnh viện Hàn Quốc',
    'nhiều bệnh viện lớn',
  ])('makes no facility of: %s', (text) => {
    expect(found(text, 'facility')).toEqual([]);
  });

  it('names the province inside a facility’s name too, where the facility stands there', () => {
    expect(found('Sở Y tế Hà Nội', 'province')).toEqual(['01 ← Hà Nội']);
  });
});

describe('diseases', () => {
  it('finds them in any case, without diacritics, and not in longer words', () => {
    expect(found('SỐT XUẤT HUYẾT tăng, thêm ca tay chân miệng', 'disease')).toEqual([
      'sot-xuat-huyet ← SỐT XUẤT HUYẾT',
      'tay-chan-mieng ← tay chân miệng',
    ]);
    expect(found('Dich sot xuat huyet o Ca Mau', 'disease')).toEqual(['sot-xuat-huyet ← sot xuat huyet']);
    expect(found('dịch tả heo châu Phi, nóng bỏng, tcm', 'disease')).toEqual([]);
  });

  it('does not see a disease in a hospital’s name', () => {
    expect(found('Bệnh viện Ung bướu TP.HCM và Bệnh viện Lao và Bệnh phổi Cần Thơ', 'disease')).toEqual([]);
  });
});

describe('policy documents', () => {
  it.each([
    ['282/2025/NĐ-CP', '282-2025-nd-cp'],
    ['25-NQ/TW', '25-nq-tw'],
    ['1886/QĐ-BYT', '1886-qd-byt'],
    ['07/CT-TTg', '07-ct-ttg'],
    ['15/2023/QH15', '15-2023-qh15'],
    ['26/2025/TT-BYT', '26-2025-tt-byt'],
    ['Luật BHYT', '51-2024-qh15'],
  ])('reads %s', (written, id) => {
    expect(found(`theo ${written} vừa ban hành`, 'policy-document')).toEqual([`${id} ← ${written}`]);
  });

  it('joins the short name to the number that the text gives', () => {
    const text = 'Nghị định 178/2024/NĐ-CP có hiệu lực. Nghị định 178 quy định chế độ nghỉ hưu.';
    expect(finder.find(text).map(({ id }) => id)).toEqual(['178-2024-nd-cp', '178-2024-nd-cp']);
  });

  it('joins a short name that the registry may stand for', () => {
    expect(found('Nghị quyết 72 mở đường cho y tế cơ sở', 'policy-document')).toEqual([
      '72-nq-tw ← Nghị quyết 72',
    ]);
    expect(found('Nghị định 96/2023 về khám chữa bệnh', 'policy-document')).toEqual([
      '96-2023-nd-cp ← Nghị định 96/2023',
    ]);
  });

  it.each(['kỷ luật 2 bác sĩ', 'quyết định 2 việc', 'kết luận 7 bị can', 'nghị quyết 5 năm'])(
    'counts no document in: %s',
    (text) => {
      expect(found(text, 'policy-document')).toEqual([]);
    },
  );
});

describe('registries', () => {
  it('list every fault of every file at once, with file and line', () => {
    const faulty = {
      ...files,
      provinces: `${files.provinces}\nnonsense: true\n`,
      diseases: 'diseases:\n  - { id: Sởi, name: Sởi, group: infectious }\n',
    };
    let error: unknown;
    try {
      createMentionFinder(faulty);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).faults.map(({ file }) => file)).toEqual([
      'config/provinces.yaml',
      'config/diseases.yaml',
    ]);
    expect((error as ConfigError).faults.every(({ line }) => (line ?? 0) > 0)).toBe(true);
  });

  it('hold 34 provinces of today under 63 former names, and 400 facilities at least', () => {
    const keys = [...finder.names.keys()];
    expect(keys.filter((key) => key.startsWith('province:'))).toHaveLength(34);
    expect(keys.filter((key) => key.startsWith('facility:')).length).toBeGreaterThanOrEqual(400);
    expect(keys.filter((key) => key.startsWith('disease:')).length).toBeGreaterThanOrEqual(60);
    const codes = [...files.provinces.matchAll(/code: "(\d\d)"/gu)].map(([, code]) => code);
    expect(new Set(codes).size).toBe(63);
  });
});

it('survives text made to hurt', () => {
  const nasty = [
    'Bệnh viện '.repeat(5000),
    'Nghị định 1'.repeat(5000),
    'TP. '.repeat(10_000),
    '1/'.repeat(20_000),
  ];
  for (const text of nasty) {
    const began = performance.now();
    finder.find(text);
    expect(performance.now() - began).toBeLessThan(5000);
  }
});
