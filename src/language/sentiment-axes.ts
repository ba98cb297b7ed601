/** On which axes a polar term speaks, and at whom it is aimed: what happened, and what is said of the health sector. */
import type { Mention, MentionKind, SentimentAxis } from '../domain/analysis.ts';
import type { LexiconClass, LexiconTerm } from './lexicon.ts';
import type { Actor, Speakers } from './speakers.ts';
import { hasBreak, PHRASE_BREAK, type Syllable } from './syllables.ts';
import type { WeighedTerm } from './weighed-term.ts';

/** What a term says along both axes. */
export interface Aim {
  readonly axes: readonly SentimentAxis[];
  /** The mention that it is aimed at: kind and id, `facility:bv-cho-ray`. */
  readonly towards?: string;
}

const EVENT: Aim = { axes: ['event'] };

/**
 * How a term relates to who stands around it.
 *
 * `conduct`: what somebody does or is; the nearest is meant. `measure`: what an authority does to somebody else, who
 * stands behind it, or before a `bị`. `prosecution`: the same by police and courts, and its object stands right beside
 * it. `abuse`: who does it stands before it; who suffers it is behind. `answer`: who says it means themselves.
 * `praise`: words for deeds and people, not for how things are or feel; may be aimed at those who act in the same breath.
 */
type Aiming = 'conduct' | 'measure' | 'prosecution' | 'abuse' | 'answer' | 'praise';

/** Beginnings of terms, whatever their class, that are aimed in their own way. */
const AIMED_BY: Readonly<Record<Exclude<Aiming, 'conduct'>, readonly string[]>> = {
  measure: [
    'thu hồi',
    'đình chỉ',
    'tạm đình chỉ',
    'xử phạt',
    'phạt',
    'tước',
    'rút phép',
    'rút giấy phép',
    'kỷ luật',
    'cảnh cáo',
    'khiển trách',
    'kiểm điểm',
    'cách chức',
    'khai trừ',
    'tiêu hủy',
    'buộc',
    'thanh tra',
    'kết luận thanh tra',
    'yêu cầu',
    'khẩn trương làm rõ',
    'làm rõ',
    'truy trách nhiệm',
    'quy trách nhiệm',
    'chấn chỉnh',
    'phê bình',
    'chất vấn',
    'đóng cửa phòng khám',
    'xuất toán',
  ],
  prosecution: [
    'bắt',
    'khởi tố',
    'truy tố',
    'tạm giam',
    'tạm giữ',
    'hầu tòa',
    'ra tòa',
    'xét xử',
    'lĩnh án',
    'lãnh án',
    'nhận án',
    'phạt tù',
    'án tù',
    'án treo',
    'năm tù',
    'tháng tù',
    'can',
    'cáo',
    'tuyên',
    'triệu tập',
    'truy nã',
    'tham ô',
    'vụ án',
  ],
  abuse: [
    'chửi',
    'mắng',
    'quát',
    'xúc phạm',
    'miệt thị',
    'lăng mạ',
    'kỳ thị',
    'gây rối',
    'chống người thi hành công vụ',
    'chống đối',
  ],
  praise: [
    'khen',
    'thư khen',
    'gửi thư',
    'viết thư',
    'biểu dương',
    'tuyên dương',
    'vinh danh',
    'tôn vinh',
    'ca ngợi',
    'ngợi ca',
    'cảm ơn',
    'lời cảm ơn',
    'thư cảm ơn',
    'tri ân',
    'biết ơn',
    'cảm kích',
    'cảm phục',
    'khâm phục',
    'thán phục',
    'nể phục',
    'ngưỡng mộ',
    'tận tâm',
    'tận tình',
    'tận tụy',
    'hết lòng',
    'y đức',
    'lương y',
    'tấm lòng',
    'tấm gương',
    'gương sáng',
    'gương mẫu',
    'hy sinh',
    'cống hiến',
    'thầm lặng',
    'nghĩa cử',
    'việc làm đẹp',
    'hành động đẹp',
    'đánh giá cao',
    'hài lòng',
    'sự hài lòng',
    'tin tưởng',
    'tín nhiệm',
    'tin yêu',
    'hoan nghênh',
    'ghi nhận những',
    'bằng khen',
    'tặng bằng khen',
    'trao bằng khen',
    'nhận bằng khen',
    'huân chương',
    'thầy thuốc nhân dân',
    'thầy thuốc ưu tú',
    'anh hùng lao động',
    'dũng cảm',
    'quả cảm',
    'chuyên nghiệp',
    'minh bạch',
    'thân thiện',
    'tử tế',
    'trả lại',
    'từ chối nhận',
  ],
  answer: ['xin lỗi', 'công khai xin lỗi', 'phải xin lỗi', 'bác bỏ', 'phủ nhận', 'đính chính'],
};

