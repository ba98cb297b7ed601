import type { ComponentChildren } from 'preact';

import { SEVERITY_NAMES } from '../../detection/severity-names.ts';
import { SEVERITIES } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import { longestSnoozeMs, VERDICTS, versionOf } from '../../domain/incident.ts';
import type { IncidentActionKind } from '../incident-form.ts';
import { clockTime } from '../times.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';

const MINUTE_MS = 60_000;
/** What is offered, in minutes. */
const SNOOZES = [15, 30, 60, 120, 240, 480] as const;

/** What somebody typed into a form that could not be kept. */
export interface Typed {
  readonly action: IncidentActionKind;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
}

interface ActsProps {
  readonly incident: Incident;
  /** Incidents under way that it may be merged into. */
  readonly others: readonly Incident[];
  readonly storyTitles: ReadonlyMap<string, string>;
  /** Who acted last from this browser. */
  readonly officer: string;
  readonly typed: Typed | undefined;
}

/** The first thing to do with an incident, at the top of its page. */
export function FirstAct(props: ActsProps) {
  const { m } = useUi();
  const { incident } = props;
  if (incident.status === 'open') {
    return (
      <ActForm {...props} action="acknowledge" button={m.incident.acknowledge} withNote={false} primary>
        <p class="hint">{m.incident.acknowledgeHint}</p>
      </ActForm>
    );
  }
  if (incident.mergedInto !== undefined) {
    return <ActForm {...props} action="unmerge" button={m.incident.unmerge} heading />;
  }
  return incident.status === 'resolved' ? (
    <ActForm {...props} action="reopen" button={m.incident.reopen} heading />
  ) : null;
}

/** Everything else, below the evidence. */
export function OtherActs(props: ActsProps) {
  if (props.incident.status === 'resolved') return null;
  return (
    <>
      <SnoozeForm {...props} />
      <ResolveForm {...props} />
      <HandOverForm {...props} />
      <SeverityForm {...props} />
      {props.others.length === 0 ? null : <MergeForm {...props} />}
      {props.incident.series.length + props.incident.storyIds.length > 1 ? <SplitForm {...props} /> : null}
    </>
  );
}

function ResolveForm(props: ActsProps) {
  const { m } = useUi();
  const verdict = fieldOf(props, 'resolve', 'verdict');
  return (
    <ActForm {...props} action="resolve" button={m.incident.resolve} heading>
      <fieldset>
        <legend>{m.incident.verdict}</legend>
        {VERDICTS.map((value) => (
          <p key={value} class="choice">
            <input
              id={`verdict-${value}`}
              type="radio"
              name="verdict"
              value={value}
              required
              checked={value === verdict}
            />
            <label for={`verdict-${value}`}>{m.verdict[value]}</label>
          </p>
        ))}
      </fieldset>
    </ActForm>
  );
}

function SnoozeForm(props: ActsProps) {
  const { m, now } = useUi();
  const { incident } = props;
  const chosen = fieldOf(props, 'snooze', 'minutes');
  const offered = SNOOZES.filter((minutes) => minutes * MINUTE_MS <= longestSnoozeMs(incident));
  return (
    <ActForm {...props} action="snooze" button={m.response.snooze} folded>
      <p class="hint">{m.response.snoozeHint}</p>
      <p class="field">
        <label for="snooze-minutes">{m.response.snoozeFor}</label>
        <select id="snooze-minutes" name="minutes">
          {offered.map((minutes) => (
            <option key={minutes} value={minutes} selected={String(minutes) === chosen}>
              {m.response.minutes(minutes)} (
              {m.response.until(clockTime(new Date(now.getTime() + minutes * MINUTE_MS)))})
            </option>
          ))}
        </select>
      </p>
    </ActForm>
  );
}

function HandOverForm(props: ActsProps) {
  const { m } = useUi();
  return (
    <ActForm {...props} action="hand-over" button={m.incident.handOver} folded>
      <p class="field">
        <label for="hand-over-to">{m.incident.handOverTo}</label>
        <input
          id="hand-over-to"
          name="to"
          required
          maxLength={120}
          value={fieldOf(props, 'hand-over', 'to') || (props.incident.assignedTo ?? '')}
        />
      </p>
    </ActForm>
  );
}

