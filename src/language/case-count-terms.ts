/** The words by which a newspaper says how many fell ill, died or were otherwise affected. */
import type { CaseCount } from '../domain/analysis.ts';
import { createTermMatcher } from './term-matcher.ts';

export type Measure = CaseCount['measure'];

/** What a word does where people are counted. */
export type CountTerm =
  /** Counts by itself: `ca mắc`. */
  | { readonly role: 'counted'; readonly measure: Measure }
  /** Counts where a disease follows or where cases are reported: `ca`, `trường hợp`. */
  | { readonly role: 'case' }
  /** Counts where it is told what befell them: `người`, `học sinh`. */
  | { readonly role: 'person' }
  /** What befalls people. Some count without a noun: `1 tử vong, 2 mất tích`. */
  | { readonly role: 'predicate'; readonly measure: Measure; readonly countsAlone?: boolean }
  /** As `predicate` where a disease follows at once: `bị`, `có biểu hiện`. */
  | { readonly role: 'suffers' }
  /** What follows befell nobody who was counted before it: others act, or it has not happened. */
  | { readonly role: 'stop' }
  /** A number after it is a difference, a limit or a fear, not a count; else as `stop`. */
  | { readonly role: 'unreal' }
  /** Cases after it have been found: `ghi nhận`; after `thêm` they add to earlier ones. */
  | { readonly role: 'reports' | 'adds' }
  /** A number near it is of an earlier time; after `so với` what is compared with, before it what is told. */
  | { readonly role: 'past' | 'than' }
  /** The sentence speaks of rates. */
  | { readonly role: 'rate' }
  /** Says nothing; hides a shorter term in it that does. */
  | { readonly role: 'neutral' }
  /** The sentence speaks of the whole country. */
  | { readonly role: 'nationwide' };

const COUNTED: Readonly<Record<Measure, readonly string[]>> = {
  cases: [
    'ca mắc',
    'ca mắc mới',
    'ca mắc bệnh',
    'ca nhiễm',
    'ca nhiễm mới',
    'ca bệnh',
    'ca bệnh mới',
    'ca dương tính',
    'ca lây nhiễm',
    'ca nghi mắc',
    'ca nghi nhiễm',
    'ca xác định',
    'lượt mắc',
    'người mắc',
    'người mắc bệnh',
    'người nhiễm',
    'người nhiễm bệnh',
    'trường hợp mắc',
    'trường hợp mắc bệnh',
    'trường hợp nhiễm',
    'trường hợp dương tính',
    'trường hợp nghi mắc',
  ],
  deaths: [
    'ca tử vong',
    'ca chết',
    'người chết',
    'người tử vong',
    'người thiệt mạng',
    'trường hợp tử vong',
    'bệnh nhân tử vong',
  ],
  affected: [
    'ca ngộ độc',
    'ca nhập viện',
    'ca cấp cứu',
    'ca nặng',
    'ca nguy kịch',
    'ca cách ly',
    'ca nghi ngộ độc',
    'người bị thương',
    'trường hợp ngộ độc',
    'trường hợp nhập viện',
  ],
};

/** Work at a hospital, not people who fell ill; and other words that only begin alike. */
const NO_CASES = (
  'ca mổ, ca chết não, ca phẫu thuật, ca ghép, ca sinh, ca đẻ, ca đỡ đẻ, ca sinh nở, ca trực, ca làm, ca làm việc, ca can thiệp, ' +
  'ca chụp, ca xét nghiệm, ca khám, ca tư vấn, ca hiến, ca sĩ, ca sỹ, ca khúc, ca nương, ca cao, ca kỹ thuật, ' +
  'ca nội soi, ca thụ tinh, ca nô, ca kíp, ca học, ca khó, ca dễ, ca thẩm mỹ, ca phá thai, ca đặt, ca cắt, ca tán sỏi, ' +
  'ca điều trị, ca từ, ca dao, ca đêm, ca ngày, ca kịch, trường hợp vi phạm, trường hợp này, trường hợp khẩn cấp'
).split(', ');

const CASES = ['ca', 'trường hợp'];

