import type { BriefModel, BriefStory } from '../../domain/press-brief.ts';
import type { BriefItem } from '../../reports/brief-document.ts';
import { articlesHref } from '../../reports/brief-links.ts';
import { importanceReason } from '../../reports/brief-words.ts';
import { PROPOSAL } from '../brief-form.ts';
import { number } from '../times.ts';
import { useUi } from '../ui.ts';
import { PolaritySign, SeverityChip, safeHref, Time } from './parts.tsx';

const TONES = ['negative', 'neutral', 'positive'] as const;

interface ItemProps {
  readonly item: BriefItem;
  readonly model: BriefModel;
  readonly place: number;
  readonly isEditable: boolean;
  /** What was typed and could not be kept, by field. */
  readonly typed: Readonly<Record<string, string>> | undefined;
}

/** One story, or one article that a person added: what is known, what is quoted, what is proposed. */
export function BriefItemCard({ item, model, place, isEditable, typed }: ItemProps) {
  const { m } = useUi();
  const { title, url, outletName, at } = 'story' in item ? item.story.lead : item.added;
  const href = safeHref(url);
  const field = `${PROPOSAL}${item.id}`;
  const proposal = typed?.[field] ?? item.proposal;
  return (
    <li class="brief-item" id={`item-${item.id}`}>
      <div class="brief-told">
        <h4>
          <span class="brief-place">{place}.</span> {href === undefined ? title : <a href={href}>{title}</a>}
        </h4>
        <p class="brief-note">
          {outletName}
          {at === undefined ? null : (
            <>
              {' · '}
              <Time at={at} />
            </>
          )}
          {'story' in item ? null : ` · ${m.briefs.byHand}`}
        </p>
        {'story' in item ? <StoryFigures story={item.story} model={model} /> : null}
        <Quotation item={item} isEditable={isEditable} title={title} />
      </div>
      {isEditable ? (
        <div class="brief-answer">
          <p class="field">
            <label for={field}>
              {m.briefs.proposal}
              <span class="visually-hidden">: {title}</span>
            </label>
            <textarea id={field} name={field} rows={2} maxLength={2000}>
              {proposal}
            </textarea>
          </p>
          <Stored now={item.proposal} typed={typed?.[field]} />
          <p class="brief-acts">
            <ItemButton action="up" id={item.id} title={title} />
            <ItemButton action="down" id={item.id} title={title} />
            <ItemButton action="out" id={item.id} title={title} />
          </p>
        </div>
      ) : item.proposal === '' ? null : (
        <p class="brief-proposal">
          <strong>{m.briefs.proposal}:</strong> {item.proposal}
        </p>
      )}
    </li>
  );
}

/** What is stored, where what was typed is something else. */
export function Stored({ now, typed }: { now: string; typed: string | undefined }) {
  const { m } = useUi();
  if (typed === undefined || typed.trim() === now) return null;
  return (
    <p class="hint brief-stored">
      {m.briefs.current} {now === '' ? '–' : now}
    </p>
  );
}

interface ItemButtonProps {
  readonly action: 'up' | 'down' | 'out' | 'in' | 'quote';
  readonly id: string;
  readonly title: string;
}

export function ItemButton({ action, id, title }: ItemButtonProps) {
  const { m } = useUi();
  const word = m.briefs[action];
  return (
    <button type="submit" name="do" value={`${action}:${id}`} aria-label={m.briefs.of(word, title)}>
      {word}
    </button>
  );
}

function Quotation({ item, isEditable, title }: { item: BriefItem; isEditable: boolean; title: string }) {
  const { m } = useUi();
  const text = 'added' in item ? item.added.quotation : item.quotation?.text;
  return (
    <div class="brief-quotation">
      {text === undefined || text === '' ? (
        <p class="hint">{m.briefs.noQuotation}</p>
      ) : (
        <blockquote>
          <p>
            “{text}” {item.quotation === undefined ? null : <cite>({item.quotation.outletName})</cite>}
          </p>
        </blockquote>
      )}
      {isEditable && 'story' in item ? <ItemButton action="quote" id={item.id} title={title} /> : null}
    </div>
  );
}

function StoryFigures({ story, model }: { story: BriefStory; model: BriefModel }) {
  const { m, lang, names } = useUi();
  const to = (narrowing: Parameters<typeof articlesHref>[1] = {}) =>
    articlesHref(model, { story: story.id, ...narrowing });
  const n = (value: number) => number(value, lang);
  const { briefs } = m;
  const { polarity, stance } = story;
  return (
    <>
      <p>
        <a href={to()}>{briefs.articlesOf(n(story.articles))}</a>: {briefs.own(story.newsrooms.length)}
        {story.copies === 0 ? null : `, ${briefs.copies(story.copies)}`} (
        {story.tiers.map((tier) => m.tier[tier]).join(', ')}) ·{' '}
        <a
          href={`/stories/${encodeURIComponent(story.id)}`}
          aria-label={briefs.of(briefs.storyPage, story.lead.title)}
        >
          {briefs.storyPage}
        </a>
      </p>
      <p class="brief-figures">
        {TONES.filter((tone) => polarity[tone] > 0).map((tone) => (
          <a key={tone} href={to({ polarity: tone })}>
            <PolaritySign polarity={tone} /> {briefs[`${tone}Of`](n(polarity[tone]))}
          </a>
        ))}
        {stance.negative === 0 ? null : (
          <a href={to({ stance: 'negative' })}>{briefs.criticised(n(stance.negative))}</a>
        )}
        {stance.positive === 0 ? null : (
          <a href={to({ stance: 'positive' })}>{briefs.praised(n(stance.positive))}</a>
        )}
        {story.corrected === 0 ? null : (
          <a href={to({ corrected: 'yes' })}>{briefs.corrected(story.corrected)}</a>
        )}
        {story.late === 0 ? null : <span>{briefs.late(story.late)}</span>}
      </p>
      {story.earlier === undefined ? null : (
        <p class="brief-note">
          <a href={`/stories/${encodeURIComponent(story.id)}`}>
            {briefs.earlier(story.earlier.outletName, story.earlier.articles)}
          </a>{' '}
          (<Time at={story.earlier.at} />)
        </p>
      )}
      {story.provinces.length === 0 ? null : (
        <p class="brief-note">{story.provinces.map((province) => names.province(province)).join(', ')}</p>
      )}
      {story.incidents.map((incident) => (
        <p key={incident.id} class="incident-line">
          <SeverityChip severity={incident.severity} />
          <a href={`/incidents/${encodeURIComponent(incident.id)}`}>{incident.title}</a>
        </p>
      ))}
      <p class="brief-note">
        {briefs.why}: {importanceReason(story.importance, lang)}
      </p>
    </>
  );
}
