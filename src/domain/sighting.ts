import type { Polarity } from './analysis.ts';
import type { Tier } from './outlet.ts';
import type { SeriesKey } from './series.ts';

/**
 * An article as the detector was told of it at one moment. Told of again when its page has been read, or when a person
 * has corrected it: what has changed since then counts, and nothing counts twice.
 */
export interface Sighting {
  readonly articleId: string;
  readonly outletId: string;
  /** Who wrote the text, as far as it says: the newsroom that it credits, else the outlet's own. */
  readonly newsroom: string;
  readonly tier: Tier;
  readonly firstSeenAt: string;
  readonly polarity: Polarity;
  readonly storyId: string;
  /** 1 for a text of its own, 2 for the first copy of it, and so on. */
  readonly copyNumber: number;
  /** Only a headline is known, and its page may still come: whose text it is cannot be told yet. */
  readonly isBare: boolean;
  /** With words of harm or misconduct; with an official's denial. */
  readonly hasHarm: boolean;
  readonly hasDenial: boolean;
  /** Codes of the provinces it names, in order. */
  readonly provinces: readonly string[];
  readonly series: readonly SeriesKey[];
  /** Names of those series that no registry knows. */
  readonly names?: Readonly<Record<string, string>>;
  /** Why it counts less or not at all; absent for an ordinary one. */
  readonly setAside?: SetAside;
}

/**
 * `late`: first seen long after it was published; `backlog`: came with an outlet that had been silent; `campaign`: a
 * planned campaign explains it; `removed`: no longer in the archive.
 */
export const SET_ASIDE = ['late', 'backlog', 'campaign', 'removed'] as const;
export type SetAside = (typeof SET_ASIDE)[number];

/**
 * What the detector was told in one go. The journal of these, read in order, gives every alert again: they are the
 * detector's only input beside its rules, and `at` is its only clock.
 */
export interface JournalPage {
  /** 1, 2, 3, … without gaps. */
  readonly sequence: number;
  /** When it was told; never earlier than the page before. */
  readonly at: string;
  /** None where only an hour has passed. */
  readonly sightings: readonly Sighting[];
  /** The detector began anew here, from everything imported and told until then, and raised no alert of the past. */
  readonly relearned?: boolean;
}

/** The detector's memory after a page, so that a restart need not read the whole journal. */
export interface DetectorSnapshot {
  readonly sequence: number;
  readonly at: string;
  /** Of the program and the rules that wrote it: one of another version is of no use. */
  readonly version: string;
  /** Opaque text; may be megabytes long. */
  readonly state: string;
}
