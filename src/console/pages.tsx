import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChild } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { namesIn } from '../reports/names.ts';
import type { Assets } from './assets.ts';
import type { ConsoleDeps } from './console-deps.ts';
import type { Lang } from './messages.ts';
import { LANGS, MESSAGES } from './messages.ts';
import type { FormTokens } from './request-guard.ts';
import { depsFor } from './scoped-deps.ts';
import type { Section, Ui } from './ui.ts';
import { SECTIONS, UiContext } from './ui.ts';

export const LANGUAGE_COOKIE = 'nyt_lang';

/** Counting further than this tells nobody more. */
const MAX_OPEN_INCIDENTS = 99;

type HasPage = (path: string, isScoped: boolean) => boolean;

/** What routes need besides their data: the reader's language, and a way to send a page. */
export class Pages {
  readonly #deps: ConsoleDeps;
  readonly #assets: Assets;
  readonly #tokens: FormTokens;
  readonly #hasPage: HasPage;
  readonly #sections = new Map<boolean, readonly Section[]>();

  /** @param hasPage  whether there is a page at a path, for accounts with a scope too where that is asked */
  constructor(deps: ConsoleDeps, assets: Assets, tokens: FormTokens, hasPage: HasPage = () => true) {
    this.#hasPage = hasPage;
    this.#deps = deps;
    this.#assets = assets;
    this.#tokens = tokens;
  }

  languageOf(request: FastifyRequest): Lang {
    const chosen = request.cookies?.[LANGUAGE_COOKIE];
    return LANGS.find((lang) => lang === chosen) ?? this.#deps.languageDefault ?? 'vi';
  }

  /** Renders a view in its page and sends it. */
  async send(
    request: FastifyRequest,
    reply: FastifyReply,
    view: ComponentChild,
    status = 200,
  ): Promise<FastifyReply> {
    const { articles, incidents, pipelineWatch } = depsFor(request, this.#deps);
    const [watermark, open, watch] = await Promise.all([
      articles.watermark(),
      incidents.list({ status: ['open'], limit: MAX_OPEN_INCIDENTS }),
      pipelineWatch.find(),
    ]);
    return this.#render(request, reply, view, status, {
      watermark: watermark ?? null,
      openIncidents: open.length,
      watch,
    });
  }

  /** Renders a view without asking any store: for errors, which may come from one. */
  sendPlain(
    request: FastifyRequest,
    reply: FastifyReply,
    view: ComponentChild,
    status: number,
  ): FastifyReply {
    return this.#render(request, reply, view, status, { openIncidents: 0 });
  }

  /** Asked for with the first page, when every route is there. */
  #sectionsThere(isScoped: boolean): readonly Section[] {
    const known = this.#sections.get(isScoped);
    if (known !== undefined) return known;
    const all = Object.keys(SECTIONS) as Section[];
    const there = all.filter((one) => this.#hasPage(SECTIONS[one], isScoped));
    this.#sections.set(isScoped, there);
    return there;
  }

  #render(
    request: FastifyRequest,
    reply: FastifyReply,
    view: ComponentChild,
    status: number,
    known: Pick<Ui, 'watermark' | 'openIncidents' | 'watch'>,
  ): FastifyReply {
    const lang = this.languageOf(request);
    const isUnknown = this.#deps.signInWays !== undefined && request.account === undefined;
    const ui: Ui = {
      lang,
      m: MESSAGES[lang],
      names: namesIn(lang, this.#deps),
      now: this.#deps.now(),
      path: request.method === 'GET' ? request.url : '/',
      formToken: this.#tokens.issue(request, reply),
      // Whoever has yet to sign in can open none of them.
      sections: isUnknown ? [] : this.#sectionsThere(request.access?.scope !== undefined),
      ...(request.account === undefined ? {} : { reader: request.access }),
      ...known,
      assets: this.#assets.urls,
    };
    const html = renderToString(<UiContext.Provider value={ui}>{view}</UiContext.Provider>);
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(`<!doctype html>${html}`);
  }
}
