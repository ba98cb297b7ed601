import { cutToGsm, gsmLength, toGsm } from './gsm-text.ts';

/** What one text message holds. */
const MAX_LENGTH = 160;

/** Text that is to be left beside a link; a link that leaves less is left out. */
const LEAST_TEXT = 40;

/**
 * The form for a text message: no diacritics, at most 160 characters of GSM 03.38. The link stands whole or not at all.
 *
 * @param figures  what is kept where the text before it must be cut
 * @param links    the best first; the first that fits is taken
 */
export function shortForm(text: string, figures: string, links: readonly string[]): string {
  const link = links.find((each) => gsmLength(each) <= MAX_LENGTH - 1 - LEAST_TEXT) ?? '';
  const ending = [figures === '' ? '' : `, ${toGsm(figures)}`, link === '' ? '' : ` ${link}`].join('');
  return `${cutToGsm(toGsm(text), MAX_LENGTH - gsmLength(ending))}${ending}`;
}