function SeverityForm(props: ActsProps) {
  const { m, lang } = useUi();
  const chosen = fieldOf(props, 'set-severity', 'severity');
  return (
    <ActForm {...props} action="set-severity" button={m.incident.setSeverity} folded>
      <p class="hint">{m.incident.setSeverityHint}</p>
      <p class="field">
        <label for="severity-to">{m.severity}</label>
        <select id="severity-to" name="severity">
          {SEVERITIES.filter((value) => value !== props.incident.severity).map((value) => (
            <option key={value} value={value} selected={value === chosen}>
              {SEVERITY_NAMES[value][lang]}
            </option>
          ))}
        </select>
      </p>
    </ActForm>
  );
}

function MergeForm(props: ActsProps) {
  const { m } = useUi();
  const chosen = fieldOf(props, 'merge', 'into');
  return (
    <ActForm {...props} action="merge" button={m.incident.merge} folded>
      <p class="hint">{m.incident.mergeHint}</p>
      <p class="field">
        <label for="merge-into">{m.incident.mergeInto}</label>
        <select id="merge-into" name="into">
          {props.others.map(({ id, title }) => (
            <option key={id} value={id} selected={id === chosen}>
              {title}
            </option>
          ))}
        </select>
      </p>
    </ActForm>
  );
}

function SplitForm(props: ActsProps) {
  const { m, names } = useUi();
  const { incident, storyTitles } = props;
  return (
    <ActForm {...props} action="split" button={m.incident.split} folded>
      <p class="hint">{m.incident.splitHint}</p>
      <fieldset>
        <legend>{m.incident.splitWhat}</legend>
        {incident.series.map((key) => (
          <Choice key={key} {...props} name="series" value={key} label={names.series(key)} />
        ))}
        {incident.storyIds.map((id) =>
          storyTitles.has(id) ? (
            <Choice key={id} {...props} name="storyIds" value={id} label={storyTitles.get(id) ?? id} />
          ) : null,
        )}
      </fieldset>
      <p class="field">
        <label for="split-title">{m.incident.splitTitle}</label>
        <input
          id="split-title"
          name="title"
          required
          maxLength={110}
          value={fieldOf(props, 'split', 'title')}
        />
      </p>
    </ActForm>
  );
}

function Choice(props: ActsProps & { name: string; value: string; label: string }) {
  const { name, value, label, typed } = props;
  const before = typed?.action === 'split' ? typed.fields[name] : undefined;
  const isChosen = Array.isArray(before) ? before.includes(value) : before === value;
  return (
    <p class="choice">
      <input id={`split-${value}`} type="checkbox" name={name} value={value} checked={isChosen} />
      <label for={`split-${value}`}>{label}</label>
    </p>
  );
}

interface ActFormProps extends ActsProps {
  readonly action: IncidentActionKind;
  readonly button: string;
  readonly children?: ComponentChildren;
  readonly primary?: boolean;
  readonly heading?: boolean;
  /** Shown when asked for, or when it holds what could not be kept. */
  readonly folded?: boolean;
  readonly withNote?: boolean;
}

/** A form that works without scripts and names the version that its reader saw. */
function ActForm(props: ActFormProps) {
  const { incident, action, button, children, primary, heading, folded, withNote = true, officer } = props;
  const { m, formToken } = useUi();
  const form = (
    <form
      class={`act ${action}`}
      method="post"
      action={`/incidents/${encodeURIComponent(incident.id)}/${action}`}
    >
      {heading === true ? <h2>{button}</h2> : null}
      <input type="hidden" name="token" value={formToken} />
      <input type="hidden" name="version" value={versionOf(incident)} />
      {primary === true ? null : children}
      <ByField id={`${action}-by`} value={fieldOf(props, action, 'by') || officer} />
      {withNote ? (
        <p class="field">
          <label for={`${action}-note`}>{m.incident.note}</label>
          <textarea id={`${action}-note`} name="note" maxLength={500} rows={2}>
            {fieldOf(props, action, 'note')}
          </textarea>
        </p>
      ) : null}
      <button type="submit" {...(primary === true ? { class: 'primary' } : {})}>
        {button}
      </button>
      {primary === true ? children : null}
    </form>
  );
  if (folded !== true) return form;
  return (
    <details class="folded-act" open={props.typed?.action === action}>
      <summary>{button}</summary>
      {form}
    </details>
  );
}

/** What was typed into a field of the form that came back; empty otherwise. */
function fieldOf({ typed }: Pick<ActsProps, 'typed'>, action: IncidentActionKind, field: string): string {
  const value = typed?.action === action ? typed.fields[field] : undefined;
  return typeof value === 'string' ? value : '';
}
