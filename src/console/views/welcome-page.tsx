import type { OfficeProfile } from '../../domain/office-profile.ts';
import type { ConsoleDeps } from '../console-deps.ts';
import { FACILITY_FIELDS, type ProfileFault } from '../office-profile-form.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Layout } from './layout.tsx';
import { Notice } from './parts.tsx';

/** What has just happened. */
export type WelcomeNotice =
  | 'saved'
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
      <section>
        <h2>{m.welcome.drill}</h2>
        <p>{m.welcome.drillWhy}</p>
        <p>
          <code>nhip-yte drill --channels real --wait 5</code>
        </p>
      </section>
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

function Watch({ profile, provinces, offered, officer }: WelcomePageProps) {
  const { m, names, formToken } = useUi();
  const chosen = new Set(profile?.provinces ?? []);
  return (
    <section>
      <h2>{m.welcome.watch}</h2>
      <p class="hint">{m.welcome.watchWhy}</p>
      <form method="post" action="/welcome" class="welcome-form">
        <input type="hidden" name="token" value={formToken} />
        <fieldset>
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
        <fieldset>
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
          <button type="submit" class="primary">
            {m.welcome.save}
          </button>{' '}
          {profile === undefined ? null : <span class="hint">{m.welcome.saved(profile.by)}</span>}
        </p>
      </form>
    </section>
  );
}

function Channels({ setUp }: WelcomePageProps) {
  const { m, formToken } = useUi();
  const channels = setUp?.channels ?? [];
  return (
    <section>
      <h2>{m.welcome.channels}</h2>
      <p class="hint">{m.welcome.channelsWhy}</p>
      {channels.every((name) => name === 'log') ? <p>{m.welcome.noChannels}</p> : null}
      {channels.includes('log') ? <p class="hint">{m.welcome.logOnly}</p> : null}
      <ul class="ways">
        {channels.map((name) => (
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
