import type { Campaign } from '../detection/campaigns-file.ts';
import { splitSeriesKey } from '../domain/series.ts';

/**
 * What a campaign's articles are found by, as anybody may type it: a term of the campaign or of a theme in the title, or a
 * hashtag anywhere, and one of its topics or facilities where it names any. Whatever a report counts is so found again.
 */
export function campaignSearch({
  terms,
  themes,
  hashtags,
  topics,
  facilities,
}: Pick<Campaign, 'terms' | 'themes' | 'hashtags' | 'topics' | 'facilities'>): string {
  const titles = [...new Set([...terms, ...themes.flatMap((theme) => theme.terms)])];
  const words = [...titles.map((term) => `title:${quoted(term)}`), ...hashtags.map(quoted)];
  const about = aboutSearch(topics, facilities);
  return [words.length === 0 ? '' : `(${words.join(' OR ')})`, about].filter((part) => part !== '').join(' ');
}

/** The articles of a campaign that speak of one of its themes. */
export function themeSearch(campaign: Campaign, theme: Campaign['themes'][number]): string {
  return `${campaignSearch(campaign)} ${anyPhrase(theme.terms)}`;
}

/** What the campaign is to change the news of, where it says. */
export function measuredSearch(campaign: Campaign): string {
  if (campaign.measured.length === 0) return campaignSearch(campaign);
  const ids = (kind: string) =>
    campaign.measured.map(splitSeriesKey).flatMap((key) => (key.kind === kind ? [key.id] : []));
  return aboutSearch(ids('topic'), ids('facility'));
}

/** What it is compared with: its control topics, or the rest of health news, and nothing that is measured. */
export function controlSearch(campaign: Campaign): string {
  const controls = campaign.controls.length === 0 ? '' : `${fieldSearch('topic', campaign.controls)} `;
  const isApart = campaign.measured.length > 0;
  return `${controls}-(${measuredSearch(campaign)})${isApart ? ` -(${campaignSearch(campaign)})` : ''}`;
}

/** Any of the phrases, wherever they stand. */
export function anyPhrase(phrases: readonly string[]): string {
  return `(${phrases.map(quoted).join(' OR ')})`;
}

function aboutSearch(topics: readonly string[], facilities: readonly string[]): string {
  const parts = [fieldSearch('topic', topics), fieldSearch('facility', facilities)].filter(
    (part) => part !== '',
  );
  return parts.length > 1 ? `(${parts.join(' OR ')})` : (parts[0] ?? '');
}

function fieldSearch(field: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `${field}:${values.join(',')}`;
}

function quoted(phrase: string): string {
  return `"${phrase.replaceAll('"', ' ')}"`;
}
