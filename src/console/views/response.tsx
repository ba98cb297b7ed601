import type { Incident } from '../../domain/incident.ts';
import type { Statement } from '../../domain/statement.ts';
import { VIETNAM_OFFSET_MS } from '../../domain/time.ts';
import type { StatementPickup } from '../../reports/statement-pickup.ts';
import type { ResponseDeadline } from '../../routing/response-clock.ts';
import { absoluteTime, duration } from '../times.ts';
import { useUi } from '../ui.ts';
import { ByField } from './by-field.tsx';
import { Notice, Scroll, Time } from './parts.tsx';

/** What an incident still waits for, and what came in time: one line for each, the most urgent to be seen at a glance. */
export function ResponseClock({ clock }: { clock: readonly ResponseDeadline[] }) {
  const { m, lang, now } = useUi();
  if (clock.length === 0) return null;
  return (
    <section class="response-clock" aria-labelledby="response-clock">
      <h2 id="response-clock">{m.response.title}</h2>
      <ul>
        {clock.map(({ what, dueAt, doneAt, state }) => {
          const left = duration(Math.abs(Date.parse(dueAt) - now.getTime()), lang);
          return (
            <li key={what} class={`deadline ${state}`}>
              <strong>{m.response.what[what]}</strong>{' '}
              <span class="deadline-state">
                {m.response.state[state]}
                {doneAt === undefined ? ` ${left}` : ''}
              </span>{' '}
              <small>
                {doneAt === undefined ? null : <time dateTime={doneAt}>{absoluteTime(doneAt)}</time>}
                {doneAt === undefined ? '' : ' · '}
                {m.response.due} <time dateTime={dueAt}>{absoluteTime(dueAt)}</time>
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface StatementsProps {
  readonly incident: Incident;
  readonly statements: readonly Statement[];
  readonly pickups: readonly StatementPickup[];
  readonly officer: string;
  readonly isBad: boolean;
}

/** What the office has said in public, and who has carried it. */
export function Statements(props: StatementsProps) {
  const { m } = useUi();
  const { statements, pickups, incident, isBad } = props;
  return (
    <section id="statements" class="statements">
      <h2>{m.response.statements}</h2>
      {isBad ? <Notice tone="bad" title={m.response.badStatement} announced /> : null}
      {statements.length === 0 ? <p class="hint">{m.response.noStatement}</p> : null}
      {statements.map((statement) => (
        <StatementCard
          key={statement.id}
          incident={incident}
          statement={statement}
          pickups={pickups.filter(({ statementId }) => statementId === statement.id)}
        />
      ))}
      <StatementForm {...props} />
    </section>
  );
}

function StatementCard({
  incident,
  statement,
  pickups,
}: {
  incident: Incident;
  statement: Statement;
  pickups: readonly StatementPickup[];
}) {
  const { m, formToken } = useUi();
  const { id, title, text, url, by, issuedAt } = statement;
  const outlets = new Set(pickups.map(({ outletId }) => outletId)).size;
  return (
    <article class="statement">
      <h3>{title}</h3>
      <p class="hint">
        <Time at={issuedAt} /> · {m.response.by(by)}
        {url === undefined ? null : (
          <>
            {' · '}
            <a href={url} rel="noreferrer">
              {m.response.original}
            </a>
          </>
        )}
      </p>
      <blockquote>{text}</blockquote>
      <p>
        {outlets === 0 ? m.response.nobodyCarries : <b>{m.response.carriedBy(outlets, pickups.length)}</b>}
      </p>
      {outlets === 0 ? null : <Pickups statement={statement} pickups={pickups} />}
      <form method="post" action={`/incidents/${encodeURIComponent(incident.id)}/statements/${id}/remove`}>
        <input type="hidden" name="token" value={formToken} />
        <button type="submit" class="quiet" aria-label={m.response.removeLabel(title)}>
          {m.response.remove}
        </button>
      </form>
    </article>
  );
}

function Pickups({ statement, pickups }: { statement: Statement; pickups: readonly StatementPickup[] }) {
  const { m, lang, names } = useUi();
  return (
    <Scroll label={m.response.carried}>
      <table>
        <caption class="visually-hidden">{m.response.carried}</caption>
        <thead>
          <tr>
            <th scope="col">{m.response.outlet}</th>
            <th scope="col">{m.response.after}</th>
            <th scope="col" class="figure">
              {m.response.share}
            </th>
            <th scope="col">{m.response.article}</th>
          </tr>
        </thead>
        <tbody>
          {pickups.map(({ articleId, outletId, firstSeenAt, sentences, of, isLinked }) => (
            <tr key={articleId}>
              <th scope="row">{names.outlet(outletId)}</th>
              <td>{duration(Date.parse(firstSeenAt) - Date.parse(statement.issuedAt), lang)}</td>
              <td class="figure">
                {sentences}/{of}
                {isLinked ? <small> {m.response.linked}</small> : null}
              </td>
              <td>
                <a href={`/articles/${encodeURIComponent(articleId)}`}>{m.response.open}</a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function StatementForm({ incident, officer, isBad }: StatementsProps) {
  const { m, formToken, now } = useUi();
  const local = new Date(now.getTime() + VIETNAM_OFFSET_MS).toISOString().slice(0, 16);
  return (
    <details class="folded-act" open={isBad}>
      <summary>{m.response.add}</summary>
      <form
        class="statement-form act"
        method="post"
        action={`/incidents/${encodeURIComponent(incident.id)}/statements`}
      >
        <input type="hidden" name="token" value={formToken} />
        <p class="field">
          <label for="statement-title">{m.response.headline}</label>
          <input id="statement-title" name="title" required maxLength={200} />
        </p>
        <p class="field">
          <label for="statement-text">{m.response.text}</label>
          <textarea
            id="statement-text"
            name="text"
            required
            maxLength={8000}
            rows={6}
            aria-describedby="statement-text-hint"
          />
          <span id="statement-text-hint" class="hint">
            {m.response.textHint}
          </span>
        </p>
        <p class="field">
          <label for="statement-url">{m.response.link}</label>
          <input id="statement-url" name="url" type="url" maxLength={500} />
        </p>
        <p class="field">
          <label for="statement-at">{m.response.issuedAt}</label>
          <input
            id="statement-at"
            name="issuedAt"
            type="datetime-local"
            required
            max={local}
            defaultValue={local}
          />
        </p>
        <ByField id="statement-by" value={officer} />
        <button type="submit">{m.response.add}</button>
      </form>
    </details>
  );
}
