import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';

import { type Replay, replayJournal } from '../../workers/replay-journal.ts';
import type { App } from '../app.ts';
import type { AlertRule } from '../detection/alert-rule.ts';
import { parseAlertRules } from '../detection/alert-rules-file.ts';
import { compareIncidents } from '../detection/compare-incidents.ts';
import type { Alert } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import { DAY_MS, HOUR_MS, vietnameseMidnight, vietnameseMinute } from '../domain/time.ts';
import { writeLine } from './json-lines.ts';
import { withApp } from './with-app.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly rules?: string;
  readonly against?: string;
  readonly json?: true;
  readonly check?: true;
}

const SAY_EVERY = 5000;

export function addBacktest(program: Command): void {
  program
    .command('backtest')
    .description(
      'Replay what had been indexed by then: which alerts and incidents a set of rules gives in a time that is past',
    )
    .requiredOption('--from <day>', 'first day in Vietnam, YYYY-MM-DD', startOfDay)
    .requiredOption('--to <day>', 'last day, included', endOfDay)
    .option('--rules <file>', 'alert rules; those of the configuration where none are named')
    .option('--against <file>', 'other rules: tell what they gain, lose, and say earlier or later')
    .option('--json', 'one JSON line per alert')
    .option(
      '--check',
      'compare with the alerts that were raised; exit 1 unless they are the same byte for byte',
    )
    .action((options: Options) => withApp((app) => backtest(options, app)));
}

async function backtest({ from, to, rules, against, json, check }: Options, app: App): Promise<void> {
  const first = rules === undefined ? app.deps.alertRules : read(rules);
  const second = against === undefined ? undefined : read(against);
  const started = performance.now();
  let sightings = 0;
  const ruleSets = second === undefined ? [first] : [first, second];
  const [replay, other] = await replayJournal(ruleSets, { from, to }, app.deps, (count) => {
    if (Math.floor(count / SAY_EVERY) > Math.floor(sightings / SAY_EVERY)) {
      process.stderr.write(`\r${count} sightings`);
    }
    sightings = count;
  });
  const seconds = (performance.now() - started) / 1000;
  process.stderr.write(`\r${sightings} sightings in ${seconds.toFixed(1)} s\n`);
  if (replay === undefined) return;
  if (json) for (const alert of replay.alerts) await writeLine(alert);
  else process.stdout.write(describe(replay, first, weeksOf(from, to)));
  if (second !== undefined && other !== undefined) {
    process.stdout.write(describeComparison(replay, other, second, weeksOf(from, to)));
  }
  if (check) await compareWithRaised(replay.alerts, { from, to }, app);
}

function describe({ alerts, incidents }: Replay, rules: readonly AlertRule[], weeks: number): string {
  const lines = incidents.map(describeIncident);
  const byRule = rules.map(({ id, expectedFalsePagesPerWeek }) => {
    const opened = incidents.filter(({ alertIds }) => openedBy(alertIds[0], alerts) === id).length;
    return `  ${id.padEnd(24)} ${opened} incidents, ${(opened / weeks).toFixed(2)} a week; states ${expectedFalsePagesPerWeek} false pages a week`;
  });
  const total = `${incidents.length} incidents from ${alerts.length} alerts in ${weeks.toFixed(1)} weeks, ${(incidents.length / weeks).toFixed(2)} a week`;
  return `${[...lines, '', total, ...byRule].join('\n')}\n`;
}

function describeIncident({
  openedAt,
  severity,
  title,
  alertIds,
  history,
  latestAlert,
  series,
}: Incident): string {
  const hours = (Date.parse(openedAt) - Date.parse(latestAlert.firstArticleAt)) / HOUR_MS;
  const since = alertIds.length === 1 ? `, ${hours.toFixed(1)} h after its first headline` : '';
  return `${vietnameseMinute(openedAt)}  ${severity.padEnd(11)} ${title}\n    ${series[0]} (${alertIds.length} alerts, ${history.length} changes${since})`;
}

function describeComparison(
  first: Replay,
  second: Replay,
  rules: readonly AlertRule[],
  weeks: number,
): string {
  const { gained, lost, kept } = compareIncidents(first.incidents, second.incidents);
  const moved = kept.filter(({ laterByMs }) => laterByMs !== 0);
  const changed = kept.filter((pair) => pair.first.severity !== pair.second.severity);
  return [
    '',
    `Against: ${second.incidents.length} incidents, ${(second.incidents.length / weeks).toFixed(2)} a week; ${kept.length} kept, ${gained.length} gained, ${lost.length} lost`,
    ...gained.map((incident) => `+ ${describeIncident(incident)}`),
    ...lost.map((incident) => `- ${describeIncident(incident)}`),
    ...moved.map(
      ({ first: one, laterByMs }) =>
        `${laterByMs < 0 ? '<' : '>'} ${(Math.abs(laterByMs) / HOUR_MS).toFixed(1)} h ${laterByMs < 0 ? 'earlier' : 'later'}: ${one.title}`,
    ),
    ...changed.map((pair) => `~ ${pair.first.severity} → ${pair.second.severity}: ${pair.first.title}`),
    `States ${sum(rules.map((rule) => rule.expectedFalsePagesPerWeek)).toFixed(2)} false pages a week`,
    '',
  ].join('\n');
}

/** The alerts that were raised in a time, against those that the same journal gives now. */
async function compareWithRaised(
  replayed: readonly Alert[],
  { from, to }: { from: string; to: string },
  { deps }: App,
): Promise<void> {
  const raised = new Map<string, string>();
  for (const incident of await deps.incidents.list({ limit: 10_000 })) {
    for (const alert of await deps.incidents.alertsOf(incident.id)) {
      if (alert.at >= from && alert.at < to) raised.set(alert.id, canonical(alert));
    }
  }
  const missing = replayed.filter((alert) => raised.get(alert.id) !== canonical(alert));
  const surplus = [...raised.keys()].filter((id) => !replayed.some((alert) => alert.id === id));
  for (const { id } of missing) process.stdout.write(`not raised so: ${id}\n`);
  for (const id of surplus) process.stdout.write(`not replayed: ${id}\n`);
  process.stdout.write(
    `${raised.size} alerts were raised, ${replayed.length} replayed, ${missing.length + surplus.length} differ\n`,
  );
  if (missing.length + surplus.length > 0) process.exitCode = 1;
}

/** Stores may give fields back in another order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function openedBy(id: string | undefined, alerts: readonly Alert[]): string | undefined {
  return alerts.find((alert) => alert.id === id)?.ruleId;
}

function read(file: string): AlertRule[] {
  return parseAlertRules(readFileSync(file, 'utf8'), file);
}

function startOfDay(day: string): string {
  return midnight(day, 0);
}

function endOfDay(day: string): string {
  return midnight(day, 1);
}

function midnight(day: string, days: number): string {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? vietnameseMidnight(day) : Number.NaN;
  if (Number.isNaN(ms)) throw new InvalidArgumentError('A day is written YYYY-MM-DD.');
  return new Date(ms + days * DAY_MS).toISOString();
}

function weeksOf(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / (7 * DAY_MS);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
