/** Builds the language layer from the texts of the files under `config/`. Reads no disk itself. */
import { createHash } from 'node:crypto';

import type { AnalysableText, Analysis } from '../domain/analysis.ts';
import { analysedText } from '../domain/analysis.ts';
import { ConfigError, type ConfigFault } from '../errors.ts';
import { creditedTo } from './attribution.ts';
import { findCaseCounts } from './case-counts.ts';
import { parseCautionRules } from './caution-rules.ts';
import { findCautions } from './cautions.ts';
import type { Language } from './language.ts';
import { parseLexicon } from './lexicon.ts';
import { createMentionFinder } from './mentions.ts';
import { judgeRelevance } from './relevance.ts';
import { scoreSentiment } from './sentiment.ts';
import { signatureOf } from './similarity.ts';
import { findSpeakers } from './speakers.ts';
import { syllabify } from './syllables.ts';
import { parseTopicRules } from './topic-rules.ts';
import { findTopics } from './topics.ts';

/** The texts, not the paths, of the files that the language layer is made of. */
export interface LanguageFiles {
  readonly lexicon: string;
  readonly topics: string;
  readonly provinces: string;
  readonly facilities: string;
  readonly policyDocuments: string;
  readonly diseases: string;
  readonly medicines: string;
  readonly offices: string;
  readonly cautions: string;
}

/**
 * @throws {ConfigError} with every fault of every file
 */
export function loadLanguage(files: LanguageFiles): Language {
  const faults: ConfigFault[] = [];
  const lexicon = attempt(() => parseLexicon(files.lexicon, 'lexicon.tsv'), faults);
  const rules = attempt(() => parseTopicRules(files.topics, 'health-topics.yaml'), faults);
  const mentions = attempt(() => createMentionFinder(files), faults);
  const cautions = attempt(() => parseCautionRules(files.cautions, 'cautions.yaml'), faults);
  if (!lexicon || !rules || !mentions || !cautions) throw new ConfigError(faults);

  const version = [lexicon.version, rules.version, cautions.version, registriesVersion(files)].join('+');
  const analyse = (text: AnalysableText, options: { fromHealthFeed: boolean }): Analysis => {
    const whole = analysedText(text);
    const syllables = syllabify(whole);
    const found = mentions.find(whole, syllables);
    const speakers = findSpeakers(whole, syllables);
    const known = { syllables, mentions: found, speakers };
    const { harmTerms, ...sentiment } = scoreSentiment(text, lexicon, known);
    const credited = creditedTo(`${text.body}\n${text.credit ?? ''}`);
    return {
      languageVersion: version,
      relevance: judgeRelevance(text, rules, options, syllables),
      sentiment,
      topics: findTopics(text, rules, syllables),
      mentions: found,
      caseCounts: findCaseCounts(text, whole, syllables, found),
      cautions: findCautions(text, whole, cautions, syllables, speakers),
      harmTerms,
      signature: signatureOf(text, syllables),
      ...(credited === undefined ? {} : { creditedTo: credited }),
    };
  };
  return {
    version,
    topicNames: new Map(rules.topics.map(({ key, name }) => [key, name])),
    names: mentions.names,
    provincePoints: mentions.provincePoints,
    provinceCodes: mentions.provinceCodes,
    facilityProvinces: mentions.facilityProvinces,
    analyse,
    relevance: (text, options) => judgeRelevance(text, rules, options),
  };
}

/** The value, or `undefined` with its faults added to the list; what is no configuration fault is thrown on. */
function attempt<T>(build: () => T, faults: ConfigFault[]): T | undefined {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

/** Registries bear no version of their own: eight hexadecimal digits of their SHA-256 stand for it. */
function registriesVersion({ lexicon, topics, cautions, ...registries }: LanguageFiles): string {
  const names = Object.keys(registries).sort() as (keyof typeof registries)[];
  const texts = names.map((name) => registries[name]).join('\n');
  return createHash('sha256').update(texts).digest('hex').slice(0, 8);
}
