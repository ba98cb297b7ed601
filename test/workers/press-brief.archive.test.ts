import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { articleQuery, toFilter } from '../../src/console/article-query.ts';
import { analysedText, POLARITIES } from '../../src/domain/analysis.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { importArchive } from '../../src/import-archive.ts';
import { isWorkingDay, morningPeriod } from '../../src/reports/brief-period.ts';
import { gatherPressBrief } from '../../workers/gather-press-brief.ts';
import { makePressBrief, printedBrief } from '../../workers/keep-press-briefs.ts';
import type { Deps } from '../../workers/stage.ts';
import { openTestDeps } from '../support/deps.ts';
import { docxLinks } from '../support/docx-links.ts';

const STREAM = new URL('../../../shared/stream/2025-08-09..2026-02-28.jsonl.gz', import.meta.url);
/** Enough for a fortnight of mornings; more only takes longer. */
const [FROM, TO] = ['2026-01-05', '2026-01-17'];

/** What three papers published in these days, as it was first seen. */
async function* pressOfTheseDays(): AsyncGenerator<unknown> {
  const lines = createInterface({ input: createReadStream(STREAM).pipe(createGunzip()) });
  for await (const line of lines) {
    const record = JSON.parse(line) as { fetchedAt: string };
    if (record.fetchedAt >= FROM && record.fetchedAt < TO) yield record;
  }
}

describe.skipIf(!existsSync(STREAM))(
  'press briefs of real press (skipped without ../shared/stream)',
  { timeout: 600_000 },
  () => {
    let deps: Deps & { close(): Promise<void> };
    let mornings: string[];

    beforeAll(async () => {
      deps = await openTestDeps();
      await importArchive(pressOfTheseDays(), deps, pino({ level: 'silent' }));
      mornings = [];
      for (let ms = Date.parse(FROM) + DAY_MS; ms < Date.parse(TO); ms += DAY_MS) {
        const day = new Date(ms).toISOString().slice(0, 10);
        if (isWorkingDay(day, deps.holidays)) mornings.push(day);
      }
    }, 600_000);
    afterAll(() => deps?.close());

    it('are the same twice, and count what the archive counts', async () => {
      expect(mornings.length).toBeGreaterThan(5);
      for (const day of mornings) {
        const period = morningPeriod(day, '07:00', deps.holidays);
        const { model } = await gatherPressBrief(period, {}, deps);
        const again = await gatherPressBrief(period, {}, deps);
        expect(JSON.stringify(again.model)).toBe(JSON.stringify(model));
        expect(model.totals.articles).toBe(await deps.articles.count(period));
        for (const polarity of POLARITIES) {
          expect(model.totals.polarity[polarity]).toBe(await deps.articles.count({ ...period, polarity }));
        }
        for (const { id, articles, polarity } of model.stories) {
          expect(articles).toBe(await deps.articles.count({ ...period, storyId: id }));
          expect(polarity.negative).toBe(
            await deps.articles.count({ ...period, storyId: id, polarity: 'negative' }),
          );
        }
      }
    });

    it('quote letter by letter, 60 words at most', async () => {
      let quoted = 0;
      let stories = 0;
      for (const day of mornings) {
        const { model } = await gatherPressBrief(morningPeriod(day, '07:00', deps.holidays), {}, deps);
        stories += model.stories.length;
        for (const { quotation } of model.stories) {
          if (quotation === undefined) continue;
          quoted += 1;
          const article = await deps.articles.find(quotation.articleId);
          expect(article && analysedText(article)).toContain(quotation.text);
          expect(quotation.text.split(/\s+/).length).toBeLessThanOrEqual(60);
        }
      }
      // A feed's summary now and then has no sentence that is short enough.
      expect(quoted / stories).toBeGreaterThan(0.9);
    });

    it('print numbers that are those behind their links', async () => {
      const day = mornings[mornings.length >> 1] ?? '';
      const brief = await makePressBrief({ day, by: 'Biên tập' }, deps);
      const links = docxLinks(await deps.writeDocx(printedBrief(brief, 'vi', deps)));
      let checked = 0;
      for (const { text, href } of links) {
        const url = new URL(href);
        if (url.pathname !== '/articles' || !/\d/.test(text) || text.includes('toàn bộ')) continue;
        const filter = toFilter(articleQuery.parse(Object.fromEntries(url.searchParams)), deps.now(), 'all');
        expect(await deps.articles.count(filter), `${text} → ${href}`).toBe(
          Number(/\d[\d.]*/.exec(text)?.[0].replaceAll('.', '')),
        );
        checked += 1;
      }
      expect(checked).toBeGreaterThan(30);
    });
  },
);