const PERSONS = (
  'người, người khác, người dân, người bệnh, người lớn, người già, người cao tuổi, người đàn ông, người phụ nữ, ' +
  'người lao động, người nhà, người Việt, người Việt Nam, ' +
  'bệnh nhân, bệnh nhi, nạn nhân, trẻ, trẻ em, trẻ nhỏ, trẻ sơ sinh, bé, bé trai, bé gái, em, em bé, em nhỏ, cháu, ' +
  'cháu bé, em học sinh, học sinh, nam sinh, nữ sinh, sinh viên, học viên, công nhân, nữ công nhân, nam công nhân, ' +
  'lao động, giáo viên, cô giáo, thầy cô, cán bộ, nhân viên, nhân viên y tế, bác sĩ, điều dưỡng, khách, du khách, ' +
  'thực khách, hành khách, thanh niên, nam thanh niên, nữ thanh niên, thiếu niên, phụ nữ, đàn ông, nam giới, cụ già, cụ ông, cụ bà, sản phụ, ' +
  'thai phụ, thuyền viên, ngư dân, chiến sĩ, binh sĩ, bộ đội, cư dân, thành viên, mẹ con, bố con, cha con, ' +
  'vợ chồng, anh em, chị em, bà cháu, ông cháu, con nhỏ, cô gái, chàng trai, phạm nhân, thí sinh, vận động viên, ' +
  'công dân, trẻ mầm non, thợ, tài xế'
).split(', ');

const PREDICATES: Readonly<Record<Measure, readonly string[]>> = {
  cases: [
    'mắc',
    'nhiễm',
    'bị nhiễm',
    'dương tính',
    'mắc bệnh',
    'nhiễm bệnh',
    'phát bệnh',
    'lây bệnh',
    'lây nhiễm',
    'nghi mắc',
    'nghi nhiễm',
    'sống chung với',
    'sống chung bệnh',
  ],
  deaths: (
    'tử vong, chết, chết vì, chết do, chết đuối, bị chết, thiệt mạng, tử nạn, qua đời, không qua khỏi, mất mạng, ' +
    'chết thảm, chết cháy, đuối nước tử vong, ngạt khí tử vong, ngộ độc tử vong'
  ).split(', '),
  affected: (
    'ngộ độc, bị ngộ độc, nghi ngộ độc, trúng độc, nhiễm độc, đầu độc, nhập viện, phải nhập viện, vào viện, đi viện, ' +
    'vào bệnh viện, đến bệnh viện, đi bệnh viện, cấp cứu, đi cấp cứu, phải cấp cứu, chuyển viện, bị thương, ' +
    'thương vong, trọng thương, chấn thương, đa chấn thương, bị chấn thương, gãy xương, bị bỏng, bỏng nặng, nguy kịch, hôn mê, ngất, ngất xỉu, nôn ói, nôn mửa, buồn nôn, ' +
    'đau bụng, tiêu chảy, chóng mặt, khó thở, co giật, sốt cao, dị ứng, sốc phản vệ, cách ly, phải cách ly, mất tích, ' +
    'mắc kẹt, bị mắc kẹt, vùi lấp, bị vùi lấp, đuối nước, bị đuối nước, ngạt khí, ngạt khói, nhiễm trùng, biến chứng, ' +
    'có triệu chứng, xuất hiện triệu chứng, xuất hiện các triệu chứng, có biểu hiện bất thường, phơi nhiễm, đang điều trị, ' +
    'bị chó cắn, bị phơi nhiễm, cần hỗ trợ y tế, trở nặng, chuyển nặng, bệnh nặng, nhập viện cấp cứu, tai biến'
  ).split(', '),
};

const COUNTING_ALONE = ['bị thương', 'mất tích'];

const SUFFERS = [
  'bị',
  'bệnh',
  'nghi',
  'bị nghi',
  'nghi bị',
  'có biểu hiện',
  'có dấu hiệu',
  'được chẩn đoán',
  'chẩn đoán',
];

const STOPS = (
  'sơ cấp cứu, cứu, cứu sống, cứu chữa, giải cứu, tham gia, tham dự, hỗ trợ, giúp, giúp đỡ, khám, tiêm, tiêm chủng, tặng, thăm, ' +
  'hiến, hiến máu, chăm sóc, phục vụ, khởi tố, bị can, bắt, bắt giữ, xét xử, chứng kiến, thoát chết, thoát nạn, ' +
  'suýt, suýt chết, nguy cơ, có nguy cơ, tỷ lệ, tỉ lệ, có thể, tránh, phòng, phòng ngừa, ngăn, không, chưa, không bị, ' +
  'chưa bị, không mắc, không nhiễm, chết não, chết người, mắc nợ, mắc sai lầm, mắc lỗi, mắc cạn, mắc ca, ' +
  'mắc mưu, bắt mắc, nhập viện phí, liên quan, tiếp xúc, gây, khiến, làm, cho, đồng hành, ủng hộ, tiếp nhận, âm tính, ' +
  'khỏi bệnh, khỏi, hồi phục, xuất viện, ra viện, bình phục, thử nghiệm, khảo sát, nghiên cứu, người thân, gia đình, ' +
  'sẽ, cần, muốn, nên, lo, sợ, phụ trách, điều trị cho, sinh sống, mồ côi, thi đấu, tập huấn, diễn tập'
).split(', ');

