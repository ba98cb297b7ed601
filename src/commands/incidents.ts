import { type Command, Option } from 'commander';

import { actOnIncident } from '../../workers/act-on-incident.ts';
import { verifyAlert } from '../../workers/verify-alert.ts';
import { SEVERITIES, type Severity } from '../domain/alert.ts';
import type { Incident, IncidentStatus, Verdict } from '../domain/incident.ts';
import { INCIDENT_STATUSES, VERDICTS, versionOf } from '../domain/incident.ts';
import type { IncidentAction } from '../domain/incident-order.ts';
import type { SeriesKey } from '../domain/series.ts';
import { writeLine } from './json-lines.ts';
import { withAppOrConsole } from './with-app.ts';

const MOST = 200;

export function addIncidents(program: Command): void {
  const incidents = program
    .command('incidents')
    .description('Incidents: what is open, who has it, and what people do with it');
  addList(incidents);
  addShow(incidents);
  addVerify(incidents);
  addActions(incidents);
}

interface ListOptions {
  readonly status?: IncidentStatus;
  readonly severity?: Severity;
  readonly verdict?: Verdict;
}

function addList(incidents: Command): void {
  incidents
    .command('list')
    .description(`One JSON line per incident, newest change first, at most ${MOST}`)
    .addOption(new Option('--status <status>').choices(INCIDENT_STATUSES))
    .addOption(new Option('--severity <severity>').choices(SEVERITIES))
    .addOption(new Option('--verdict <verdict>').choices(VERDICTS))
    .action(async ({ status, severity, verdict }: ListOptions) => {
      const query = Object.entries({ status, severity, verdict, limit: String(MOST) });
      const params = new URLSearchParams(query.flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])));
      const found = await withAppOrConsole(
        ({ deps }) =>
          deps.incidents.list({
            limit: MOST,
            ...(status === undefined ? {} : { status: [status] }),
            ...(severity === undefined ? {} : { severity: [severity] }),
            ...(verdict === undefined ? {} : { verdict: [verdict] }),
          }),
        async (ask) => {
          const answer = await (await ask(`/api/v1/incidents?${params}`)).json();
          return (answer as { incidents: Incident[] }).incidents;
        },
      );
      for (const { history, latestAlert: _alert, ...rest } of found)
        await writeLine({ version: versionOf({ history }), ...rest });
    });
}

function addShow(incidents: Command): void {
  incidents
    .command('show')
    .argument('<id>')
    .description(
      'One incident with its history and its version, which a change may name; exit 1 if there is none',
    )
    .action(async (id: string) => {
      const incident = await find(id);
      if (incident === undefined) return unknown(id);
      await writeLine({ version: versionOf(incident), ...incident });
    });
}

function addVerify(incidents: Command): void {
  incidents
    .command('verify')
    .argument('[id]', 'one incident; all that are listed where none is named')
    .description(
      'Count the figures of every alert again from the index: one JSON line per alert; exit 1 if one differs without a cause that is known',
    )
    .action(async (id: string | undefined) => {
      let unexplained = 0;
      for (const line of await verifyAll(id)) {
        const causes = line.missing.length + line.correctedSince.length + line.indexedSince.length;
        if (line.differences.length > 0 && causes === 0) unexplained += 1;
        await writeLine(line);
      }
      if (unexplained > 0) process.exitCode = 1;
    });
}

type Verified = { readonly incidentId: string; readonly alertId: string } & Awaited<
  ReturnType<typeof verifyAlert>
>;

function verifyAll(id: string | undefined): Promise<Verified[]> {
  return withAppOrConsole(
    async ({ deps }) => {
      const ids = id === undefined ? (await deps.incidents.list({ limit: MOST })).map((one) => one.id) : [id];
      const lines: Verified[] = [];
      for (const incidentId of ids) {
        for (const alert of await deps.incidents.alertsOf(incidentId))
          lines.push({ incidentId, alertId: alert.id, ...(await verifyAlert(alert, deps)) });
      }
      return lines;
    },
    async (ask) => {
      const read = async <T>(path: string) => (await (await ask(path)).json()) as T;
      const ids =
        id === undefined
          ? (await read<{ incidents: Incident[] }>(`/api/v1/incidents?limit=${MOST}`)).incidents.map(
              (one) => one.id,
            )
          : [id];
      const lines: Verified[] = [];
      for (const incidentId of ids) {
        const path = `/api/v1/incidents/${encodeURIComponent(incidentId)}/verify`;
        const { alerts } = await read<{ alerts: Omit<Verified, 'incidentId'>[] }>(path);
        lines.push(...alerts.map((alert) => ({ incidentId, ...alert }) as Verified));
      }
      return lines;
    },
  );
}

