import { Parser } from 'htmlparser2';

/** Longest markup that is read for one field; what a feed says in one entry is never longer in earnest. */
const MAX_MARKUP_LENGTH = 64 * 1024;
/** Open elements at once. Closing an element that was never opened costs the parser its depth, so depth is bounded. */
const MAX_DEPTH = 128;
/** Papers escape text once (`&agrave;`) or twice (`&amp;agrave;`); a third time has not been seen. */
const MAX_UNESCAPES = 2;

const UNSEEN_TAGS = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'math']);

const BLOCK_TAGS = new Set(
  (
    'address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 ' +
    'h3 h4 h5 h6 header hr li main nav ol option p pre section summary table td th tr ul'
  ).split(' '),
);

/** A named or numbered character reference that is still written out. */
const ENTITY = /&(?:[a-z][a-z0-9]{1,31}|#\d{1,7}|#x[0-9a-f]{1,6});/i;
/** What makes a text worth parsing as markup at all. */
const MARKUP_SIGN = /[<&]/;

/** Controls except white space, halves of pairs, soft hyphens, zero-width spaces, byte order marks, non-characters. */
const UNSEEN_CHARACTERS = /(?![\t\n\v\f\r])[\p{Cc}\p{Cs}]|[\u00ad\u200b\u2060\ufeff\ufffe\uffff]/gu;

/** No script stacks more marks; Vietnamese stacks two. */
const MARK_HEAP = /(\p{Mn}{8})\p{Mn}+/gu;
/** Quick to rule out: all that stands before U+0300 is NFC as it is. */
const MAY_CHANGE = /[\u0300-\uffff]/;
/** Hardly slower: Latin text has hardly a character of these blocks, and no nine of them in a row. */
const MAY_HOLD_HEAP = /[\u0300-\u1dff\u20d0-\u20ff\u2c00-\uffff]{9}/;

class TooDeep extends Error {}

/**
 * Plain text of a piece of HTML: tags dropped, blocks set apart by one space, scripts and styles left out.
 *
 * Character references are resolved, also where they were escaped twice (`&amp;agrave;`); markup that was escaped
 * on top of markup is dropped as well. Runs in linear time; markup beyond 64 kB or 128 levels deep is cut off.
 *
 * @returns NFC text on one line, without control or zero-width characters
 */
export function plainText(markup: string): string {
  let text = openedComment(markup.slice(0, MAX_MARKUP_LENGTH));
  if (!MARKUP_SIGN.test(text)) return tidyText(text);
  text = textOfMarkup(text);
  for (let round = 1; round < MAX_UNESCAPES && ENTITY.test(text); round += 1) text = textOfMarkup(text);
  return tidyText(text);
}

/** The name alone: RSS asks for `address (Name)`; others write `Name <address>` or the name alone. */
export function personOf(text: string): string {
  const inBrackets = /^[^\s()]{1,100}@[^\s()]{1,100} ?\(([^()]{1,100})\)$/.exec(text)?.[1];
  const beforeAddress = /^([^<>]{1,100}?) ?<[^<>\s]{1,100}@[^<>\s]{1,100}>$/.exec(text)?.[1];
  return tidyText(inBrackets ?? beforeAddress ?? text).slice(0, 200);
}

/** A comment that never ends would swallow the rest: its opening is made a tag of no meaning. */
function openedComment(markup: string): string {
  const start = markup.lastIndexOf('<!--');
  if (start === -1 || markup.indexOf('-->', start) !== -1) return markup;
  return `${markup.slice(0, start)}<wbr ${markup.slice(start + 4)}`;
}

/** One line of NFC text: white space collapsed, control, zero-width and soft-hyphen characters removed. */
export function tidyText(text: string): string {
  return toNfc(text.replace(UNSEEN_CHARACTERS, '').replace(/\s+/g, ' ').trim());
}

/**
 * NFC, in linear time: a heap of marks on one letter, which normalisation would have to sort, is cut off first.
 */
export function toNfc(text: string): string {
  if (!MAY_CHANGE.test(text)) return text;
  return (MAY_HOLD_HEAP.test(text) ? text.replace(MARK_HEAP, '$1') : text).normalize('NFC');
}

function textOfMarkup(markup: string): string {
  const parts: string[] = [];
  let unseen = 0;
  let depth = 0;
  const parser = new Parser({
    onopentagname(name) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new TooDeep();
      if (UNSEEN_TAGS.has(name)) unseen += 1;
      if (BLOCK_TAGS.has(name)) parts.push(' ');
    },
    onclosetag(name) {
      depth -= 1;
      if (UNSEEN_TAGS.has(name)) unseen -= 1;
      if (BLOCK_TAGS.has(name)) parts.push(' ');
    },
    ontext(text) {
      if (unseen === 0) parts.push(text);
    },
  });
  try {
    parser.write(markup);
    parser.end();
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return parts.join('');
}
