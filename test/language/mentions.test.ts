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

  it.each([
    'con cúm núm kêu',
    'bệnh thành tích trong giáo dục',
    'sốt đất, sốt vé cuối năm',
    'các hoạt động kinh doanh',
    'tiếp cận thị trường mới',
    'UAV tự sát',
    'thị trường đột quỵ',
    'chống lao động cưỡng bức',
    'đoạt HCV, HCB',
  ])('is not taken in by: %s', (text) => {
    expect(found(text, 'disease')).toEqual([]);
  });

  it('does not see a disease in a hospital’s name', () => {
    expect(found('Bệnh viện Ung bướu TP.HCM và Bệnh viện Lao và Bệnh phổi Cần Thơ', 'disease')).toEqual([]);
  });
});

describe('facilities named by half', () => {
  it('reads hospitals on from one that has its head', () => {
    expect(found('Ba ca chuyển tới Bệnh viện Chợ Rẫy, Hùng Vương và Từ Dũ trong đêm', 'facility')).toEqual([
      'bv-cho-ray ← Bệnh viện Chợ Rẫy',
      'bv-hung-vuong ← Hùng Vương',
      'bv-tu-du ← Từ Dũ',
    ]);
  });

  it('takes a place behind a hospital for a place', () => {
    expect(found('Bệnh viện Chợ Rẫy, Đà Nẵng và Huế', 'facility')).toEqual([
      'bv-cho-ray ← Bệnh viện Chợ Rẫy',
    ]);
  });

  it.each([
    ['Sở Y tế Cà Mau họp báo. Theo Sở Y tế, dịch đã dừng', 'syt-96'],
    ['Tại Cà Mau, Sở Y tế yêu cầu báo cáo', 'syt-96'],
  ])('knows whose department is meant: %s', (text, id) => {
    const ids = finder
      .find(text)
      .filter(({ kind }) => kind === 'facility')
      .map((mention) => mention.id);
    expect(new Set(ids)).toEqual(new Set([id]));
  });

  it('leaves a department open that may be one of several', () => {
    expect(found('Từ Cà Mau tới An Giang, Sở Y tế yêu cầu báo cáo', 'facility')).toEqual([]);
  });

  it('takes the longer and the shorter name of one text for one hospital', () => {
    const text = 'Bệnh viện Đa khoa Quốc tế Ví Dụ Hồng mở cửa. Bệnh viện Ví Dụ Hồng có 200 giường.';
    expect(new Set(finder.find(text).map(({ id }) => id))).toEqual(new Set(['bv-quoc-te-vi-du-hong']));
  });

  it.each([
    ['Bệnh viện Đa khoa Quốc tế Hạnh Phúc', 'bv-hanh-phuc'],
    ['Bệnh viện ĐH Y Dược Buôn Ma Thuột', 'bv-dai-hoc-buon-ma-thuot'],
    ['Trung tâm Kiểm soát bệnh tật thành phố (CDC) Hà Nội', 'cdc-01'],
    ['HCDC', 'cdc-79'],
    ['Trung tâm Chống độc, Bệnh viện Bạch Mai', 'bv-bach-mai'],
    ['BHXH Cà Mau', 'bhxh-96'],
    ['WHO', 'who'],
  ])('knows %s', (name, id) => {
    expect(finder.find(`Theo ${name}, ba người bệnh đã khỏe`).map((mention) => mention.id)).toContain(id);
  });

  it.each([
    ['Bộ Y tế Nhật Bản khuyến cáo', 'bo-y-te-nhat-ban'],
    ['Bộ trưởng Y tế Mỹ phát biểu', 'bo-y-te-my'],
    ['CDC Mỹ cảnh báo', 'cdc-my'],
  ])('tells another country’s body from ours: %s', (text, id) => {
    expect(found(text, 'facility').map((each) => each.split(' ')[0])).toEqual([id]);
  });

  it.each(['Bệnh viện TP.HCM quá tải', 'bệnh viện Thiên sứ trong truyện', 'Bệnh viện tâm thần Trung Quốc'])(
    'makes no facility of: %s',
    (text) => {
      expect(found(text, 'facility')).toEqual([]);
    },
  );
});

