import { join } from 'node:path';

import { gather, readConfigDir } from './config-files.ts';
import type { AlertRule } from './detection/alert-rule.ts';
import { parseAlertRules } from './detection/alert-rules-file.ts';
import { type Campaign, parseCampaigns } from './detection/campaigns-file.ts';
import { type Letterhead, parseLetterhead } from './domain/letterhead.ts';
import type { Outlet } from './domain/outlet.ts';
import { type PublicHoliday, parsePublicHolidays } from './domain/public-holiday.ts';
import { seriesKey } from './domain/series.ts';
import type { Language } from './language/language.ts';
import { loadLanguage } from './language/load-language.ts';
import { type PolicyDocument, parsePolicyDocuments } from './language/policy-document-registry.ts';
import { parseOutlets } from './outlets-file.ts';
import type { OnCall } from './routing/on-call.ts';
import { parseOnCall } from './routing/on-call-file.ts';

/** What the files of the configuration folder say, read and checked. */
export interface Settings {
  readonly outlets: readonly Outlet[];
  readonly language: Language;
  readonly alertRules: readonly AlertRule[];
  readonly campaigns: readonly Campaign[];
  readonly policies: readonly PolicyDocument[];
  readonly holidays: readonly PublicHoliday[];
  readonly onCall: OnCall;
  readonly letterhead: Letterhead;
}

/** Campaigns recur; those of this many years around now cover the baseline and what is announced. */
const CAMPAIGN_YEARS = 2;

/**
 * Reads every file of the configuration folder.
 *
 * @throws {ConfigError} with the faults of all files at once, each with file, line and what was expected
 */
export function loadSettings(configDir: string, now: Date): Settings {
  const files = readConfigDir(configDir);
  const year = now.getUTCFullYear();
  const named = (name: string) => join(configDir, name);
  const rest = gather<Omit<Settings, 'onCall'>>({
    outlets: () => parseOutlets(files['outlets.yaml'], named('outlets.yaml')),
    language: () => languageOf(files),
    alertRules: () => parseAlertRules(files['alert-rules.yaml'], named('alert-rules.yaml')),
    campaigns: () =>
      parseCampaigns(
        files['campaigns.yaml'],
        { from: year - CAMPAIGN_YEARS, to: year + CAMPAIGN_YEARS },
        named('campaigns.yaml'),
      ),
    policies: () =>
      parsePolicyDocuments(named('policy-documents.yaml'), files['policy-documents.yaml']).documents,
    holidays: () => parsePublicHolidays(files['public-holidays.yaml'], named('public-holidays.yaml')),
    letterhead: () => parseLetterhead(files['office.yaml'], named('office.yaml')),
  });
  // Who is on call is told by what the other files name, so it is read when those are sound.
  return { ...rest, onCall: onCallOf(files['on-call.yaml'], rest, named('on-call.yaml')) };
}

function onCallOf(
  text: string,
  { language, holidays }: Pick<Settings, 'language' | 'holidays'>,
  file: string,
): OnCall {
  const { names, topicNames, provinceCodes, facilityProvinces } = language;
  const series = new Set([...names.keys(), ...[...topicNames.keys()].map((key) => seriesKey('topic', key))]);
  return parseOnCall(text, { series, provinceCodes, facilityProvinces }, holidays, file);
}

/**
 * The language layer alone, for the verbs that need nothing else.
 *
 * @param instead  texts to take in place of those in the folder, to see what they would do
 * @throws {ConfigError}
 */
export function loadLanguageOf(
  configDir: string,
  instead: Partial<Readonly<Record<LanguageFile, string>>> = {},
): Language {
  return languageOf({ ...readConfigDir(configDir), ...instead });
}

function languageOf(files: Readonly<Record<LanguageFile, string>>): Language {
  return loadLanguage({
    lexicon: files['lexicon.tsv'],
    topics: files['health-topics.yaml'],
    provinces: files['provinces.yaml'],
    facilities: files['facilities.yaml'],
    policyDocuments: files['policy-documents.yaml'],
    diseases: files['diseases.yaml'],
    medicines: files['medicines.yaml'],
    offices: files['offices.yaml'],
    cautions: files['cautions.yaml'],
  });
}

type LanguageFile =
  | 'lexicon.tsv'
  | 'health-topics.yaml'
  | 'provinces.yaml'
  | 'facilities.yaml'
  | 'policy-documents.yaml'
  | 'diseases.yaml'
  | 'medicines.yaml'
  | 'offices.yaml'
  | 'cautions.yaml';