/** Between an arrest and who is arrested: `khởi tố nguyên phó giám đốc …`. */
const MAX_TO_OBJECT = 5;
/** What is said of somebody stands nearer than this, also in a sentence without full stops. */
const MAX_TO_TARGET = 24;
/** Added to the distance of who stands on the side where a term is seldom aimed. */
const WRONG_SIDE = 10;
/** How far before a term `bị` or `được` makes it passive. */
const MAX_TO_PASSIVE = 3;
const PASSIVE: ReadonlySet<string> = new Set(['bị', 'được']);

const AIMINGS = new WeakMap<LexiconTerm, Aiming | null>();

/** `null` for what says nothing of anybody. */
function aimingOf(term: LexiconTerm): Aiming | null {
  let aiming = AIMINGS.get(term);
  if (aiming === undefined) {
    aiming = readAiming(term);
    AIMINGS.set(term, aiming);
  }
  return aiming;
}

const SAID_OF: ReadonlySet<LexiconClass> = new Set<LexiconClass>([
  'misconduct',
  'criticism',
  'praise',
  'crime',
]);

function readAiming({ term, class: termClass }: LexiconTerm): Aiming | null {
  const active = term.replace(/^(?:bị|được) /u, '');
  if (!SAID_OF.has(termClass)) return null;
  for (const [aiming, beginnings] of Object.entries(AIMED_BY)) {
    const isPraise = aiming === 'praise';
    if (isPraise !== (termClass === 'praise')) continue;
    if (beginnings.some((begin) => `${active} `.startsWith(`${begin} `))) return aiming as Aiming;
  }
  return termClass === 'misconduct' || termClass === 'criticism' ? 'conduct' : null;
}

/** Somebody of the sector, or its policy, as the text names them. Indices are of syllables. */
interface Target {
  readonly from: number;
  readonly to: number;
  readonly towards?: string;
  /** Speaks, or takes measures, from `from` up to here. */
  readonly actsUntil: number;
  readonly isAuthority: boolean;
}

/**
 * Builds what tells of each term at whom of the health sector it is aimed.
 *
 * Terms of classes `misconduct`, `criticism` and `praise`, and of `crime` where they prosecute, speak on the stance axis
 * when the nearest target in their sentence allows it: a facility, an authority, a policy document or a person of the
 * sector that is mentioned, or a word for one (`bác sĩ`, `phòng khám`); where the sentence has none, the first of the
 * title. Without a target they tell an event like every other term. Misconduct and prosecution of the sector speak on
 * both axes: that it was done is bad, and somebody is accused of it. Who speaks, and the authority that takes a measure,
 * is not its target.
 *
 * @param sentences  of each syllable the number of its sentence
 * @param titleEnd   offset in the text where the title ends
 */
export function createAim(
  syllables: readonly Syllable[],
  sentences: Uint32Array,
  mentions: readonly Mention[],
  speakers: Speakers,
  titleEnd: number,
): (term: WeighedTerm, neighbours: readonly WeighedTerm[]) => Aim {
  const targets = targetsOf(syllables, mentions, speakers);
  const ofTitle = targets.filter(({ from }) => (syllables[from]?.start ?? 0) < titleEnd);
  const bySentence = new Map<number, Target[]>();
  for (const target of targets) {
    const sentence = sentences[target.from] as number;
    const known = bySentence.get(sentence);
    if (known === undefined) bySentence.set(sentence, [target]);
    else known.push(target);
  }
  return (term, neighbours) => {
    const { match } = term;
    const aiming = aimingOf(match.value);
    if (aiming === null) return EVENT;
    const near = bySentence.get(sentences[match.from] as number) ?? [];
    const isPassive = standsPassive(syllables, match.from, match.value.term);
    const nearest = (among: readonly Target[]) => nearestOf(among, match, aiming, isPassive);
    const meant = () => nearest(near) ?? (near.length === 0 ? fallback(ofTitle, aiming) : undefined);
    const target =
      aiming === 'prosecution' ? besideOf(near, match, isPassive, neighbours, syllables) : meant();
    if (target === undefined) return EVENT;
    const axes = isDeed(term) ? BOTH : STANCE;
    const towards =
      target.towards ?? nearest(near.filter(isNamed))?.towards ?? ofTitle.find(isNamed)?.towards;
    return towards === undefined ? { axes } : { axes, towards };
  };
}

const STANCE: readonly SentimentAxis[] = ['stance'];
const BOTH: readonly SentimentAxis[] = ['event', 'stance'];

/** Something done, beyond what is said of it. */
function isDeed({ turned, match: { value } }: WeighedTerm): boolean {
  return !turned && value.class !== 'criticism' && value.class !== 'praise';
}

