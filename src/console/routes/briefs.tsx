import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, z } from 'zod';

import {
  BriefConflictError,
  type BriefStory,
  BriefTransitionError,
  type PressBrief,
} from '../../domain/press-brief.ts';
import { HOUR_MS, VIETNAM_OFFSET_MS, vietnameseDay } from '../../domain/time.ts';
import { PermanentError } from '../../errors.ts';
import { actOnBrief, chosenQuotation, editPressBrief, NoSuchArticleError } from '../brief-acts.ts';
import { briefFileName, sendBriefFile } from '../brief-file.ts';
import {
  BRIEF_ACTIONS,
  type BriefAction,
  readBriefOrder,
  readBriefRequest,
  withQuotation,
} from '../brief-form.ts';
import { LANGS, type Lang } from '../messages.ts';
import { officerOf, rememberOfficer } from '../officer.ts';
import { anyId, idParams } from '../request-fields.ts';
import type { RouteContext } from '../server.ts';
import { type BriefNotice, BriefPage } from '../views/brief-page.tsx';
import { type BriefChoices, BriefsPage, type MakeBriefForm } from '../views/briefs-page.tsx';
import { QuotationPage } from '../views/quotation-page.tsx';
import { NotFoundError } from './errors.tsx';

const LISTED = 20;
/** Proposals for eighty stories, of which each letter may take nine bytes in a form. */
const MAX_FORM_BYTES = 2 * 1024 * 1024;
/** Of a story, to choose a quotation from. */
const QUOTED_ARTICLES = 12;

const editing = { bodyLimit: MAX_FORM_BYTES, config: { role: 'editor' as const } };

const pageQuery = z.object({
  notice: z.enum(BRIEF_ACTIONS).optional().catch(undefined),
  check: z.literal('1').optional().catch(undefined),
  lang: z.enum(LANGS).optional().catch(undefined),
});
const listQuery = z.object({ before: z.iso.datetime().optional().catch(undefined), id: anyId.catch('') });
const storyQuery = z.object({ story: anyId.min(1) });
const choice = z.object({ story: anyId.min(1), choice: z.string().max(300).default('program') });
/** What was typed, to be given back with a refusal; nothing here is trusted. */
const typedFields = z.record(z.string(), z.string()).catch({});
type Typed = Readonly<Record<string, string>>;

/** What a page of a brief shows beside it. */
interface Shown {
  readonly notice?: BriefNotice | undefined;
  readonly typed?: Typed;
  readonly isChecked?: boolean;
}

