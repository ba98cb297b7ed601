import type { ArticleOutline } from '../domain/article.ts';
import type { CampaignWindow } from './alert-rule.ts';

/**
 * The planned campaign that explains an article, if there is one.
 *
 * A campaign explains what runs in its window, is about its topics or facilities and, where it lists terms, names
 * one of them in title or summary. It never explains harm: a poisoning in food-safety month is a poisoning.
 */
export function explainingCampaign(
  article: ArticleOutline,
  campaigns: readonly CampaignWindow[],
): CampaignWindow | undefined {
  if (article.sentiment.polarity === 'negative' && article.harmTerms.length > 0) return undefined;
  return campaigns.find((campaign) => explains(campaign, article));
}

function explains(campaign: CampaignWindow, article: ArticleOutline): boolean {
  if (article.firstSeenAt < campaign.from || article.firstSeenAt >= campaign.to) return false;
  const isAbout =
    campaign.topics.some((topic) => article.topics.some((match) => match.topic === topic)) ||
    campaign.facilities.some((facility) =>
      article.mentions.some((mention) => mention.kind === 'facility' && mention.id === facility),
    );
  if (!isAbout && campaign.topics.length + campaign.facilities.length > 0) return false;
  if (campaign.terms.length === 0) return isAbout;
  const text = `${article.title}\n${article.summary}`.normalize('NFC').toLowerCase();
  return campaign.terms.some((term) => text.includes(term.normalize('NFC').toLowerCase()));
}