describe('medicines', () => {
  it.each([
    ['tiêm vắc-xin phòng bệnh dại', 'vaccine-dai', 'vắc-xin phòng bệnh dại'],
    ['đi tiêm ngừa HPV cho con', 'vaccine-hpv', 'tiêm ngừa HPV'],
    ['lô vaccine sởi - rubella về kho', 'vaccine-soi-rubella', 'vaccine sởi - rubella'],
    ['trẻ uống Panadol quá liều', 'paracetamol', 'Panadol'],
    ['thiếu huyết thanh kháng nọc rắn', 'huyet-thanh-khang-noc-ran', 'huyết thanh kháng nọc rắn'],
    ['uong paracetamol moi ngay', 'paracetamol', 'paracetamol'],
    ['bắt đường dây thuốc giả', 'thuoc-gia', 'thuốc giả'],
    ['biến chứng sau tiêm filler', 'filler', 'tiêm filler'],
  ])('reads: %s', (text, id, stretch) => {
    expect(found(text, 'medicine')).toEqual([`${id} ← ${stretch}`]);
  });

  it.each([
    'chiến dịch truyền thông về sức khỏe',
    'tác hại của thuốc lá',
    'vaccine dịch tả lợn châu Phi',
    'hộp sữa',
  ])('is not taken in by: %s', (text) => {
    expect(found(text, 'medicine')).toEqual([]);
  });

  it('names them for the screens', () => {
    expect(finder.names.get('medicine:vaccine-dai')).toBe('Vaccine dại');
  });
});

