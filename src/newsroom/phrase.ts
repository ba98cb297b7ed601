import type { Random } from './random.ts';

/** What a template's `<name>` stands for in one article; the same name always gives the same value within it. */
export type Slots = Readonly<Record<string, string>>;

const INNERMOST_CHOICE = /\{([^{}]*)\}/;
const NUMBER_RANGE = /<(\d+)-(\d+)>/g;
const SLOT = /<([a-z][a-z-]*)>/g;

/**
 * Turns a template into a sentence.
 *
 * `{a|b|c}` picks one alternative and may be nested, `<3-40>` draws a whole number, `<name>` fills a slot.
 * The first letter is raised, since a slot may begin the sentence.
 *
 * @throws {RangeError} if the template names a slot that the article has not got
 */
export function phrase(template: string, slots: Slots, random: Random): string {
  let text = template;
  for (let match = INNERMOST_CHOICE.exec(text); match !== null; match = INNERMOST_CHOICE.exec(text)) {
    const chosen = random.pick((match[1] ?? '').split('|'));
    text = text.slice(0, match.index) + chosen + text.slice(match.index + match[0].length);
  }
  text = text
    .replace(NUMBER_RANGE, (_, low: string, high: string) => vietnameseNumber(random.int(+low, +high)))
    .replace(SLOT, (_, name: string) => {
      const value = slots[name];
      if (value === undefined) throw new RangeError(`No slot <${name}> for: ${template}`);
      return value;
    });
  return raiseFirst(text.replace(/ {2,}/g, ' ').trim()).normalize('NFC');
}

/** `12500` is written `12.500` in Vietnamese. */
function vietnameseNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '.');
}

function raiseFirst(text: string): string {
  return text.charAt(0).toLocaleUpperCase('vi') + text.slice(1);
}
