/** The words by which a text names those who act and speak in health news, and the verbs that say that they speak. */
import type { Speaker } from '../domain/analysis.ts';

/** What a cue is to the reader of speakers. */
export type SpeakerCue =
  | {
      readonly kind: 'actor';
      readonly speaker: Speaker;
      /** Belongs to the health sector: may be praised, criticised or accused as part of it. */
      readonly isSector: boolean;
      /** Gives word to the body that it heads, though it stand behind a doctor's name: `BS A, Giám đốc Bệnh viện B`. */
      readonly isHead: boolean;
    }
  /** `cho biết`: who stands before it speaks. */
  | {
      readonly kind: 'saying';
      /** May stand behind what is said: `…, bác sĩ A cho biết.` */
      readonly isReport: boolean;
    }
  /** `theo`: who stands behind it speaks. */
  | { readonly kind: 'according' }
  /** `tuyên phạt`: says by itself who speaks, where nothing else does. */
  | { readonly kind: 'telling'; readonly speaker: Speaker }
  /** No actor, and keeps one from being read in it: `giả danh bác sĩ`. */
  | { readonly kind: 'nobody' };

interface Actors {
  readonly speaker: Speaker;
  readonly isSector: boolean;
  readonly isHead?: true;
  readonly terms: string;
}

