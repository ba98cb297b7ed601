import type { AlertRule } from '../src/detection/alert-rule.ts';
import { Detector } from '../src/detection/detector.ts';
import { gatherIncident } from '../src/detection/gather-incident.ts';
import { judgeSeverity, sentence } from '../src/detection/incident-severity.ts';
import { incidentTitle } from '../src/detection/incident-title.ts';
import type { Alert } from '../src/domain/alert.ts';
import type { ArticleOutline } from '../src/domain/article.ts';
import { type Incident, joinAlert, openIncident } from '../src/domain/incident.ts';
import { DAY_MS } from '../src/domain/time.ts';
import { facilitiesOf } from './facilities-of.ts';
import { pagesToReplay } from './pages-to-replay.ts';
import { seriesNamesOf } from './series-name.ts';
import type { Deps } from './stage.ts';

/** What one set of rules would have said of a time. */
export interface Replay {
  readonly alerts: readonly Alert[];
  /** As the alerts gather where nobody acknowledges or resolves anything, in the order in which they opened. */
  readonly incidents: readonly Incident[];
}

type ReplayDeps = Pick<Deps, 'now' | 'journal' | 'articles' | 'campaigns' | 'holidays' | 'language'>;

/** An incident that nobody has spoken of for this long is closed. */
const CLOSED_AFTER_MS = 7 * DAY_MS;

/**
 * Tells every set of rules all that was told by then, and gives what each says in [from, to). What came before `from`
 * is told as well, for what is usual. Reads journal and archive once.
 *
 * @param tellOf  called now and then with the number of sightings so far
 */
export async function replayJournal(
  ruleSets: readonly (readonly AlertRule[])[],
  { from, to }: { readonly from: string; readonly to: string },
  deps: ReplayDeps,
  tellOf: (sightings: number) => void = () => {},
): Promise<Replay[]> {
  const nameOf = seriesNamesOf(deps.language);
  const detectors = ruleSets.map((rules) => new Detector({ rules, nameOf, holidays: deps.holidays }));
  const said: Alert[][] = ruleSets.map(() => []);
  let sightings = 0;
  for await (const page of pagesToReplay(deps, { campaigns: deps.campaigns, names: deps.language.names })) {
    if (page.at >= to) break;
    detectors.forEach((detector, index) => {
      const alerts = detector.tell(page);
      if (page.at >= from) said[index]?.push(...alerts);
    });
    sightings += page.sightings.length;
    tellOf(sightings);
  }
  return Promise.all(said.map(async (alerts) => ({ alerts, incidents: await gather(alerts, deps) })));
}

async function gather(alerts: readonly Alert[], { articles }: ReplayDeps): Promise<Incident[]> {
  const incidents: Incident[] = [];
  for (const alert of alerts) {
    const counted = await articles.findMany(alert.articleIds);
    const active = incidents.filter(
      ({ updatedAt }) => Date.parse(alert.at) - Date.parse(updatedAt) < CLOSED_AFTER_MS,
    );
    const home = gatherIncident(alert, facilitiesOf(counted), active);
    if (home === undefined) incidents.push(opened(alert, counted));
    else incidents[incidents.indexOf(home)] = joinAlert(home, alert, home.title, undefined);
  }
  return incidents;
}

function opened(alert: Alert, counted: readonly ArticleOutline[]): Incident {
  const { severity, reasons } = judgeSeverity([alert], alert.at);
  return openIncident(alert, incidentTitle(alert, counted).vi, { severity, why: sentence(reasons) });
}
