import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { parseCampaigns } from '../../src/detection/campaigns-file.ts';
import type { Article } from '../../src/domain/article.ts';
import type { Mail } from '../../src/domain/mail.ts';
import { DAY_MS } from '../../src/domain/time.ts';
import { parsePolicyDocuments } from '../../src/language/policy-document-registry.ts';
import { gatherCampaign } from '../../workers/gather-campaign.ts';
import { gatherPolicy } from '../../workers/gather-policy.ts';
import { remindOfPolicies } from '../../workers/remind-of-policies.ts';
import type { Deps } from '../../workers/stage.ts';
import { anArticle } from '../support/factories.ts';

const NOW = new Date('2026-03-20T02:00:00.000Z');
const [CAMPAIGN] = parseCampaigns(
  `campaigns:
  - id: c
    name: Tuần lễ Mẫu
    from: 2026-03-01
    to: 2026-03-10
    terms: [tuần lễ mẫu]
    themes: [{ id: free, name: Miễn phí, terms: [miễn phí] }]
    messages: [{ id: m, text: Khám sàng lọc miễn phí cho người cao tuổi }]
`,
  { from: 2026, to: 2026 },
);
const [POLICY] = parsePolicyDocuments(
  'policy-documents.yaml',
  `kinds: [{ name: Nghị định, suffix: [NĐ-CP] }]
documents:
  - { id: 9999-2026-nd-cp, number: 9999/2026/NĐ-CP, name: Nghị định 9999/2026/NĐ-CP, issuedAt: 2026-03-05, effectiveAt: 2026-03-25 }
`,
).documents;

/** Thirty-eight days of press, of which the campaign has its ten. */
function press(): Article[] {
  return Array.from({ length: 38 }, (_, day) => {
    const at = new Date(Date.parse('2026-02-01T02:00:00.000Z') + day * DAY_MS).toISOString();
    const isDuring = at >= '2026-03-01';
    return Array.from({ length: 4 }, (__, number) => {
      const isOwn = number === 0 && (isDuring || day % 4 === 0);
      return anArticle({
        id: `a-${day}-${number}`,
        firstSeenAt: at,
        newsroom: `toa-soan-${number}`,
        outletId: `bao-${number}`,
        storyId: `s-${day}-${number}`,
        title: isOwn ? 'Phát động Tuần lễ Mẫu' : 'Bệnh viện thêm giường',
        body: isOwn && day % 2 === 0 ? 'Khám sàng lọc miễn phí cho người cao tuổi.' : 'Tin khác.',
        ...(number === 3 ? { series: ['policy-document:9999-2026-nd-cp'] } : {}),
      });
    });
  }).flat();
}

/** Campaigns and policy documents, whatever the stores. */
export function coverageBehaviour(
  name: string,
  open: () => Promise<{ deps: Deps; clear: () => Promise<unknown>; close: () => Promise<unknown> }>,
): void {
  describe(`coverage: ${name}`, { timeout: 120_000 }, () => {
    let opened: Awaited<ReturnType<typeof open>>;
    let deps: Deps;
    beforeAll(async () => {
      opened = await open();
      deps = { ...opened.deps, now: () => NOW };
    }, 120_000);
    afterAll(() => opened?.close());
    beforeEach(() => opened.clear());

    it('counts a campaign as the search that its page links to does', async () => {
      await deps.articles.save(press());
      if (CAMPAIGN === undefined) throw new Error('no campaign');
      const report = await gatherCampaign(CAMPAIGN, deps);
      const { from, to } = CAMPAIGN;
      expect(report.total).toBe(10);
      expect(await deps.articles.count({ text: report.searches.own, from, to })).toBe(10);
      expect(await deps.articles.count({ text: report.searches.control, from, to })).toBe(30);
      expect(report.themes).toMatchObject([{ count: 5 }]);
      expect(report.messages[0]?.pickups).toHaveLength(5);
      expect(report.newsrooms).toHaveLength(1);
      expect(report.silentNewsrooms).toHaveLength(3);
      expect(report.days.filter(({ phase }) => phase === 'before')).toHaveLength(28);
      expect(report.during.rateRatio?.low).toBeGreaterThan(1);
      expect(report.status).toBe('over');
    });

    it('counts a document by phase', async () => {
      await deps.articles.save(press());
      if (POLICY === undefined) throw new Error('no document');
      const report = await gatherPolicy(POLICY, deps);
      expect(report.all).toBe(38);
      expect(report.phases.map(({ articles }) => articles)).toEqual([32, 6, 0]);
      expect(report.phase).toBe('signed');
    });

    it('reminds once of each term, and again where the mail did not go out', async () => {
      if (POLICY === undefined) throw new Error('no document');
      await deps.office.dropBefore('policy-reminder', '2100-01-01T00:00:00.000Z');
      const sent: Mail[] = [];
      let fails = true;
      const context = { log: pino({ level: 'silent' }), signal: new AbortController().signal };
      const on = (now: string): Deps => ({
        ...deps,
        now: () => new Date(now),
        policies: [POLICY],
        letterhead: { ...deps.letterhead, brief: { to: ['vp@soyte.example'], onlyApproved: false } },
        sendMail: async (mail) => {
          if (fails) throw new Error('line broke');
          sent.push(mail);
          return { refused: [] };
        },
      });
      await expect(remindOfPolicies(on('2026-03-12T02:00:00.000Z'), context)).rejects.toThrow('line broke');
      fails = false;
      await remindOfPolicies(on('2026-03-10T02:00:00.000Z'), context);
      expect(sent).toHaveLength(0);
      for (let time = 0; time < 3; time++) await remindOfPolicies(on('2026-03-12T02:01:00.000Z'), context);
      expect(sent).toHaveLength(1);
      await remindOfPolicies(on('2026-03-23T02:00:00.000Z'), context);
      await remindOfPolicies(on('2026-03-24T02:00:00.000Z'), context);
      expect(sent.map(({ subject }) => subject)).toEqual([
        '9999/2026/NĐ-CP có hiệu lực sau 13 ngày (25/03/2026)',
        '9999/2026/NĐ-CP có hiệu lực sau 2 ngày (25/03/2026)',
      ]);
    });
  });
}