interface ActOptions {
  readonly by: string;
  readonly note?: string;
  readonly seen?: string;
  readonly minutes?: string;
  readonly to?: string;
  readonly verdict?: Verdict;
  readonly severity?: Severity;
  readonly into?: string;
  readonly title?: string;
  readonly series?: readonly string[];
  readonly story?: readonly string[];
}

function addActions(incidents: Command): void {
  const many = (value: string, sofar: readonly string[] = []) => [...sofar, value];
  addAction(incidents, 'acknowledge', 'Take it', () => ({ kind: 'acknowledge' }));
  addAction(incidents, 'snooze', 'Have it, and be asked again later', ({ minutes = '' }) => ({
    kind: 'snooze',
    minutes: Number(minutes),
  })).requiredOption('--minutes <n>', 'for how long; two hours at most for a critical one, else a day');
  addAction(incidents, 'hand-over', 'Name who is to see to it', ({ to = '' }) => ({
    kind: 'hand-over',
    to,
  })).requiredOption('--to <name>', 'the focal person or unit');
  addAction(incidents, 'resolve', 'Close it with a verdict', ({ verdict }) => ({
    kind: 'resolve',
    verdict: verdict as Verdict,
  })).addOption(new Option('--verdict <verdict>').choices(VERDICTS).makeOptionMandatory());
  addAction(incidents, 'reopen', 'Open it again', () => ({ kind: 'reopen' }));
  addAction(incidents, 'set-severity', 'Set its severity', ({ severity }) => ({
    kind: 'set-severity',
    severity: severity as Severity,
  })).addOption(new Option('--severity <severity>').choices(SEVERITIES).makeOptionMandatory());
  addAction(incidents, 'merge', 'Make it part of another one', ({ into = '' }) => ({
    kind: 'merge',
    into,
  })).requiredOption('--into <id>', 'the incident that takes it over');
  addAction(incidents, 'unmerge', 'Undo a merge', () => ({ kind: 'unmerge' }));
  addAction(incidents, 'split', 'Make some of its series or stories an incident of their own', (options) => ({
    kind: 'split',
    title: options.title ?? '',
    series: (options.series ?? []) as SeriesKey[],
    storyIds: options.story ?? [],
  }))
    .requiredOption('--title <text>', 'the line of the new incident')
    .option('--series <key>', 'may be repeated: facility:bv-cho-ray', many)
    .option('--story <id>', 'may be repeated', many);
}

function addAction(
  incidents: Command,
  name: IncidentAction['kind'],
  description: string,
  read: (options: ActOptions) => IncidentAction,
): Command {
  return incidents
    .command(name)
    .argument('<id>')
    .description(`${description}; exit 1 if somebody else has changed it since it was seen`)
    .requiredOption('--by <name>', 'who says so')
    .option('--note <text>', 'why')
    .option('--seen <version>', 'as `incidents show` gave it; its present one unless named')
    .action((id: string, options: ActOptions) => act(id, read(options), options));
}

async function act(id: string, action: IncidentAction, { by, note, seen }: ActOptions): Promise<void> {
  const before = await find(id);
  if (before === undefined) return unknown(id);
  const version = seen === undefined ? versionOf(before) : Number(seen);
  const after = await withAppOrConsole<Incident | undefined>(
    async ({ deps, queues }) => {
      const done = await actOnIncident({ incidentId: id, version, by, note, action }, deps);
      if (done !== undefined) await queues.add(done.jobs);
      return done?.incident;
    },
    async (ask) => {
      const { kind, ...fields } = action;
      const path = `/api/v1/incidents/${encodeURIComponent(id)}/${kind}`;
      return (await (
        await ask(path, { by, version, ...(note === undefined ? {} : { note }), ...fields })
      ).json()) as Incident;
    },
  );
  if (after === undefined) return unknown(id);
  await writeLine({ version: versionOf(after), ...after });
}

function find(id: string): Promise<Incident | undefined> {
  return withAppOrConsole(
    ({ deps }) => deps.incidents.find(id),
    async (ask) => (await (await ask(`/api/v1/incidents/${encodeURIComponent(id)}`)).json()) as Incident,
  );
}

function unknown(id: string): void {
  process.stderr.write(`No incident ${id}\n`);
  process.exitCode = 1;
}
