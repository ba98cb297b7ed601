import { describe, expect, it } from 'vitest';

import { parseDashboardCampaigns } from '../../src/dashboards/campaign.ts';

function campaign(lines: string) {
  return parseDashboardCampaigns(`campaigns:\n  - id: c\n    name: Chiến dịch\n${lines}\n`)[0];
}

describe('parseDashboardCampaigns', () => {
  it('reckons a yearly campaign in the current year, its last day included', () => {
    const yearly = campaign('    from: 02-18\n    to: 03-01\n    terms: [thầy thuốc]');
    expect(yearly).toMatchObject({ id: 'c', from: 'now/y+1M+17d', until: 'now/y+2M+1d' });
  });

  it('lets one that ends the year, or runs over it, end in the next', () => {
    expect(campaign('    from: 12-01\n    to: 12-31\n    terms: [a]')?.until).toBe('now/y+1y+0M+0d');
    expect(campaign('    from: 12-20\n    to: 01-10\n    terms: [a]')).toMatchObject({
      from: 'now/y+11M+19d',
      until: 'now/y+1y+0M+10d',
    });
    expect(campaign('    from: 01-01\n    to: 01-05\n    terms: [a]')?.from).toBe('now/y+0M+0d');
  });

  it('keeps the days of one that happens once', () => {
    const once = campaign('    from: 2026-04-10\n    to: 2026-04-12\n    terms: [a]');
    expect(once).toMatchObject({ id: 'c', from: '2026-04-10||', until: '2026-04-13||' });
  });

  it('finds articles as detection does: a term in title or summary, and topic, and facility', () => {
    const { kql } = campaign(
      '    from: 02-18\n    to: 03-01\n    terms: [27/2, "tuần lễ \\"vàng\\""]\n    topics: [policy]\n    facilities: [bv-a, bv-b]',
    ) ?? { kql: '' };
    expect(kql).toBe(
      '(title : ("27/2" or "tuần lễ \\"vàng\\"") or summary : ("27/2" or "tuần lễ \\"vàng\\"")) and facets.topic : ("policy") and facets.facility : ("bv-a" or "bv-b")',
    );
  });
});