/** Press briefs: the list, one of them to be read and edited, and the files that are made of it. */
export function briefRoutes({ server, deps, pages, tokens }: RouteContext): void {
  const { office, briefs, articles } = deps;

  server.get('/briefs', (request, reply) => list(request, reply, { fields: {} }));

  server.post('/briefs', editing, async (request, reply) => {
    tokens.check(request);
    try {
      const asked = readBriefRequest(request.body);
      const brief = await briefs.make(asked);
      return rememberOfficer(reply, asked.by).redirect(pathOf(brief.id), 303);
    } catch (error) {
      if (!(error instanceof ZodError) && !(error instanceof PermanentError)) throw error;
      const isTooMuch = error instanceof PermanentError && error.reason === 'too-many';
      const fields = typedFields.parse(request.body ?? {});
      return list(request, reply, { fields, fault: isTooMuch ? 'too-many' : 'bad-period' }, 400);
    }
  });

  server.get('/briefs/:id', async (request, reply) => {
    const { id, kind } = briefFileName(idParams.parse(request.params).id);
    const brief = await find(id);
    const { notice, check, lang = pages.languageOf(request) } = pageQuery.parse(request.query);
    if (kind !== undefined) return sendBriefFile({ brief, kind, lang }, request, reply, deps);
    return show(request, reply, brief, {
      notice: notice === undefined ? undefined : { kind: 'done', action: notice },
      isChecked: check !== undefined,
    });
  });

  server.post('/briefs/:id', editing, async (request, reply) => {
    tokens.check(request);
    const { id } = idParams.parse(request.params);
    try {
      const { version, by, do: action } = readBriefOrder(request.body);
      const done = await actOnBrief({ id, version, by }, action, request.body, deps);
      if (done === undefined) throw new NotFoundError();
      deps.log.info({ briefId: id, by, what: action.kind }, 'press brief changed');
      return rememberOfficer(reply, by).redirect(afterwards(id, action), 303);
    } catch (error) {
      return refuse(request, reply, id, error, typedFields.parse(request.body ?? {}));
    }
  });

  server.get('/briefs/:id/quotation', async (request, reply) => {
    const brief = await find(idParams.parse(request.params).id);
    const story = storyIn(brief, storyQuery.parse(request.query).story);
    const { articles: newestFirst } = await articles.search(
      { ...brief.model.filter, ...brief.model.period, storyId: story.id },
      { offset: 0, limit: QUOTED_ARTICLES },
    );
    const view = (
      <QuotationPage
        brief={brief}
        story={story}
        articles={newestFirst.reverse()}
        officer={officerOf(request)}
      />
    );
    return pages.send(request, reply, view);
  });

  server.post('/briefs/:id/quotation', editing, async (request, reply) => {
    tokens.check(request);
    const { id } = idParams.parse(request.params);
    try {
      const { version, by } = readBriefOrder(request.body);
      const chosen = choice.parse(request.body ?? {});
      const { id: storyId } = storyIn(await find(id), chosen.story);
      const quotation = await chosenQuotation(storyId, chosen.choice, deps);
      await editPressBrief(
        { id, version, by },
        ({ edits }) => withQuotation(edits, storyId, quotation),
        deps,
      );
      rememberOfficer(reply, by);
      return reply.redirect(`${pathOf(id)}?notice=quote#item-${encodeURIComponent(storyId)}`, 303);
    } catch (error) {
      return refuse(request, reply, id, error, {});
    }
  });

  async function find(id: string): Promise<PressBrief> {
    const brief = await office.find('press-brief', id);
    if (brief === undefined) throw new NotFoundError();
    return brief;
  }

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    form: Pick<MakeBriefForm, 'fields' | 'fault'>,
    status = 200,
  ): Promise<FastifyReply> {
    const { before, id } = listQuery.parse(request.query);
    const found = await office.list('press-brief', {
      limit: LISTED + 1,
      ...(before === undefined ? {} : { after: { at: before, id } }),
    });
    const shown = found.slice(0, LISTED);
    const last = found.length > LISTED ? shown.at(-1) : undefined;
    const view = (
      <BriefsPage
        briefs={shown}
        olderHref={last && `/briefs?${new URLSearchParams({ before: last.at, id: last.id })}`}
        choices={choicesIn(pages.languageOf(request))}
        form={{
          ...form,
          day: vietnameseDay(deps.now()),
          ...lastDay(deps.now()),
          by: form.fields.by ?? officerOf(request),
          at: briefs.at,
        }}
      />
    );
    return pages.send(request, reply, view, status);
  }

  function choicesIn(lang: Lang): BriefChoices {
    const { topicNames, names } = deps.language;
    const provinces = [...names].filter(([key]) => key.startsWith('province:'));
    return {
      topics: [...topicNames].map(([key, name]) => [key, name[lang]] as const),
      provinces: provinces.map(([key, name]) => [key.slice('province:'.length), name] as const),
    };
  }

  /** What was typed stands on the page that says why it could not be kept. @throws what is no refusal */
  async function refuse(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string,
    error: unknown,
    typed: Typed,
  ): Promise<FastifyReply> {
    const [kind, status] = refusalOf(error);
    return show(request, reply, await find(id), { notice: { kind }, typed }, status);
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    brief: PressBrief,
    { notice, typed, isChecked = false }: Shown,
    status = 200,
  ): Promise<FastifyReply> {
    const view = (
      <BriefPage
        brief={brief}
        officer={officerOf(request)}
        notice={notice}
        typed={typed}
        difference={isChecked ? await briefs.differenceOf(brief) : undefined}
        canPrintPdf={deps.printPdf !== undefined}
        mailTo={briefs.send === undefined ? [] : deps.letterhead.brief.to}
        symbol={deps.letterhead.symbol}
      />
    );
    return pages.send(request, reply, view, status);
  }
}

function refusalOf(error: unknown): [Exclude<BriefNotice['kind'], 'done'>, number] {
  if (error instanceof ZodError) return ['bad-form', 400];
  if (error instanceof NoSuchArticleError) return ['no-article', 400];
  if (error instanceof BriefConflictError) return ['conflict', 409];
  if (error instanceof BriefTransitionError) return ['not-possible', 409];
  throw error;
}

/** Where a reader is sent once it is done: back to where they were. */
function afterwards(id: string, { kind, itemId }: { kind: BriefAction; itemId: string }): string {
  if (kind === 'quote') return `${pathOf(id)}/quotation?story=${encodeURIComponent(itemId)}`;
  const anchor = kind === 'up' || kind === 'down' ? `#item-${encodeURIComponent(itemId)}` : '';
  return `${pathOf(id)}?notice=${kind}${anchor}`;
}

function pathOf(id: string): string {
  return `/briefs/${encodeURIComponent(id)}`;
}

function storyIn({ model }: PressBrief, id: string): BriefStory {
  const story = model.stories.find((one) => one.id === id);
  if (story === undefined) throw new NotFoundError();
  return story;
}

/** The last 24 whole hours, as `<input type="datetime-local">` takes them. */
function lastDay(now: Date): Pick<MakeBriefForm, 'from' | 'to'> {
  const hour = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS + VIETNAM_OFFSET_MS;
  const local = (ms: number) => new Date(ms).toISOString().slice(0, 16);
  return { from: local(hour - 24 * HOUR_MS), to: local(hour) };
}
