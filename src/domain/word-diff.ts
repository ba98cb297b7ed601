/**
 * Two texts side by side, for people: what went, what came, what stayed.
 */
import { diffArrays } from 'diff';

/** A stretch of text that stayed, came or went. */
export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Texts that differ in more words than this are told apart by paragraphs, and then as wholes. */
const MOST_EDITS = 1200;
/** Longer texts are compared by paragraphs only: bounds memory. */
const MOST_WORDS = 40_000;

/**
 * Splits two versions of a text into what stayed, came and went, word by word; the parts that are not `added` make up
 * `before`, those that are not `removed` make up `after`. Where the two have too little in common, by paragraphs, and
 * at worst one whole against the other: the work is bounded by lengths times `MOST_EDITS`.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  const ways = [splitWords, splitParagraphs];
  for (const split of ways) {
    const [old, now] = [split(before), split(after)];
    if (old.length + now.length > MOST_WORDS) continue;
    const changes = diffArrays(old, now, { maxEditLength: MOST_EDITS });
    if (changes !== undefined) return merged(changes);
  }
  return merged([
    { removed: true, value: [before] },
    { added: true, value: [after] },
  ]);
}

/** Words, and what stands between them. */
function splitWords(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+|\n|[^\S\n]+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

function splitParagraphs(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Neighbouring changes with only spaces between them read better as one. */
function merged(
  changes: readonly { added?: boolean; removed?: boolean; value: readonly string[] }[],
): DiffPart[] {
  return joined(joinedAcrossSpaces(changes.flatMap(partsOf)));
}

function partsOf({
  added,
  removed,
  value,
}: {
  added?: boolean;
  removed?: boolean;
  value: readonly string[];
}): DiffPart[] {
  const text = value.join('');
  if (text === '') return [];
  return [{ kind: added === true ? 'added' : removed === true ? 'removed' : 'same', text }];
}

function joinedAcrossSpaces(parts: readonly DiffPart[]): DiffPart[] {
  return parts.flatMap((part, at): DiffPart[] => {
    const isBetween = parts[at - 1]?.kind !== undefined && parts[at + 1]?.kind !== undefined;
    if (part.kind !== 'same' || !isBetween || !/^[^\S\n]+$/.test(part.text)) return [part];
    return [
      { kind: 'removed', text: part.text },
      { kind: 'added', text: part.text },
    ];
  });
}

/** Each run of changes as one removal and one addition. */
function joined(parts: readonly DiffPart[]): DiffPart[] {
  const result: DiffPart[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') result.push({ kind: 'removed', text: removed });
    if (added !== '') result.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const { kind, text } of parts) {
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      result.push({ kind, text });
    }
  }
  flush();
  return result;
}
