import type { Command } from 'commander';

import { loadConfig } from '../config.ts';
import { type FeedReport, feedReports } from '../console/feed-report.ts';
import { type Lang, MESSAGES, reasonText } from '../console/messages.ts';
import { absoluteTime, duration } from '../console/times.ts';
import { isFailing } from '../domain/feed-state.ts';
import { writeLine } from './json-lines.ts';
import { askStoreOrConsole } from './with-app.ts';

export function addFeeds(program: Command): void {
  program
    .command('feeds')
    .description('Print what polling has taught of each feed, and when and why then it is polled again')
    .option('--failing', 'only feeds whose last poll failed')
    .option('--outlet <id>', 'only the feeds of one outlet')
    .option('--json', 'one JSON line per feed')
    .action(async ({ failing, outlet, json }: { failing?: true; outlet?: string; json?: true }) => {
      const { feeds } = await askStoreOrConsole(
        async ({ deps }) => ({ feeds: feedReports(deps.feeds.values(), await deps.feedStates.all()) }),
        '/api/v1/feeds',
      );
      const wanted = feeds.filter(
        (feed) => (!failing || isFailing(feed)) && (outlet === undefined || feed.outletId === outlet),
      );
      if (json) for (const feed of wanted) await writeLine(feed);
      else process.stdout.write(describeFeeds(wanted, loadConfig(process.env).languageDefault));
    });
}

/** Two lines per feed: what it is and how it is, when it is polled and why then. */
export function describeFeeds(feeds: readonly FeedReport[], lang: Lang): string {
  return feeds.map((feed) => `${describeState(feed, lang)}\n    ${describeSchedule(feed, lang)}\n`).join('');
}

function describeState({ feedId, status, reason, url }: FeedReport, lang: Lang): string {
  const m = MESSAGES[lang];
  const why = isFailing({ status }) && reason !== undefined ? ` (${reasonText(reason, m)})` : '';
  return `${feedId}  ${m.feedStatus[status]}${why}  ${url}`;
}

function describeSchedule(feed: FeedReport, lang: Lang): string {
  const m = MESSAGES[lang];
  const { succeededAt, nextPollAt, intervalMs, intervalReason, gaps, subscription } = feed;
  return [
    `${m.outlets.lastSuccess}: ${succeededAt === undefined ? m.outlets.never : absoluteTime(succeededAt)}`,
    `${m.outlets.next}: ${nextPollAt === undefined ? '–' : absoluteTime(nextPollAt)}`,
    ...(intervalMs === undefined || intervalReason === undefined
      ? []
      : [m.feedSchedule.after(duration(intervalMs, lang), m.pollReason[intervalReason])]),
    ...(gaps === undefined ? [] : [m.feedSchedule.gaps(gaps)]),
    ...(subscription === undefined ? [] : [`WebSub: ${describeSubscription(subscription, lang)}`]),
  ].join(' · ');
}

function describeSubscription(
  { status, reason, pushes }: NonNullable<FeedReport['subscription']>,
  lang: Lang,
): string {
  const m = MESSAGES[lang];
  const why = reason === undefined ? '' : `: ${reasonText(reason, m)}`;
  return `${m.subscriptionStatus[status]}${why}, ${m.feedSchedule.pushes(pushes)}`;
}
