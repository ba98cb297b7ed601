import { parseCampaigns } from '../detection/campaigns-file.ts';
import { vietnameseDay } from '../domain/time.ts';

/** A planned campaign as a dashboard follows it: its articles, and its days as Kibana can reckon them. */
export interface Campaign {
  readonly id: string;
  readonly name: string;
  /** What its articles are found by. */
  readonly kql: string;
  /** Date math for the start of its first day and of the day after its last; yearly ones mean the current year. */
  readonly from: string;
  readonly until: string;
}

/** Yearly campaigns are read as of this year, so that they can be told from those that happen once. */
const ANY_YEAR = 2001;

/**
 * Reads `config/campaigns.yaml` for dashboards, which must stay right when the year changes without being made again.
 *
 * @throws {ConfigError} with every fault, its line and what was expected
 */
export function parseDashboardCampaigns(text: string, file?: string): Campaign[] {
  return parseCampaigns(text, { from: ANY_YEAR, to: ANY_YEAR }, file).map((campaign) => {
    const firstDay = vietnameseDay(campaign.from);
    const isYearly = campaign.id.endsWith(`-${ANY_YEAR}`) && firstDay.startsWith(String(ANY_YEAR));
    const dayOf = isYearly ? dayOfThisYear : fixedDay;
    return {
      id: isYearly ? campaign.id.slice(0, -`-${ANY_YEAR}`.length) : campaign.id,
      name: campaign.name,
      kql: contentOf(campaign),
      from: dayOf(firstDay),
      until: dayOf(vietnameseDay(campaign.to)),
    };
  });
}

/** As detection has it: one of the terms in title or summary and, where given, one of the topics, one of the facilities. */
function contentOf(campaign: {
  readonly terms: readonly string[];
  readonly topics: readonly string[];
  readonly facilities: readonly string[];
}): string {
  const anyOf = (values: readonly string[]) => `(${values.map(quote).join(' or ')})`;
  const terms = anyOf(campaign.terms);
  return [
    ...(campaign.terms.length === 0 ? [] : [`(title : ${terms} or summary : ${terms})`]),
    ...(campaign.topics.length === 0 ? [] : [`facets.topic : ${anyOf(campaign.topics)}`]),
    ...(campaign.facilities.length === 0 ? [] : [`facets.facility : ${anyOf(campaign.facilities)}`]),
  ].join(' and ');
}

/** A phrase in Kibana's query language. */
export function quote(phrase: string): string {
  return `"${phrase.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `2001-02-18` → the 18th of February of the current year; years after it count on from there. */
function dayOfThisYear(day: string): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const years = year === ANY_YEAR ? '' : `+${year - ANY_YEAR}y`;
  return `now/y${years}+${month - 1}M+${dayOfMonth - 1}d`;
}

function fixedDay(day: string): string {
  return `${day}||`;
}
