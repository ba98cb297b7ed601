import type { AnalysableText, Analysis, Relevance } from '../domain/analysis.ts';

/** The language layer as one object, built once from the files under `config/`. Pure: equal text, equal answer. */
export interface Language {
  /** Versions of lexicon, topics, cautions and registries, joined; part of every analysis's identity. */
  readonly version: string;
  /** Display names of topics by key, Vietnamese and English. */
  readonly topicNames: ReadonlyMap<string, { readonly vi: string; readonly en: string }>;
  /** Display names of everything a registry lists, by series-like key: `province:79`, `facility:bv-cho-ray`. */
  readonly names: ReadonlyMap<string, string>;
  /** A point near the middle of each province of today, degrees, by code; good to about 0.1. */
  readonly provincePoints: ReadonlyMap<string, { readonly lat: number; readonly lon: number }>;
  /** Today's code of a province by every code and name it has or had, names in lower case. */
  readonly provinceCodes: ReadonlyMap<string, string>;
  /** Code of the province in which each listed facility stands, by facility id. */
  readonly facilityProvinces: ReadonlyMap<string, string>;
  analyse(text: AnalysableText, options: { fromHealthFeed: boolean }): Analysis;
  /** The health gate alone: far cheaper than `analyse`, for deciding whether a page is worth a request. */
  relevance(text: AnalysableText, options: { fromHealthFeed: boolean }): Relevance;
}
