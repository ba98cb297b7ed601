import type { CampaignMessage } from '../detection/campaigns-file.ts';
import type { Article } from '../domain/article.ts';
import { syllabify } from '../language/syllables.ts';
import { containment, formsOf, gramsOf } from './containment.ts';
import { sentencesOf } from './sentences.ts';

/** An article that carries a key message, with the sentence that does. */
export interface MessagePickup {
  readonly messageId: string;
  readonly articleId: string;
  readonly title: string;
  readonly outletId: string;
  readonly newsroom: string;
  readonly firstSeenAt: string;
  /** `exact`: word for word; `near`: most of its pairs of syllables. */
  readonly how: 'exact' | 'near';
  /** Share of the message's pairs of syllables that the sentence holds. */
  readonly likeness: number;
  readonly sentence: string;
}

/** Messages are short: pairs of syllables survive an edit that triples would not. */
const GRAM = 2;

/** Carried is what a sentence holds so much of: newsrooms shorten, and put a speaker in between. */
const NEAR = 0.6;

/**
 * Which articles carry which messages: containment of a message's syllable 2-grams in one sentence. Linear in the length of the texts, for each
 * message.
 *
 * @returns in the order of the articles, one for each message that it carries
 */
export function messagePickup(
  messages: readonly CampaignMessage[],
  articles: readonly Article[],
): MessagePickup[] {
  const wordings = messages.flatMap(({ id, text, variants }) =>
    [text, ...variants].map((wording) => wordingOf(id, wording)),
  );
  return articles.flatMap((article) => {
    const best = new Map<string, MessagePickup>();
    for (const sentence of sentencesOf(`${article.title}\n${article.summary}\n${article.body}`)) {
      const forms = formsOf(sentence.syllables);
      const grams = gramsOf(forms, GRAM);
      const joined = ` ${forms.join(' ')} `;
      for (const wording of wordings) {
        const likeness = containment(wording.grams, grams);
        if (likeness < NEAR || likeness <= (best.get(wording.id)?.likeness ?? 0)) continue;
        const { id: articleId, title, outletId, newsroom, firstSeenAt } = article;
        best.set(wording.id, {
          messageId: wording.id,
          articleId,
          title,
          outletId,
          newsroom,
          firstSeenAt,
          how: joined.includes(wording.joined) ? 'exact' : 'near',
          likeness,
          sentence: sentence.text,
        });
      }
    }
    return [...best.values()];
  });
}

function wordingOf(id: string, wording: string) {
  const forms = formsOf(syllabify(wording));
  return { id, grams: gramsOf(forms, GRAM), joined: ` ${forms.join(' ')} ` };
}
