import type { Polarity } from '../domain/analysis.ts';
import { articlePath, type OutletAddress } from './outlet-address.ts';
import type { Draft, NewsroomArticle } from './published-article.ts';
import { randomFrom } from './random.ts';
import type { CrisisPlace, Cue, Scenario } from './scenario.ts';
import { CAMPAIGN } from './texts/campaign.ts';
import { CRISIS_NAMES, CRISIS_PROVINCE, CRISIS_TEXTS } from './texts/crisis.ts';
import { OTHER_NEWS } from './texts/not-health.ts';
import { BYLINES } from './texts/vocabulary.ts';
import { WIRE_CREDIT, WIRE_FEATURE, WIRE_TITLES } from './texts/wire-feature.ts';
import { type Angle, anglesOf, writeOrdinary } from './write-draft.ts';

/**
 * Writes every article of a scenario. Only times and addresses depend on when and where the newsroom runs; the
 * texts depend on the seed alone, but for the day they name.
 */
export function performScenario(
  scenario: Scenario,
  context: {
    seed: number;
    startedAt: Date;
    speed: number;
    addresses: ReadonlyMap<string, OutletAddress>;
  },
): NewsroomArticle[] {
  const { seed, startedAt, speed, addresses } = context;
  const angles = anglePicker(seed);
  const articles: NewsroomArticle[] = [];
  for (const [index, cue] of scenario.cues.entries()) {
    const visibleAt = new Date(startedAt.getTime() + cue.atMs / speed);
    const datedAt =
      cue.datedBeforeStartMs === undefined
        ? visibleAt
        : new Date(startedAt.getTime() - cue.datedBeforeStartMs);
    const written = draftFor(cue, { name: `${seed} cue ${index}`, at: datedAt, angles });
    const draft = cue.kind === 'crisis' ? moved(written, scenario.crisisAt) : written;
    const id = articleId(index);
    const address = addresses.get(cue.outletId);
    if (address === undefined) throw new RangeError(`The scenario names an unknown outlet: ${cue.outletId}`);
    const original = cue.copyOfCue === undefined ? undefined : articles[cue.copyOfCue];
    articles.push({
      ...draft,
      id,
      outletId: cue.outletId,
      kind: cue.kind,
      url: address.origin + articlePath(address.profile, { id, title: draft.title, fault: cue.fault }),
      visibleAt,
      datedAt,
      ...(cue.fault === undefined ? {} : { fault: cue.fault }),
      ...(cue.detour === undefined ? {} : { detour: cue.detour }),
      ...(original === undefined ? {} : { copyOf: original.id }),
    });
  }
  return articles;
}

/** Nine digits that begin with a nine; the archive's begin with a one. */
function articleId(index: number): string {
  return String(900_000_000 + index);
}

type AnglePicker = (polarity: Polarity) => Angle;

/** Deals from shuffled decks: every frame of a polarity comes up before any comes up again. */
function anglePicker(seed: number): AnglePicker {
  const decks = new Map<Polarity, Angle[]>();
  let dealt = 0;
  return (polarity) => {
    const deck = decks.get(polarity) ?? [];
    if (deck.length === 0) deck.push(...randomFrom(`${seed} deck ${dealt}`).shuffle(anglesOf(polarity)));
    decks.set(polarity, deck);
    dealt += 1;
    return deck.pop() as Angle;
  };
}

function draftFor(cue: Cue, { name, at, angles }: { name: string; at: Date; angles: AnglePicker }): Draft {
  const random = randomFrom(`${name} byline`);
  const author = random.pick(BYLINES);
  const { text } = cue;
  switch (text.from) {
    case 'crisis': {
      const { title, summary, paragraphs } = nth(CRISIS_TEXTS, text.index);
      return { title, summary, paragraphs, author, section: 'Thời sự' };
    }
    case 'campaign':
      return writeOrdinary({ topic: CAMPAIGN, frame: nth(CAMPAIGN.frames, text.index) }, { name, at });
    case 'wire':
      return wireDraft(text.index);
    case 'other-news': {
      const { section, title, summary, paragraphs } = nth(OTHER_NEWS, text.index);
      return { title, summary, paragraphs, author, section };
    }
    case 'ordinary':
      return writeOrdinary(angles(text.polarity), { name, at });
  }
}

/** The same text about another facility: whatever it was called becomes the name that a registry knows. */
function moved(draft: Draft, place: CrisisPlace | undefined): Draft {
  if (place === undefined) return draft;
  const move = (text: string) =>
    CRISIS_NAMES.reduce((moving, name) => moving.replaceAll(name, place.facility), text).replaceAll(
      CRISIS_PROVINCE,
      place.province,
    );
  return {
    ...draft,
    title: move(draft.title),
    summary: move(draft.summary),
    paragraphs: draft.paragraphs.map(move),
  };
}

/** The agency carries its text as written; others change the headline or add a credit, and some not even that. */
function wireDraft(carrier: number): Draft {
  const credit = carrier === 0 || carrier % 3 === 2 ? [] : [`(${WIRE_CREDIT})`];
  return {
    title: nth(WIRE_TITLES, carrier % WIRE_TITLES.length),
    summary: WIRE_FEATURE.summary,
    paragraphs: [...WIRE_FEATURE.paragraphs, ...credit],
    author: carrier === 0 ? 'Ban Thời sự' : WIRE_CREDIT,
    section: 'Sức khỏe',
  };
}

function nth<T>(values: readonly T[], index: number): T {
  const value = values[index];
  if (value === undefined) throw new RangeError(`The script asks for text ${index} of ${values.length}`);
  return value;
}