const REPORTS = (
  'ghi nhận, phát hiện, xác nhận, xuất hiện, báo cáo, thông báo, tiếp nhận thêm, ghi nhận được, có tới, có ít nhất, ' +
  'tổng cộng, tích lũy, lũy kế, cộng dồn, nâng tổng số, trong đó'
).split(', ');

const ADDS = ['thêm', 'có thêm', 'ghi nhận thêm', 'phát hiện thêm', 'xuất hiện thêm', 'xác nhận thêm'];

const UNREAL = (
  'tăng, giảm, tăng thêm, giảm bớt, nhiều hơn, ít hơn, có thể, có thể gây, sẽ, nguy cơ, dự kiến, dự báo, ngăn chặn, ' +
  'ngăn ngừa, ngăn, tránh, phòng tránh, diễn tập, giả định, giả sử, mục tiêu, công suất, năng lực, nếu, mỗi, ' +
  'giống như, chênh lệch, giảm tới, khảo sát, nghiên cứu, nghiên cứu trên, nhằm'
).split(', ');

const PAST = (
  'cùng kỳ, cùng kỳ năm ngoái, cùng kỳ năm trước, năm ngoái, năm trước, tuần trước, tháng trước, quý trước, ' +
  'hôm trước, ngày trước đó, tuần trước đó, giai đoạn trước'
).split(', ');

const RATES = (
  'mỗi năm, hàng năm, hằng năm, mỗi ngày, hàng ngày, hằng ngày, mỗi tháng, hàng tháng, mỗi giờ, mỗi phút, mỗi giây, ' +
  'mỗi tuần, hàng tuần, trên 100.000 dân, trên 100.000 người, bình quân, thường niên, một năm có, cứ'
).split(', ');

const NEUTRAL = ['trong gia đình', 'trong một gia đình', 'trong cùng một gia đình', 'cùng gia đình'];

const NATIONWIDE = ['cả nước', 'toàn quốc', 'việt nam', 'toàn cầu', 'trên thế giới', 'khắp cả nước'];

/** Earlier lists win where a term stands in two. */
export const COUNT_TERMS = createTermMatcher<CountTerm>([
  ...NO_CASES.map((term) => [term, { role: 'stop' }] as const),
  ...measured(COUNTED, 'counted'),
  ...RATES.map((term) => [term, { role: 'rate' }] as const),
  ...PAST.map((term) => [term, { role: 'past' }] as const),
  ['so với', { role: 'than' }],
  ...[...PREDICATES.deaths, ...COUNTING_ALONE].map((term) => {
    const measure: Measure = PREDICATES.deaths.includes(term) ? 'deaths' : 'affected';
    return [term, { role: 'predicate', measure, countsAlone: true }] as const;
  }),
  ...measured(PREDICATES, 'predicate'),
  ...CASES.map((term) => [term, { role: 'case' }] as const),
  ...PERSONS.map((term) => [term, { role: 'person' }] as const),
  ...SUFFERS.map((term) => [term, { role: 'suffers' }] as const),
  ...ADDS.map((term) => [term, { role: 'adds' }] as const),
  ...UNREAL.map((term) => [term, { role: 'unreal' }] as const),
  ...REPORTS.map((term) => [term, { role: 'reports' }] as const),
  ...STOPS.map((term) => [term, { role: 'stop' }] as const),
  ...NEUTRAL.map((term) => [term, { role: 'neutral' }] as const),
  ...NATIONWIDE.map((term) => [term, { role: 'nationwide' }] as const),
]);

function measured(
  lists: Readonly<Record<Measure, readonly string[]>>,
  role: 'counted' | 'predicate',
): (readonly [string, CountTerm])[] {
  return (Object.keys(lists) as Measure[]).flatMap((measure) =>
    lists[measure].map((term) => [term, { role, measure }] as const),
  );
}
