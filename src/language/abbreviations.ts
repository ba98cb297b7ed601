/** What Vietnamese newspapers and readers shorten, and the ways to write a term that follow from it. */

/** Short and full form, lower case. Only what stands for one thing in news of the health sector and its neighbours. */
const ABBREVIATIONS: readonly (readonly [short: string, full: string])[] = [
  ['bv', 'bệnh viện'],
  ['bvđk', 'bệnh viện đa khoa'],
  ['ttyt', 'trung tâm y tế'],
  ['tyt', 'trạm y tế'],
  ['pkđk', 'phòng khám đa khoa'],
  ['byt', 'bộ y tế'],
  ['syt', 'sở y tế'],
  ['bs', 'bác sĩ'],
  ['bn', 'bệnh nhân'],
  ['nvyt', 'nhân viên y tế'],
  ['cbyt', 'cán bộ y tế'],
  ['bhyt', 'bảo hiểm y tế'],
  ['bhxh', 'bảo hiểm xã hội'],
  ['kcb', 'khám chữa bệnh'],
  ['attp', 'an toàn thực phẩm'],
  ['vsattp', 'vệ sinh an toàn thực phẩm'],
  ['nđtp', 'ngộ độc thực phẩm'],
  ['sxh', 'sốt xuất huyết'],
  ['tcm', 'tay chân miệng'],
  ['tbyt', 'thiết bị y tế'],
  ['ttbyt', 'trang thiết bị y tế'],
  ['vtyt', 'vật tư y tế'],
  ['cssk', 'chăm sóc sức khỏe'],
  ['tnlđ', 'tai nạn lao động'],
  ['tngt', 'tai nạn giao thông'],
  ['tnđn', 'tai nạn đuối nước'],
  ['tphcm', 'thành phố hồ chí minh'],
  ['tp hcm', 'thành phố hồ chí minh'],
  ['ubnd', 'ủy ban nhân dân'],
  ['hđnd', 'hội đồng nhân dân'],
  ['đbqh', 'đại biểu quốc hội'],
  ['csgt', 'cảnh sát giao thông'],
  ['csđt', 'cảnh sát điều tra'],
  ['vksnd', 'viện kiểm sát nhân dân'],
  ['tand', 'tòa án nhân dân'],
  ['gdđt', 'giáo dục và đào tạo'],
  ['ttxvn', 'thông tấn xã việt nam'],
];

/**
 * Words that readers type short, by what they mean; as typed, so that `DC` and `KO` stay what they are. `k`, `dk` and
 * their like stand for too much.
 */
export const TYPED_SHORT: ReadonlyMap<string, string> = new Map([
  ['ko', 'không'],
  ['hok', 'không'],
  ['khum', 'không'],
  ['đc', 'được'],
  ['dc', 'được'],
  ['cx', 'cũng'],
  ['bik', 'biết'],
  ['thik', 'thích'],
  ['wá', 'quá'],
  ['nhìu', 'nhiều'],
]);

/** Titles and kinds of places that are shortened with a full stop. */
const WITH_FULL_STOP: ReadonlySet<string> = new Set(
  'tp tx tt bv q p bs bscki bsckii ths ts pgs gs ckii cki ds đd ys st'.split(' '),
);

/** True for what is followed by a full stop that ends no sentence: `TP. Hồ Chí Minh`, `BS. Nguyễn …`. */
export function abbreviates(word: string): boolean {
  return WITH_FULL_STOP.has(word);
}

export interface WrittenWord {
  readonly text: string;
  /** False where more than space parts it from the word before. */
  readonly isJoined: boolean;
}

interface Swap {
  readonly written: readonly string[];
  readonly instead: readonly string[];
}

/** By the first word of what is to be written another way. */
const SWAPS = new Map<string, Swap[]>();
for (const pair of ABBREVIATIONS) {
  const [short, full] = pair.map((form) => form.split(' ')) as [string[], string[]];
  for (const swap of [
    { written: short, instead: full },
    { written: full, instead: short },
  ]) {
    const first = swap.written[0] as string;
    SWAPS.set(first, [...(SWAPS.get(first) ?? []), swap]);
  }
}
/** A term that could be shortened in more ways than this is a sentence. */
const MAX_FORMS = 8;

/**
 * The other ways to write a term: each full form in it shortened, each abbreviation within it spelled out.
 *
 * @returns at most 8; none for most terms
 */
export function otherForms(term: readonly WrittenWord[]): WrittenWord[][] {
  const forms: (readonly WrittenWord[])[] = [term];
  const seen = new Set([spell(term)]);
  for (let next = 0; next < forms.length && forms.length <= MAX_FORMS; next += 1) {
    for (const other of swapped(forms[next] as readonly WrittenWord[])) {
      const spelled = spell(other);
      if (seen.has(spelled) || forms.length > MAX_FORMS) continue;
      seen.add(spelled);
      forms.push(other);
    }
  }
  return forms.slice(1).map((form) => [...form]);
}

/** The term with one abbreviation spelled out or one full form shortened. */
function swapped(term: readonly WrittenWord[]): WrittenWord[][] {
  return term.flatMap((word, at) =>
    (SWAPS.get(word.text) ?? [])
      .filter(
        ({ written, instead }) =>
          standsAt(written, term, at) && (shortens(written, instead) || term.length > written.length),
      )
      .map(({ written, instead }) => [
        ...term.slice(0, at),
        ...instead.map((text, index) => ({ text, isJoined: index > 0 || word.isJoined })),
        ...term.slice(at + written.length),
      ]),
  );
}

/** What is nothing but an abbreviation is not spelled out: the full form has an entry of its own, with its own weight. */
function shortens(written: readonly string[], instead: readonly string[]): boolean {
  return instead.length < written.length;
}

function standsAt(written: readonly string[], term: readonly WrittenWord[], at: number): boolean {
  return written.every(
    (text, index) => term[at + index]?.text === text && (index === 0 || term[at + index]?.isJoined === true),
  );
}

function spell(term: readonly WrittenWord[]): string {
  return term.map(({ text, isJoined }) => (isJoined ? text : `,${text}`)).join(' ');
}
