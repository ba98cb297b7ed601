/** Policy documents named by number (`96/2023/NĐ-CP`) or by kind and number (`Nghị định 46`). */
import { documentId, type PolicyDocumentRegistry } from './policy-document-registry.ts';

interface DocumentMention {
  readonly start: number;
  readonly end: number;
  readonly id: string;
  readonly name: string;
}

/** Of the other kinds ("quyết định 2 việc", "kết luận 7 bị can") a number is meant only after "số". Laws have none. */
const UNMISTAKABLE = new Set(['nghị định', 'nghị quyết', 'thông tư', 'chỉ thị', 'công điện']);

/** The suffix that a number of this kind carries where the text names kind and year only. */
const OWN_SUFFIX: Readonly<Record<string, string>> = { 'nghị định': 'NĐ-CP' };

/** Characters beside a number within which who issued the document is looked for. */
const ISSUER_WITHIN = 60;
/** What stands between who issues and what is issued. */
const ISSUES = '(?:\\s(?:đã|vừa|mới|sẽ|đã có|vừa có|có)){0,2}\\s(?:ban hành|ký ban hành|ký|có|công bố)\\s$';

/** Cheap: most texts have no number after a letter and none with a stroke before capitals, so they name no document. */
const NUMBERED =
  /\d\s?[/-]\s?(?:\d{4}\s?\/\s?)?[A-ZĐ]{2}|(?:ịnh|uyết|hị|tư|uật|uận|iện|văn|ệnh|hất)(?: số)?:? ?\d/iu;

export type DocumentReader = (text: string) => DocumentMention[];

export function createDocumentReader({ kinds, documents }: PolicyDocumentRegistry): DocumentReader {
  const suffixes = kinds
    .flatMap(({ suffix }) => suffix)
    .sort((a, b) => b.length - a.length)
    .map((suffix) => literally(suffix).replace('Đ', '[ĐD]').replace('/', '[/-]'));
  const kindNames = kinds
    .map(({ name }) => name)
    .filter((name) => name !== 'Luật')
    .map(
      (name) => name.replaceAll(' ', '\\s') + (UNMISTAKABLE.has(name.toLowerCase()) ? '' : '(?=\\ssố\\s)'),
    );
  const numbered = new RegExp(
    `(?<![\\p{L}\\d/.])(\\d{1,5}(?:\\.\\d{1,2})?)\\s?(?:/\\s?((?:19|20)\\d{2})\\s?)?[/-]\\s?(${suffixes.join('|')})(?![\\p{L}\\d])`,
    'giu',
  );
  const named = new RegExp(
    `(?<!\\p{L})(${kindNames.join('|')})(?:\\ssố)?[:\\s]\\s?(\\d{1,4}(?:\\.\\d{1,2}(?=/))?)(?:/((?:19|20)\\d{2}))?(?![\\d%/-]|[.,]\\d|\\s?(?:năm|ngày|triệu|tỷ)\\b)`,
    'giu',
  );
  const canonicalSuffix = new Map(
    kinds.flatMap(({ suffix }) => suffix.map((each) => [documentId(each), each])),
  );
  const byId = new Map(documents.map((document) => [document.id, document]));
  const shortOnes = new Map<string, string>();
  for (const { id, name, short } of documents) {
    const kind = kinds.find((each) => name.startsWith(each.name))?.name.toLowerCase();
    if (short && kind !== undefined) shortOnes.set(`${kind} ${Number.parseInt(id, 10)}`, id);
  }

  const fromNumber = (match: RegExpExecArray): DocumentMention => {
    const [whole, digits = '', year, written = ''] = match;
    const suffix = canonicalSuffix.get(documentId(written)) ?? written;
    const joint = /^(?:NQ|CT|QĐ|KL)[/-]TW$/u.test(suffix) ? '-' : '/';
    const number = year === undefined ? `${digits}${joint}${suffix}` : `${digits}/${year}/${suffix}`;
    const id = documentId(number);
    return { start: match.index, end: match.index + whole.length, id, name: byId.get(id)?.name ?? number };
  };

  const fromName = (
    match: RegExpExecArray,
    full: readonly DocumentMention[],
    text: string,
  ): DocumentMention => {
    const [whole, kindWritten = '', digits = '', year] = match;
    const kind = kindWritten.toLowerCase().replaceAll(/\s/gu, ' ');
    const suffix = OWN_SUFFIX[kind];
    const issued = issuedBy(kind, digits, year, text, match.index, match.index + whole.length);
    const number = digits.replace('.', '-');
    const beginning = year === undefined ? `${number}-` : `${number}-${year}-`;
    const id =
      full.find((other) => other.id.startsWith(beginning) && isOfKind(other.id, kind))?.id ??
      (year === undefined ? shortOnes.get(`${kind} ${Number(digits)}`) : undefined) ??
      documents.find(
        (document) => document.id.startsWith(beginning) && isOfKind(document.id, kind) && year !== undefined,
      )?.id ??
      issued ??
      (suffix !== undefined && year !== undefined
        ? documentId(`${digits}/${year}/${suffix}`)
        : documentId([kind, digits, year ?? ''].join(' ')));
    return { start: match.index, end: match.index + whole.length, id, name: byId.get(id)?.name ?? whole };
  };

  const issuers = new Map(
    kinds.map(({ name, issuers: byName }) => [name.toLowerCase(), Object.entries(byName)] as const),
  );
  /** The id that follows from who issued it, where the text says who: `Nghị quyết 09/2026 của Chính phủ`. */
  function issuedBy(
    kind: string,
    digits: string,
    year: string | undefined,
    text: string,
    start: number,
    end: number,
  ): string | undefined {
    const after = text.slice(end, end + ISSUER_WITHIN);
    const before = text.slice(Math.max(0, start - ISSUER_WITHIN), start);
    const suffix = issuers
      .get(kind)
      ?.find(
        ([name]) =>
          after.startsWith(` của ${name}`) || new RegExp(`${literally(name)}${ISSUES}`, 'u').test(before),
      )?.[1];
    if (suffix === undefined) return undefined;
    const isOfParty = suffix.endsWith('TW');
    if (isOfParty) return documentId(`${digits}-${suffix}`);
    return year === undefined ? undefined : documentId(`${digits}/${year}/${suffix}`);
  }

  const kindOfSuffix = new Map(
    kinds.flatMap(({ name, suffix }) =>
      suffix.map((each) => [documentId(each), name.toLowerCase()] as const),
    ),
  );
  function isOfKind(id: string, kind: string): boolean {
    const suffix = id.replace(/^\d+-(?:\d{1,2}-)?(?:(?:19|20)\d{2}-)?/u, '');
    return kindOfSuffix.get(suffix) === kind;
  }

  return (text) => {
    if (!NUMBERED.test(text)) return [];
    const full = [...text.matchAll(numbered)].map(fromNumber);
    const named_ = [...text.matchAll(named)].map((match) => fromName(match, full, text));
    return [...full, ...named_].sort((a, b) => a.start - b.start);
  };
}

function literally(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
