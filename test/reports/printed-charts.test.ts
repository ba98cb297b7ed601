import { describe, expect, it } from 'vitest';

import { groupedBars, stackedBars } from '../../src/reports/printed-charts.ts';

const SERIES = [
  { name: 'Tiêu cực', tone: 'negative', values: [3, 0] },
  { name: 'Tích cực', tone: 'positive', values: [1, 2] },
] as const;

describe('printed charts', () => {
  it.each([
    ['stacked', stackedBars],
    ['grouped', groupedBars],
  ])('%s: draw every value with colours of their own, and name the series', (_, draw) => {
    const svg = draw(['01', '02'], SERIES);
    expect(svg.match(/fill="#9f2d20"/g)?.length).toBeGreaterThanOrEqual(2);
    expect(svg.match(/fill="#1f7a5c"/g)?.length).toBeGreaterThanOrEqual(3);
    for (const text of ['Tiêu cực', 'Tích cực', '01', '02']) expect(svg).toContain(`>${text}</text>`);
  });

  it('have nothing that a policy without inline styles refuses, and escape what they are given', () => {
    const svg = groupedBars(['<script>alert("x")</script>'], SERIES);
    expect(svg).not.toMatch(/style=|<style|<script|javascript:/);
    expect(svg).toContain('&lt;script&gt;');
  });
});