/** Mentions, and words for the sector where no mention stands. In reading order. */
function targetsOf(
  syllables: readonly Syllable[],
  mentions: readonly Mention[],
  { actors }: Speakers,
): Target[] {
  const targets: Target[] = [];
  const taken = new Set<Actor>();
  let at = 0;
  let next = 0;
  for (const mention of mentions) {
    if (!AIMED_AT.has(mention.kind)) continue;
    at = firstFrom(syllables, at, mention.start);
    const place = { from: at, to: firstFrom(syllables, at, mention.end) };
    while (next < actors.length && (actors[next] as Actor).to <= at) next += 1;
    const within = actors.slice(next, next + MAX_ACTORS_IN_NAME).filter(({ from }) => from < place.to);
    if (mention.kind === 'person' && within[0]?.isSector !== true) continue;
    for (const actor of within) taken.add(actor);
    targets.push({ ...targetOf(within[0]), ...place, towards: `${mention.kind}:${mention.id}` });
  }
  for (const actor of actors) {
    if (actor.isSector && !taken.has(actor))
      targets.push({ ...targetOf(actor), from: actor.from, to: actor.to });
  }
  return targets.sort((a, b) => a.from - b.from);
}

/** `Giám đốc Bệnh viện …`, `Thanh tra Sở Y tế …`: the words for the sector that one mention may hold. */
const MAX_ACTORS_IN_NAME = 4;
const AIMED_AT: ReadonlySet<MentionKind> = new Set<MentionKind>(['facility', 'policy-document', 'person']);

function targetOf(actor: Actor | undefined): Pick<Target, 'actsUntil' | 'isAuthority'> {
  return { actsUntil: actor?.says?.to ?? 0, isAuthority: actor?.speaker === 'health-authority' };
}

/** The first syllable, from `at` on, that begins at `offset` or behind it. */
function firstFrom(syllables: readonly Syllable[], at: number, offset: number): number {
  let index = at;
  while (index < syllables.length && (syllables[index] as Syllable).start < offset) index += 1;
  return index;
}

function standsPassive(syllables: readonly Syllable[], from: number, term: string): boolean {
  if (term.startsWith('bị ') || term.startsWith('được ')) return true;
  for (let at = from - 1; at >= Math.max(0, from - MAX_TO_PASSIVE); at -= 1) {
    if ((syllables[at + 1] as Syllable).breakBefore >= PHRASE_BREAK) return false;
    if (PASSIVE.has((syllables[at] as Syllable).text)) return true;
  }
  return false;
}

interface Place {
  readonly from: number;
  readonly to: number;
}

function nearestOf(
  near: readonly Target[],
  match: Place,
  aiming: Aiming,
  isPassive: boolean,
): Target | undefined {
  let best: Target | undefined;
  let least = MAX_TO_TARGET + WRONG_SIDE;
  for (const target of near) {
    if (!canBeMeant(target, match, aiming, isPassive)) continue;
    const isBehind = target.from >= match.from;
    const wrong = isBehind === isPassive ? WRONG_SIDE : 0;
    const onWrongSide = isPassive || aiming === 'measure' ? wrong : 0;
    const distance = gapBetween(target, match) + onWrongSide;
    if (distance < least || (distance === least && isBehind)) {
      best = target;
      least = distance;
    }
  }
  return best;
}

function gapBetween(a: Place, b: Place): number {
  return Math.max(0, a.from >= b.to ? a.from - b.to : b.from - a.to);
}

/** Whether the term can be about the target, by who acts and on which side it stands. */
function canBeMeant(target: Target, { from }: Place, aiming: Aiming, isPassive: boolean): boolean {
  const isBefore = target.from < from;
  const speaks = isBefore && from < target.actsUntil;
  if (aiming === 'answer') return true;
  if (aiming === 'praise') return !speaks || isPassive;
  if (aiming === 'abuse') return isBefore !== isPassive;
  if (aiming === 'measure' && isBefore && target.isAuthority) return isPassive;
  return !speaks;
}

/** A text's headline names whom it is about. */
function fallback(ofTitle: readonly Target[], aiming: Aiming): Target | undefined {
  return aiming === 'abuse' || aiming === 'answer'
    ? undefined
    : ofTitle.find(({ isAuthority }) => !isAuthority);
}

/** A listed body that could be meant where only its staff is named: `bác sĩ Bệnh viện …`. */
function isNamed({ towards, isAuthority }: Target): boolean {
  return towards !== undefined && !isAuthority;
}

/** Who is prosecuted: right behind the word or right before it, with nothing polar and no comma between. */
function besideOf(
  near: readonly Target[],
  match: Place,
  isPassive: boolean,
  neighbours: readonly WeighedTerm[],
  syllables: readonly Syllable[],
): Target | undefined {
  return near.find((target) => {
    const [left, right] = target.from >= match.to ? [match, target] : [target, match];
    if (right.from - left.to > MAX_TO_OBJECT) return false;
    if (target.isAuthority && target.from < match.from && !isPassive) return false;
    if (hasBreak(syllables, left.to, right.from, PHRASE_BREAK)) return false;
    return !neighbours.some(({ match: other }) => other.from >= left.to && other.to <= right.from);
  });
}
