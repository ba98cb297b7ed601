import type { DrillRun } from '../../domain/drill-run.ts';
import type { OfficeProfile } from '../../domain/office-profile.ts';
import type { ConsoleDeps, Drills } from '../console-deps.ts';
import { FACILITY_FIELDS, type ProfileFault } from '../office-profile-form.ts';
import { number } from '../times.ts';
import { mayDo, useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { Notice, Scroll, Time } from './parts.tsx';

/** What has just happened. */
export type WelcomeNotice =
  | 'saved'
  | 'drill'
  | 'drill-runs'
  | ProfileFault
  | { readonly kind: 'trial'; readonly channel: string; readonly ms: number; readonly why?: string };

interface WelcomePageProps {
  readonly profile: OfficeProfile | undefined;
  /** Ids in the order of their names. */
  readonly provinces: readonly string[];
  /** Names of facilities that the press has written of most. */
  readonly offered: readonly string[];
  readonly setUp: ConsoleDeps['setUp'];
  readonly officer: string;
  readonly notice: WelcomeNotice | undefined;
}

/** The first steps of an office: what it watches, whether it is reached, who is on call, a drill. */
export function WelcomePage(props: WelcomePageProps) {
  const { m } = useUi();
  const { notice } = props;
  return (
    <Layout title={m.welcome.title} section="today">
      <h1>{m.welcome.title}</h1>
      <p>{m.welcome.intro}</p>
      {notice === undefined ? null : <Told notice={notice} />}
      <Watch {...props} />
      <Channels {...props} />
      <section>
        <h2>{m.welcome.officers}</h2>
        <p class="hint">{m.welcome.officersWhy}</p>
        <p>
          {(props.setUp?.officers.length ?? 0) === 0
            ? m.welcome.noOfficers
            : props.setUp?.officers.join(', ')}
        </p>
      </section>
      <Drill drills={props.setUp?.drills} officer={props.officer} />
      <p>
        <a class="more" href="/">
          {m.welcome.next} →
        </a>
      </p>
    </Layout>
  );
}

function Told({ notice }: { notice: WelcomeNotice }) {
  const { m, lang } = useUi();
  if (notice === 'saved') return <Notice tone="good" title={m.welcome.done} announced />;
  if (notice === 'drill') return <Notice tone="good" title={m.welcome.drillStarted} announced />;
  if (notice === 'drill-runs') return <Notice tone="bad" title={m.welcome.drillRunsAlready} announced />;
  switch (notice.kind) {
    case 'no-name':
      return <Notice tone="bad" title={m.welcome.noName} announced />;
    case 'unknown':
      return <Notice tone="bad" title={m.welcome.unknown(notice.name)} announced />;
    default:
      return notice.why === undefined ? (
        <Notice tone="good" title={m.welcome.taken(notice.channel, number(notice.ms, lang))} announced />
      ) : (
        <Notice tone="bad" title={m.welcome.refused(notice.channel)} announced>
          <p>
            <code>{notice.why}</code>
          </p>
        </Notice>
      );
  }
}

function Drill({ drills, officer }: { drills: Drills | undefined; officer: string }) {
  const ui = useUi();
  const { m, formToken } = ui;
  const last = drills?.last();
  const isRunning = last !== undefined && last.end === undefined;
  return (
    <section id="drill">
      <h2>{m.welcome.drill}</h2>
      <p>{m.welcome.drillWhy}</p>
      {drills === undefined ? (
        <p>
          {m.welcome.drillByHand} <code>nhip-yte drill --channels real --wait 5</code>
        </p>
      ) : null}
      {last === undefined ? null : <LastDrill run={last} />}
      {drills === undefined || isRunning || !mayDo(ui, 'editor') ? null : (
        <form method="post" action="/welcome/drill" class="welcome-form">
          <input type="hidden" name="token" value={formToken} />
          <fieldset class="choices">
            <legend>{m.welcome.drillWho}</legend>
            {(mayDo(ui, 'admin') ? (['log', 'real'] as const) : (['log'] as const)).map((channels) => (
              <label key={channels}>
                <input type="radio" name="channels" value={channels} checked={channels === 'log'} />{' '}
                {m.welcome.drillChannels[channels]}
              </label>
            ))}
          </fieldset>
          <ByField id="drill-by" value={officer} />
          <button type="submit">{m.welcome.drillStart}</button>
        </form>
      )}
    </section>
  );
}

function LastDrill({ run: { startedAt, by, isReal, said, end } }: { run: DrillRun }) {
  const { m } = useUi();
  const outcome = end === undefined ? 'running' : end.outcome;
  return (
    <div class={`notice ${DRILL_TONES[outcome]}`}>
      <p class="notice-title">
        <span class="chip">{m.incident.mark.drill}</span> {m.welcome.drillOutcome[outcome]}
      </p>
      <p>
        {m.welcome.drillBy(by)}, <Time at={startedAt} />. {m.welcome.drillTold[isReal ? 'real' : 'log']}{' '}
        {end === undefined ? <a href="/welcome#drill">{m.welcome.drillLook}</a> : null}
      </p>
      {said === '' ? null : (
        <Scroll label={m.welcome.drillReport}>
          <pre class="drill-report">{said.trim()}</pre>
        </Scroll>
      )}
    </div>
  );
}

const DRILL_TONES = { running: 'plain', passed: 'good', failed: 'bad' } as const;

function Watch({ profile, provinces, offered, officer }: WelcomePageProps) {
  const ui = useUi();
  const { m, names, formToken } = ui;
  const isFixed = !mayDo(ui, 'admin');
  const chosen = new Set(profile?.provinces ?? []);
  return (
    <section>
      <h2>{m.welcome.watch}</h2>
      <p class="hint">{m.welcome.watchWhy}</p>
      <form method="post" action="/welcome" class="welcome-form">
        <input type="hidden" name="token" value={formToken} />
        <fieldset disabled={isFixed}>
          <legend>{m.welcome.provinces}</legend>
          <ul class="checkboxes">
            {provinces.map((id) => (
              <li key={id}>
                <label>
                  <input type="checkbox" name="province" value={id} checked={chosen.has(id)} />{' '}
                  {names.province(id)}
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        <fieldset disabled={isFixed}>
          <legend>{m.welcome.facilities}</legend>
          <p class="hint">{m.welcome.facilityHint}</p>
          <div class="filter-grid">
            {Array.from({ length: FACILITY_FIELDS }, (_, at) => {
              const id = profile?.facilities[at];
              return (
                <input
                  key={at}
                  name="facility"
                  list="welcome-facilities"
                  maxLength={200}
                  autocomplete="off"
                  aria-label={m.welcome.facility(at + 1)}
                  value={id === undefined ? '' : names.facility(id)}
                />
              );
            })}
          </div>
          <datalist id="welcome-facilities">
            {offered.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </fieldset>
        <ByField id="welcome-by" value={officer} />
        <p>
          {isFixed ? (
            <span class="hint">{m.signIn.forbiddenWhy(m.signIn.role.admin)} </span>
          ) : (
            <button type="submit" class="primary">
              {m.welcome.save}
            </button>
          )}{' '}
          {profile === undefined ? null : <span class="hint">{m.welcome.saved(profile.by)}</span>}
        </p>
      </form>
    </section>
  );
}

function Channels({ setUp }: WelcomePageProps) {
  const ui = useUi();
  const { m, formToken } = ui;
  const channels = setUp?.channels ?? [];
  return (
    <section>
      <h2>{m.welcome.channels}</h2>
      <p class="hint">{m.welcome.channelsWhy}</p>
      {channels.every((name) => name === 'log') ? <p>{m.welcome.noChannels}</p> : null}
      {channels.includes('log') ? <p class="hint">{m.welcome.logOnly}</p> : null}
      <ul class="ways">
        {(mayDo(ui, 'admin') ? channels : []).map((name) => (
          <li key={name}>
            <form method="post" action="/welcome/test">
              <input type="hidden" name="token" value={formToken} />
              <input type="hidden" name="channel" value={name} />
              <button type="submit">{m.welcome.test(name)}</button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
