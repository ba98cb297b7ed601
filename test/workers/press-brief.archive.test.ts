import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase } from '../../src/adapters/pglite/database.ts';
import { openStores } from '../../src/adapters/pglite/stores.ts';
import { articleQuery, toFilter } from '../../src/console/article-query.ts';
import { analysedText, POLARITIES } from '../../src/domain/analysis.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { isWorkingDay, morningPeriod } from '../../src/reports/brief-period.ts';
import { gatherPressBrief } from '../../workers/gather-press-brief.ts';
import { makePressBrief, printedBrief } from '../../workers/keep-press-briefs.ts';
import type { Deps } from '../../workers/stage.ts';
import { openTestDeps } from '../support/deps.ts';
import { docxLinks } from '../support/docx-links.ts';

/** A data folder of the embedded profile with an archive of real press: `nhip-yte import` makes one. */
const ARCHIVE = process.env.REAL_ARCHIVE ?? '';
const hasArchive = ARCHIVE !== '' && existsSync(ARCHIVE);

/** Of the archive's working mornings, every so manieth. */
const EVERY_DAYS = 9;

describe.skipIf(!hasArchive)(
  `press briefs of a real archive${hasArchive ? '' : ' (skipped: REAL_ARCHIVE names no data folder with real press)'}`,
  { timeout: 600_000 },
  () => {
    let deps: Deps & { close(): Promise<void> };
    let folder: string;
    let close: () => Promise<void>;
    let mornings: string[];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'nhip-yte-archive-'));
      cpSync(ARCHIVE, folder, { recursive: true });
      const opened = await openDatabase(folder);
      ({ close } = opened);
      deps = await openTestDeps(await openStores(opened.db));
      const days = await deps.articles.trend({}, 'day');
      const [first, last] = [days[60]?.bucket ?? '', days.at(-1)?.bucket ?? ''];
      mornings = [];
      for (let ms = Date.parse(first); ms < Date.parse(last); ms += EVERY_DAYS * DAY_MS) {
        const day = new Date(ms).toISOString().slice(0, 10);
        if (isWorkingDay(day, deps.holidays)) mornings.push(day);
      }
    }, 600_000);
    afterAll(async () => {
      await deps?.close();
      await close?.();
      rmSync(folder, { recursive: true, force: true });
    });

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