const ACTORS: readonly Actors[] = [
  {
    speaker: 'health-authority',
    isSector: true,
    terms:
      'bộ y tế; byt; sở y tế; syt; ngành y tế; ngành y; ngành dược; phòng y tế; cơ quan y tế; bộ trưởng y tế; thứ trưởng y tế; ' +
      'cục quản lý khám chữa bệnh; cục quản lý khám, chữa bệnh; cục quản lý dược; cục an toàn thực phẩm; ' +
      'cục phòng bệnh; cục y tế dự phòng; cục bà mẹ và trẻ em; cục dân số; cục quản lý y dược cổ truyền; ' +
      'chi cục an toàn thực phẩm; chi cục an toàn vệ sinh thực phẩm; sở an toàn thực phẩm; ban quản lý an toàn thực phẩm; ' +
      'cdc; hcdc; trung tâm kiểm soát bệnh tật; viện pasteur; viện vệ sinh dịch tễ; viện vệ sinh dịch tễ trung ương; ' +
      'hội đồng y khoa quốc gia; bảo hiểm xã hội; bhxh; bảo hiểm xã hội việt nam; bảo hiểm y tế; bhyt; hệ thống y tế; y tế cơ sở',
  },
  {
    speaker: 'facility',
    isSector: true,
    terms:
      'bệnh viện; bv; bvđk; viện tim; viện mắt; phòng khám; phòng mạch; trung tâm y tế; ttyt; trạm y tế; cơ sở y tế; ' +
      'cơ sở khám chữa bệnh; cơ sở khám, chữa bệnh; cơ sở điều trị; cơ sở thẩm mỹ; thẩm mỹ viện; viện thẩm mỹ; nha khoa; ' +
      'nhà thuốc; hiệu thuốc; quầy thuốc; nhà hộ sinh; trung tâm tiêm chủng; trung tâm cấp cứu; khoa cấp cứu; cấp cứu 115; ' +
      'công ty dược; hãng dược; doanh nghiệp dược; công ty dược phẩm; cơ sở bán lẻ thuốc; bệnh xá; trung tâm cai nghiện',
  },
  {
    speaker: 'expert',
    isSector: true,
    terms:
      'bác sĩ; bác sỹ; bs; bsckii; bscki; y bác sĩ; y bác sỹ; y, bác sĩ; y, bác sỹ; nữ bác sĩ; nam bác sĩ; ' +
      'điều dưỡng; nữ điều dưỡng; dược sĩ; dược sỹ; hộ sinh; nữ hộ sinh; y sĩ; y sỹ; y tá; thầy thuốc; lương y; ' +
      'nhân viên y tế; cán bộ y tế; viên chức y tế; đội ngũ y tế; lực lượng y tế; kíp mổ; kíp trực; ê kíp; ê-kíp; ' +
      'áo blouse trắng; chiến sĩ áo trắng; kỹ thuật viên xét nghiệm',
  },
  {
    speaker: 'expert',
    isSector: false,
    terms:
      'chuyên gia; các chuyên gia; giáo sư; gs; pgs; ts; tiến sĩ; tiến sỹ; ths; thạc sĩ; nhà khoa học; nhà nghiên cứu; ' +
      'nhóm nghiên cứu; chuyên viên; who; tổ chức y tế thế giới; unicef',
  },
  {
    speaker: 'patient-or-family',
    isSector: false,
    terms:
      'người nhà; thân nhân; người thân; gia đình; gia đình bệnh nhân; gia đình bệnh nhi; gia đình nạn nhân; người bệnh; ' +
      'bệnh nhân; nữ bệnh nhân; nam bệnh nhân; bệnh nhi; nạn nhân; sản phụ; thai phụ; khách hàng; mẹ bé; bố bé; cha bé; ' +
      'mẹ bệnh nhi; mẹ cháu; bố cháu; người mẹ; người cha; người chồng; người vợ; chồng sản phụ; phụ huynh; ' +
      'người nhà bệnh nhân; thân nhân người bệnh; nhiều bệnh nhân',
  },
  {
    speaker: 'police-or-court',
    isSector: false,
    terms:
      'công an; bộ công an; cảnh sát; cơ quan điều tra; cơ quan cảnh sát điều tra; cơ quan an ninh điều tra; csđt; cqđt; ' +
      'tòa; tòa án; tand; hội đồng xét xử; hđxx; chủ tọa; thẩm phán; viện kiểm sát; vks; vksnd; kiểm sát viên; cáo trạng; bản án',
  },
  {
    speaker: 'inspector',
    isSector: false,
    terms:
      'thanh tra; đoàn thanh tra; đoàn kiểm tra; thanh tra bộ y tế; thanh tra sở y tế; thanh tra bộ; thanh tra sở; ' +
      'thanh tra chính phủ; thanh tra tỉnh; thanh tra thành phố; chánh thanh tra; kết luận thanh tra; đoàn liên ngành; ' +
      'đoàn kiểm tra liên ngành; kiểm toán nhà nước; quản lý thị trường; cục quản lý thị trường; ủy ban kiểm tra',
  },
  {
    speaker: 'government',
    isSector: false,
    terms:
      'thủ tướng; phó thủ tướng; chính phủ; văn phòng chính phủ; quốc hội; đại biểu quốc hội; đại biểu; ubnd; ủy ban nhân dân; ' +
      'chủ tịch tỉnh; chủ tịch thành phố; chủ tịch nước; tổng bí thư; bí thư; bí thư thành ủy; bí thư tỉnh ủy; ' +
      'lãnh đạo tỉnh; lãnh đạo thành phố; lãnh đạo địa phương; chính quyền; chính quyền địa phương; hđnd; bộ trưởng; thứ trưởng; ' +
      'bộ tài chính; bộ công thương; bộ nội vụ; bộ quốc phòng; bộ giáo dục; cơ quan chức năng',
  },
  {
    speaker: 'public',
    isSector: false,
    terms:
      'cư dân mạng; dân mạng; cộng đồng mạng; người dùng mạng; mạng xã hội; dư luận; người dân; cử tri; bạn đọc; nhiều người dân; ' +
      'công chúng; tài khoản facebook; tài khoản tiktok; người tiêu dùng',
  },
  {
    speaker: 'press',
    isSector: false,
    terms: 'báo chí; phóng viên; truyền thông; tờ báo; hãng tin; hãng thông tấn',
  },
];

const HEADS =
  'giám đốc; phó giám đốc; lãnh đạo; đại diện; ban giám đốc; ban lãnh đạo; cục trưởng; phó cục trưởng; bộ trưởng; thứ trưởng';
const HEADED: readonly (Actors & { readonly isHead: true })[] = [
  {
    speaker: 'facility',
    isSector: true,
    isHead: true,
    terms: 'bệnh viện; bv; trung tâm y tế; phòng khám; cơ sở thẩm mỹ; thẩm mỹ viện; nhà thuốc; trạm y tế',
  },
  {
    speaker: 'health-authority',
    isSector: true,
    isHead: true,
    terms:
      'bộ y tế; sở y tế; ngành y tế; cục quản lý dược; cục an toàn thực phẩm; cục phòng bệnh; cdc; trung tâm kiểm soát bệnh tật; cục quản lý khám chữa bệnh; cục quản lý khám, chữa bệnh',
  },
];