describe('persons', () => {
  it.each([
    [
      'PGS.TS Trần Văn Ví, Giám đốc Bệnh viện Bạch Mai, cho biết',
      'tran-van-vi-giam-doc-bv-bach-mai',
      'Trần Văn Ví, Giám đốc Bệnh viện Bạch Mai',
    ],
    [
      'Giám đốc Sở Y tế Cà Mau, BSCKII Trần Văn Ví, nói',
      'tran-van-vi-giam-doc-syt-96',
      'Giám đốc Sở Y tế Cà Mau, BSCKII Trần Văn Ví',
    ],
    [
      'Ông Trần Văn Ví (Phó Giám đốc CDC Đồng Nai) nói',
      'tran-van-vi-pho-giam-doc-cdc-75',
      'Trần Văn Ví (Phó Giám đốc CDC Đồng Nai',
    ],
    [
      'Nguyên Cục trưởng Cục An toàn thực phẩm Trần Văn Ví nghỉ hưu',
      'tran-van-vi-nguyen-cuc-truong-cuc-an-toan-thuc-pham',
      'Nguyên Cục trưởng Cục An toàn thực phẩm Trần Văn Ví',
    ],
    [
      'Chủ tịch UBND huyện Mai Châu Hà Văn Dụ',
      'ha-van-du-chu-tich-huyen-mai-chau',
      'Chủ tịch UBND huyện Mai Châu Hà Văn Dụ',
    ],
    [
      'Trưởng khoa Hồi sức tích cực và Chống độc Trần Văn Ví',
      'tran-van-vi-truong-khoa-hoi-suc-tich-cuc-va-chong-doc',
      'Trưởng khoa Hồi sức tích cực và Chống độc Trần Văn Ví',
    ],
    ['Bộ trưởng Y tế Trần Văn Ví nói', 'tran-van-vi-bo-truong-bo-y-te', 'Bộ trưởng Y tế Trần Văn Ví'],
    ['Phó Thủ tướng Trần Văn Ví kiểm tra', 'tran-van-vi-pho-thu-tuong', 'Phó Thủ tướng Trần Văn Ví'],
  ])('knows who holds an office: %s', (text, id, stretch) => {
    expect(found(text, 'person')).toEqual([`${id} ← ${stretch}`]);
  });

  it('keeps the office in the name, and the province of its body', () => {
    const [person] = finder
      .find('Giám đốc Sở Y tế Cà Mau Trần Văn Ví')
      .filter(({ kind }) => kind === 'person');
    expect(person).toMatchObject({ name: 'Trần Văn Ví – Giám đốc Sở Y tế Cà Mau', province: '96' });
  });

  it('gives one person one id, by the office that says most', () => {
    const text =
      'Bà Trần Thị Ví, Ủy viên Trung ương Đảng, Bộ trưởng Bộ Y tế, đến sớm. Bộ trưởng Trần Thị Ví nói.';
    const persons = finder.find(text).filter(({ kind }) => kind === 'person');
    expect(persons.length).toBeGreaterThan(1);
    expect(new Set(persons.map(({ id }) => id))).toEqual(new Set(['tran-thi-vi-bo-truong-bo-y-te']));
  });

  it.each([
    'Bác sĩ Trần Văn Ví mổ cấp cứu tại Bệnh viện Bạch Mai',
    'Giám đốc bệnh viện yêu cầu bác sĩ Trần Văn Ví giải trình',
    'Hiệu trưởng Trường Tiểu học Nguyễn Văn Cừ ký quyết định',
    'Chủ tịch Hồ Chí Minh viết thư cho ngành y',
    'Trưởng khoa cho biết bệnh nhân Trần Văn Ví đã tỉnh',
    'Ông Trần Văn Ví, Giám đốc Công ty Ví Dụ',
    'Thủ tướng Thái Lan phát biểu',
  ])('names nobody in: %s', (text) => {
    expect(found(text, 'person')).toEqual([]);
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

  it.each([
    ['Nghị quyết 57 của Bộ Chính trị', '57-nq-tw', 'Nghị quyết 57'],
    ['Chính phủ vừa ban hành Nghị quyết số 09/2026', '09-2026-nq-cp', 'Nghị quyết số 09/2026'],
    ['Bộ Y tế ban hành Thông tư 60/2025', '60-2025-tt-byt', 'Thông tư 60/2025'],
    ['theo Nghị quyết 66.13/2026/NQ-CP', '66-13-2026-nq-cp', '66.13/2026/NQ-CP'],
  ])('reads who issued it: %s', (text, id, stretch) => {
    expect(found(text, 'policy-document')).toEqual([`${id} ← ${stretch}`]);
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
    expect(keys.filter((key) => key.startsWith('disease:')).length).toBeGreaterThanOrEqual(150);
    expect(keys.filter((key) => key.startsWith('medicine:')).length).toBeGreaterThanOrEqual(120);
    const codes = [...files.provinces.matchAll(/code: "(\d\d)"/gu)].map(([, code]) => code);
    expect(new Set(codes).size).toBe(63);
  });
});

it('survives text made to hurt', () => {
  const nasty = [
    'Bệnh viện '.repeat(5000),
    'Nghị định 1'.repeat(5000),
    'Giám đốc '.repeat(10_000),
    'Nguyễn Văn '.repeat(10_000),
    'Bệnh viện Chợ Rẫy, '.repeat(5000),
    'Giám đốc Bệnh viện Chợ Rẫy Nguyễn Văn Ví, '.repeat(2000),
    'Bệnh viện Ví Dụ. '.repeat(4000),
    'Sở Y tế. '.repeat(8000),
    'TP. '.repeat(10_000),
    '1/'.repeat(20_000),
  ];
  for (const text of nasty) {
    const began = performance.now();
    finder.find(text);
    expect(performance.now() - began).toBeLessThan(5000);
  }
});

describe('headlines in capitals', () => {
  it('invents no facility and no person where capitals show no end of a name', () => {
    const title = 'BỆNH VIỆN ĐA KHOA HUYỆN VÍ DỤ BỊ TỐ THU TIỀN SAI QUY ĐỊNH';
    expect(found(title, 'facility')).toEqual([]);
    expect(found(`${title}\nBệnh viện Đa khoa huyện Ví Dụ nói gì?`, 'facility')).toEqual([
      expect.stringMatching(/ ← Bệnh viện Đa khoa huyện Ví Dụ$/u),
    ]);
    expect(found('GIÁM ĐỐC SỞ Y TẾ PHÚ THỌ NGUYỄN VĂN MẪU DỰ LỄ KHAI GIẢNG', 'person')).toEqual([]);
  });

  it('finds what the registries list, as it is listed', () => {
    expect(found('BỆNH VIỆN CHỢ RẪY CỨU SỐNG BỆNH NHÂN SỐT XUẤT HUYẾT Ở ĐỒNG NAI')).toEqual([
      'bv-cho-ray ← BỆNH VIỆN CHỢ RẪY',
      'sot-xuat-huyet ← SỐT XUẤT HUYẾT',
      '75 ← ĐỒNG NAI',
    ]);
  });

  it('reads a name that stands alone in capitals', () => {
    expect(found('BỆNH VIỆN ĐA KHOA HUYỆN VÍ DỤ', 'facility')).toHaveLength(1);
  });
});
