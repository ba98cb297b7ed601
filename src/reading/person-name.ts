import { collapse } from './html-node.ts';
import { plainText } from './html-text.ts';

/**
 * How names are told from what stands beside them in a byline. Names are compared by `nameKey`.
 */
const MAX_NAMES = 8;
const MAX_NAME_CHARS = 60;

/** A name without diacritics, case, spaces and marks, for comparing. */
export function nameKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

const DONE =
  '(?:authored|written|posted|published|story|words|text|article|report|reported|reporting|interview|analysis|opinion|veröffentlicht|verfasst|geschrieben|erstellt|eingestellt|publiziert|ein artikel|ein beitrag|ein gastbeitrag|pressemitteilung|publicado|escrito|redactado|rédigé|publié|écrit|propos recueillis|scritto|pubblicato|a cura|skrevet|napisał|napisane|geschreven)';
const LEAD_IN = new RegExp(
  `^(?:(?:post author|${DONE}\\s+(?:by|von|par|por|da|di|af|av|door))|by|authors?|from|von|par|por|autor(?:in|en|a|es|:in)?|auteurs?|autore|autori|text|texto?|tekst|interview|redaktion|redacción|bericht|reportage|kommentar|tác giả|bài và ảnh|bài, ảnh|bài|theo|di|da|door|av|af|przez|автор|текст|yazar|penulis|oleh|文|记者|作者|責任編集)(?:\\s*[:：]\\s*|\\s+)`,
  'iu',
);
/** The same where the template runs both together: `ByJane Doe`. */
const GLUED_LEAD_IN = /^(?:Post author|Author|Autor|By|Von)(?=\p{Lu})/u;
/** What follows a name after a comma without being another one. */
const DEGREE = /^(?:ph\.?\s?d\.?|m\.?d\.?|mph|rd|ms|msc|mba|dr|prof|jr\.?|sr\.?|esq\.?|rn|ma|ba)$/i;
const NAME_BREAK =
  /\s*(?:,|;|\/|\||•|·|»|\n|—|–|\s-\s|\s(?:and|und|et|y|e|và|og|och|en|with|mit|con|avec|и|та|i|ja|ve|dan)\s|\s&\s|\sim gespräch(?:\smit)?\s|、|，)\s*/iu;
const NAME_END =
  /\s*(?:\((?:theo|ảnh|tổng hợp|ghi|dịch|nguồn|text|fotos?|photos?|dpa|ap|afp|reuters)[^)]*\)|\s(?:tổng hợp|lược dịch|dịch|ghi|thực hiện)|\s(?:for|für)\s(?:the\s)?\p{Lu}.*|\s(?:in|aus)\s\p{Lu}\p{Ll}+|\s(?:am|on|le|el)\s\d.*|[\s(]*@\w+\)?)$/iu;

/** The parts of a byline that may be names, unchecked. Empty where the line credits a source or a photograph. */
export function splitNames(text: string): string[] {
  if (/^\s*(?:theo\s|https?:|www\.|photo|foto|image|bild|ảnh|nguồn)/i.test(text)) return [];
  const start = text.slice(0, 400);
  const bare = withoutRepeat(
    collapse(start.includes('&') ? plainText(start) : start)
      .replace(GLUED_LEAD_IN, '')
      .replace(LEAD_IN, '')
      .replace(LEAD_IN, ''),
  );
  return bare
    .replace(NAME_END, '')
    .split(NAME_BREAK)
    .map((name) => name.replace(LEADING_AND, '').replace(NAME_END, ''));
}

/** What is left in front of the last of several names: `A, B, and C`. */
const LEADING_AND = /^(?:and|und|y|e|et|và|og|och|en|i|&)\s+(?=\p{Lu})/iu;

/** `Jane Doe Jane Doe`, as a picture's text and a link make it, once. */
function withoutRepeat(text: string): string {
  const half = (text.length - 1) / 2;
  return Number.isInteger(half) && text.slice(0, half) === text.slice(half + 1) ? text.slice(0, half) : text;
}