const REPORTING =
  'cho biết; cho hay; nói; nói thêm; chia sẻ; kể; kể lại; tâm sự; khẳng định; nhấn mạnh; nhận định; cho biết thêm; bày tỏ; phân tích; lý giải; giải thích; thông tin thêm; khuyến cáo';

const SAYING =
  'cho rằng; nói rằng; nói về; nói gì; thông tin; ' +
  'phản ánh; tố; tố cáo; tố giác; khiếu nại; bức xúc; phàn nàn; than phiền; trình bày; khuyên; cảnh báo; lưu ý; đề nghị; ' +
  'kiến nghị; yêu cầu; chỉ đạo; kết luận; xác định; xác nhận; tuyên; tuyên bố; đánh giá; ' +
  'thừa nhận; bác bỏ; phủ nhận; lên tiếng; trả lời; báo cáo; thông báo; công bố; chỉ ra; cáo buộc; chỉ trích; phê bình; ' +
  'lên án; xin lỗi; biểu dương; khen ngợi; khen; ca ngợi; cảm ơn; tri ân; tiết lộ; đề xuất; phát biểu; ' +
  'chất vấn; kêu cứu; kêu gọi; quy kết; buộc tội; hé lộ; bật khóc; viết; đăng tải; lan truyền; chia sẻ thông tin; phát hiện';

const TELLING: readonly (readonly [Speaker, string])[] = [
  [
    'police-or-court',
    'khởi tố; truy tố; bắt tạm giam; bắt giam; tuyên phạt; tuyên án; lĩnh án; lãnh án; hầu tòa; xét xử; đề nghị truy tố; khởi tố bị can',
  ],
  ['inspector', 'thanh tra chỉ ra; qua thanh tra; qua kiểm tra; kết quả thanh tra'],
  ['public', 'dậy sóng mạng xã hội; xôn xao mạng xã hội; gây bão mạng'],
  ['patient-or-family', 'đơn tố cáo; đơn khiếu nại'],
];

const NOBODY =
  'giả danh bác sĩ; giả danh nhân viên y tế; giả danh cán bộ y tế; mạo danh bác sĩ; mạo danh bệnh viện; mạo danh bộ y tế; ' +
  'mạo danh sở y tế; giả danh bệnh viện; giả mạo bệnh viện; giả mạo bác sĩ; giả mạo bộ y tế; theo dõi; tiếp theo; kèm theo; theo đuổi; ' +
  'kèm thông tin; công nghệ thông tin; cổng thông tin; bảo vệ bệnh viện; tiêu biểu';

/** Every cue once; of two meanings the first counts. */
export function speakerCues(): Map<string, SpeakerCue> {
  const cues = new Map<string, SpeakerCue>();
  const add = (terms: string, cue: SpeakerCue) => {
    for (const term of terms.split('; ')) if (!cues.has(term)) cues.set(term, cue);
  };
  add(NOBODY, { kind: 'nobody' });
  for (const { speaker, isSector, terms } of ACTORS)
    add(terms, { kind: 'actor', speaker, isSector, isHead: false });
  for (const { speaker, isSector, isHead, terms } of HEADED) {
    const headed = HEADS.split('; ').flatMap((head) => terms.split('; ').map((body) => `${head} ${body}`));
    add(headed.join('; '), { kind: 'actor', speaker, isSector, isHead });
  }
  add('theo', { kind: 'according' });
  for (const [speaker, terms] of TELLING) add(terms, { kind: 'telling', speaker });
  add(REPORTING, { kind: 'saying', isReport: true });
  add(SAYING, { kind: 'saying', isReport: false });
  // Who is named before these is spoken of: `bệnh viện bị tố`.
  for (const verb of `${REPORTING}; ${SAYING}`.split('; '))
    add(`bị ${verb}; được ${verb}`, { kind: 'nobody' });
  return cues;
}
