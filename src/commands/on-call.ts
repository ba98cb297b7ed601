import { type Command, Option } from 'commander';

import { channelNames } from '../app.ts';
import { loadConfig } from '../config.ts';
import { SEVERITIES, type Severity } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import { seriesKey } from '../domain/series.ts';
import { vietnameseMinute } from '../domain/time.ts';
import { digestAfter } from '../routing/clock.ts';
import type { OnCall } from '../routing/on-call.ts';
import { boundMinutes } from '../routing/plan.ts';
import { recipientsOf } from '../routing/recipients.ts';
import { rehearse, type Word } from '../routing/rehearse.ts';
import { loadSettings } from '../settings.ts';
import { askStoreOrConsole } from './with-app.ts';

interface Options {
  readonly at?: string;
  readonly incident?: string;
  readonly facility?: string;
  readonly province?: string;
  readonly severity?: Severity;
  readonly minutes: string;
}

export function addOnCall(program: Command): void {
  program
    .command('on-call')
    .description(
      'Who would be told of an incident, when and over what, if nobody acknowledged; sends nothing',
    )
    .option('--at <time>', 'as if it were then, with its zone: 2026-02-17T02:00+07:00; now if left out')
    .option('--incident <id>', 'a stored incident')
    .option('--facility <id>', 'an incident at a facility of config/facilities.yaml')
    .option('--province <code>', 'an incident in a province, by code or name, of today or former')
    .addOption(new Option('--severity <severity>', 'of such an incident').choices(SEVERITIES))
    .option('--minutes <n>', 'how far to look ahead, up to 1440', '120')
    .action(async (options: Options) => {
      const config = loadConfig(process.env);
      const now = options.at === undefined ? new Date() : timeOf(options.at);
      const { onCall } = loadSettings(config.configDir, now);
      const incident = await incidentOf(options, onCall);
      const channels = channelNames(config);
      const words = rehearse({ ...incident, onCall, channels, now }, minutesOf(options.minutes));
      const lines = recipientsOf(incident, onCall, now);
      const bound = boundMinutes(incident.severity, lines, onCall, config.detectEveryMs / 60_000);
      process.stdout.write(
        [
          `${incident.severity}: ${incident.series.join(' ') || 'no known place'}, ${vietnameseMinute(now.toISOString())}; channels: ${channels.join(', ')}`,
          `in line: ${lines.map((line) => line.map((id) => nameOf(id, onCall)).join(' + ')).join(' → ')}`,
          `reaches a person who may be paged within ${Math.ceil(bound)} min over whatever channel works`,
          ...words.map((word) => describe(word, onCall)),
          '',
        ].join('\n'),
      );
    });
}

async function incidentOf(
  { incident, facility, province, severity = 'critical' }: Options,
  { places }: OnCall,
): Promise<Pick<Incident, 'severity' | 'series'>> {
  if (incident !== undefined) {
    const found = await askStoreOrConsole<Incident | undefined>(
      ({ deps }) => deps.incidents.find(incident),
      `/api/v1/incidents/${encodeURIComponent(incident)}`,
    );
    if (found === undefined) throw new Error(`There is no incident ${incident}`);
    return { severity: found.severity, series: found.series };
  }
  if (facility !== undefined && !places.series.has(seriesKey('facility', facility))) {
    process.stderr.write(
      `config/facilities.yaml lists no ${facility}: its incidents go by their province alone\n`,
    );
  }
  const code =
    province === undefined ? undefined : places.provinceCodes.get(province.normalize('NFC').toLowerCase());
  if (province !== undefined && code === undefined)
    throw new Error(`No province has or had the code or name ${province}`);
  return {
    severity,
    series: [
      ...(facility === undefined ? [] : [seriesKey('facility', facility)]),
      ...(code === undefined ? [] : [seriesKey('province', code)]),
    ],
  };
}

function describe({ at, step, officerId, over, isHeld }: Word, onCall: OnCall): string {
  const who = officerId === undefined ? 'the operator' : nameOf(officerId, onCall);
  const how = isHeld
    ? `waits for the digest of ${vietnameseMinute(digestAfter(new Date(at), onCall).toISOString())}`
    : over.map(({ channel, to }) => (to === undefined ? channel : `${channel} ${to}`)).join(', ');
  return `${vietnameseMinute(at)}  ${step.padEnd(14)}  ${who}: ${how}`;
}

function nameOf(id: string, { officers }: OnCall): string {
  return officers.get(id)?.name ?? id;
}

function timeOf(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new Error(`Expected a time as in 2026-02-17T02:00+07:00, not ${text}`);
  return time;
}

function minutesOf(text: string): number {
  const minutes = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(minutes <= 1440)) throw new Error(`Expected minutes up to 1440, not ${text}`);
  return minutes;
}