const NO_NAME =
  /https?:|^https?$|www\.|\b(?:gmbh|kg|ltd|inc|llc)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|diens|donners|frei|sams|sonn)tag\b|\bmittwoch\b|@|^\d|\d{3}|\.(?:com|net|org|de|vn|at|ch|it|fr)\b|\b(?:weitere|weiter|photograph|photographer|foto|fotos|źródło|fonte|fuente|source|quelle|nguồn|admin(?:istrator)?|correspondent|corresponsal|correspondant|reporter|journalist(?:in)?|periodista|journaliste|giornalista|producer|columnist|columnista|analyst|chief|published|updated|posted|publiziert|publicado|veröffentlicht|aktualisiert|actualizado|erstellt|comments?|share|subscribe|follow|guest|webmaster|online|written|view|all posts|read|more|about|advertisement|sponsored|gesponserte|inhalte|unknown|anonymous|no author|null|undefined|min|uhr|hace|cet|gmt|january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|juni|juli|oktober|dezember|tổng hợp|phóng viên|pv|bbt|ctv)\b/i;

/** Words of a byline, or of a link beside it, that are no names when they stand alone or at the start. */
const NO_NAME_START =
  /^(?:by|von|vom|por|par|from|and|und|et|y|alle|all|zur|zum|hier|here|search|mehr|more|in|im|on|am|the|zu|see|über|about|sur|ver|más|xem|bởi|autor|author|show|autorenseite|nachricht)(?=$|\s\p{L})/iu;

/** What a Vietnamese paper, broadcaster or portal calls itself; `Bảo` is a name, `Báo` a newspaper. */
const VIETNAMESE_OUTLET =
  /^(?:báo|tạp chí|đài (?:truyền|phát|tiếng)|cổng thông tin|trang tin|nhóm (?:pv|phóng viên))(?=\s|$)/iu;

/** Desks and agencies: they may sign, but are no persons. */
const DESK =
  /\b(?:staff|editor(?:s|ial)?|editors|redaktion(?:en)?|redazione|redaction|rédaction|redacción|redacao|redação|redakcja|redaksi|redactie|red|desk|team|newsroom|news|agency|agencies|agenturen|agencia|agence|bureau|press|presse|reuters|afp|dpa|apa|sda|tass|efe|ansa|jiji|kyodo|xinhua|ttxvn|vna|associated|bloomberg|ban biên tập|tòa soạn|contributor|contributors)\b/i;

const MAX_DESK_WORDS = 5;

/** Whether a name may be that of a desk or an agency. */
export function isDesk(name: string): boolean {
  if (name.length < 2 || name.length > MAX_NAME_CHARS || NO_NAME.test(name)) return false;
  return DESK.test(name) && name.split(/\s+/).length <= MAX_DESK_WORDS;
}

/** The names of persons among the parts of a byline, each once, as printed, without what led in. */
export function tidyNames(names: readonly string[], outlet: ReadonlySet<string>): string[] {
  const tidy = new Map<string, string>();
  for (const raw of names) {
    const name = collapse(raw.slice(0, 200))
      .replace(LEAD_IN, '')
      .replace(/^[\s:.,~–*&-]+|[\s:,~–*-]+$/g, '')
      .replace(/(?<=\p{Ll}{2})\.$/u, '');
    const key = nameKey(name);
    if (!isName(name) || outlet.has(key)) continue;
    if (!tidy.has(key) && tidy.size < MAX_NAMES) tidy.set(key, name);
  }
  return withoutOutletInitials([...tidy.values()]);
}

/** `Jane Doe, CNN`: capitals alone beside a name in full are where she works. */
function withoutOutletInitials(names: string[]): string[] {
  const isInFull = (name: string): boolean => name.includes(' ') && /\p{Ll}/u.test(name);
  return names.some(isInFull) ? names.filter((name) => !/^\p{Lu}{2,6}$/u.test(name)) : names;
}

/** What stands uncapitalised within names. */
const PARTICLES = new Set(
  'de da do dos das del della dello di du d la las le los lo el al bin ibn ben bint van von vom der den zu zum zur ter ten te af av y e i st s t mc mac'.split(
    ' ',
  ),
);

/** Whether a piece of text can be a person's name. */
export function isName(text: string): boolean {
  const name = text.trim();
  if (name.length < 2 || name.length > MAX_NAME_CHARS || NO_NAME.test(name) || DESK.test(name)) return false;
  if (
    NO_NAME_START.test(name) ||
    VIETNAMESE_OUTLET.test(name) ||
    /[!?:<>{}→$%=#+]|\.{2,}|…/.test(name) ||
    DEGREE.test(name)
  )
    return false;
  const parts = name.split(/\s+/);
  const areNames = parts.every((part) => !/^\p{Ll}/u.test(part) || PARTICLES.has(part.replace(/['’].*/, '')));
  return /\p{L}/u.test(name) && parts.length <= 6 && (parts.length === 1 || areNames);
}
