import { textOf } from './html-node.ts';
import { stringOf } from './json-ld.ts';
import { isCalledSapo } from './page-landmarks.ts';
import type { PageMetadata } from './page-metadata.ts';

const MIN_CHARS = 30;
const MAX_CHARS = 1200;
/** Letters of the stated description that a visible paragraph must open with to be taken for the sapo. */
const SAME_OPENING_CHARS = 40;

/**
 * The sapo: the paragraph that the page sets apart between title and text, else what the page states as its
 * description. Empty where there is neither. `isSapo` where the page itself calls it so.
 */
export function readSummary(metadata: PageMetadata): { text: string; isSapo: boolean } {
  const described = statedDescription(metadata);
  const opening = letters(described).slice(0, SAME_OPENING_CHARS);
  for (const element of metadata.landmarks.leads) {
    const text = textOf(element, MAX_CHARS + 1);
    if (text.length < MIN_CHARS || text.length > MAX_CHARS) continue;
    const isSapo = isCalledSapo(element);
    if (isSapo || opensAs(letters(text), opening)) return { text, isSapo };
  }
  return { text: described, isSapo: false };
}

/** What the page states as its description; empty where it states none. */
export function statedDescription({ meta, article }: PageMetadata): string {
  return meta.get('og:description') ?? meta.get('description') ?? stringOf(article?.description);
}

/** A place name may stand before the text: `HÀ NỘI – …`. */
const MAX_PLACE_CHARS = 30;

function opensAs(text: string, opening: string): boolean {
  const at = opening === '' ? -1 : text.indexOf(opening.slice(0, text.length));
  return at >= 0 && at <= MAX_PLACE_CHARS;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}
