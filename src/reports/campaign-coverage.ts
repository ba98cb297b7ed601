import type { Campaign, CampaignMessage } from '../detection/campaigns-file.ts';
import type { Article } from '../domain/article.ts';
import { type Share, wilsonShare } from '../domain/share.ts';
import { campaignSearch, controlSearch, measuredSearch } from './campaign-query.ts';
import { type ComparedDay, type Difference, differenceInDifferences } from './difference-in-differences.ts';
import { type MessagePickup, messagePickup } from './message-pickup.ts';

/** Articles with one value, and those of them that are negative. */
export interface Counted {
  readonly value: string;
  readonly count: number;
  readonly negative: number;
}

/** One day around a campaign. */
export interface CampaignDay extends ComparedDay {
  /** `YYYY-MM-DD` in Vietnam. */
  readonly day: string;
  readonly phase: 'before' | 'during' | 'after';
  /** Too few outlets were heard from: the day is left out of what is compared. */
  readonly isDown: boolean;
}

export interface ThemeCount {
  readonly id: string;
  readonly name: string;
  readonly search: string;
  readonly count: number;
  readonly negative: number;
}

/** What the stores say of a campaign; `campaignReport` judges it. */
export interface CampaignFacts {
  readonly campaign: Campaign;
  /** ISO 8601, UTC: what is later is not known yet. */
  readonly until: string;
  readonly dataWatermarkAt: string;
  readonly total: number;
  readonly negative: number;
  readonly themes: readonly ThemeCount[];
  readonly outlets: readonly Counted[];
  readonly tiers: readonly Counted[];
  readonly newsrooms: readonly Counted[];
  /** Newsrooms that wrote of health in the period, this or anything else. */
  readonly activeNewsrooms: readonly string[];
  readonly days: readonly CampaignDay[];
  /** Its articles, newest first, as many as are read for the sentences in them. */
  readonly articles: readonly Article[];
  readonly cautions: readonly Counted[];
  /** Articles with negative stance: the campaign's own, and of its control. */
  readonly criticised: { readonly own: number; readonly control: number; readonly controlAll: number };
  readonly incidents: readonly { readonly id: string; readonly title: string; readonly openedAt: string }[];
}

export interface MessageReport extends CampaignMessage {
  readonly pickups: readonly MessagePickup[];
  readonly newsrooms: readonly string[];
}

export interface CampaignReport extends Omit<CampaignFacts, 'articles'> {
  readonly status: 'coming' | 'running' | 'over';
  /** Texts for `/articles?q=`: they find what is counted. */
  readonly searches: { readonly own: string; readonly measured: string; readonly control: string };
  readonly read: number;
  readonly messages: readonly MessageReport[];
  readonly silentNewsrooms: readonly string[];
  /** Against the days before. */
  readonly during: Difference;
  readonly after: Difference;
  readonly backlash: {
    readonly share: Share | undefined;
    readonly controlShare: Share | undefined;
    /** The share of its articles that criticise is above the control's beyond chance. */
    readonly isUnusual: boolean;
  };
}

/** Fewer criticising articles are a voice, not a backlash. */
const LEAST_CRITICAL = 3;

/** Judges what is known of a campaign. Linear in the texts that are read for its messages. */
export function campaignReport(facts: CampaignFacts): CampaignReport {
  const { articles, ...rest } = facts;
  const { campaign, until, days, total, criticised } = facts;
  const pickups = messagePickup(campaign.messages, articles);
  const wrote = new Set(facts.newsrooms.map(({ value }) => value));
  const share = wilsonShare(criticised.own, total);
  const controlShare = wilsonShare(criticised.control, criticised.controlAll);
  const phase = (name: CampaignDay['phase']) => days.filter((day) => day.phase === name && !day.isDown);
  return {
    ...rest,
    status: until < campaign.from ? 'coming' : until < campaign.to ? 'running' : 'over',
    searches: {
      own: campaignSearch(campaign),
      measured: measuredSearch(campaign),
      control: controlSearch(campaign),
    },
    read: articles.length,
    messages: campaign.messages.map((message) => {
      const carried = pickups.filter(({ messageId }) => messageId === message.id);
      return {
        ...message,
        pickups: carried,
        newsrooms: [...new Set(carried.map(({ newsroom }) => newsroom))],
      };
    }),
    silentNewsrooms: facts.activeNewsrooms.filter((newsroom) => !wrote.has(newsroom)),
    during: differenceInDifferences(phase('before'), phase('during')),
    after: differenceInDifferences(phase('before'), phase('after')),
    backlash: {
      share,
      controlShare,
      isUnusual:
        criticised.own >= LEAST_CRITICAL &&
        share !== undefined &&
        controlShare !== undefined &&
        share.low > controlShare.high,
    },
  };
}
