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
    `(?<![\\p{L}\\d/.])(\\d{1,5})\\s?(?:/\\s?((?:19|20)\\d{2})\\s?)?[/-]\\s?(${suffixes.join('|')})(?![\\p{L}\\d])`,
    'giu',
  );
  const named = new RegExp(
    `(?<!\\p{L})(${kindNames.join('|')})(?:\\ssố)?[:\\s]\\s?(\\d{1,4})(?:/((?:19|20)\\d{2}))?(?![\\d%/-]|[.,]\\d|\\s?(?:năm|ngày|triệu|tỷ)\\b)`,
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

  const fromName = (match: RegExpExecArray, full: readonly DocumentMention[]): DocumentMention => {
    const [whole, kindWritten = '', digits = '', year] = match;
    const kind = kindWritten.toLowerCase().replaceAll(/\s/gu, ' ');
    const suffix = OWN_SUFFIX[kind];
    const beginning = year === undefined ? `${digits}-` : `${digits}-${year}-`;
    const id =
      full.find((other) => other.id.startsWith(beginning) && isOfKind(other.id, kind))?.id ??
      (year === undefined ? shortOnes.get(`${kind} ${Number(digits)}`) : undefined) ??
      documents.find(
        (document) => document.id.startsWith(beginning) && isOfKind(document.id, kind) && year !== undefined,
      )?.id ??
      (suffix !== undefined && year !== undefined
        ? documentId(`${digits}/${year}/${suffix}`)
        : documentId([kind, digits, year ?? ''].join(' ')));
    return { start: match.index, end: match.index + whole.length, id, name: byId.get(id)?.name ?? whole };
  };

  const kindOfSuffix = new Map(
    kinds.flatMap(({ name, suffix }) =>
      suffix.map((each) => [documentId(each), name.toLowerCase()] as const),
    ),
  );
  function isOfKind(id: string, kind: string): boolean {
    const suffix = id.replace(/^\d+-(?:(?:19|20)\d{2}-)?/u, '');
    return kindOfSuffix.get(suffix) === kind;
  }

  return (text) => {
    if (!NUMBERED.test(text)) return [];
    const full = [...text.matchAll(numbered)].map(fromNumber);
    const named_ = [...text.matchAll(named)].map((match) => fromName(match, full));
    return [...full, ...named_].sort((a, b) => a.start - b.start);
  };
}

function literally(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}
