import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { parseAlertRules } from '../../src/detection/alert-rules-file.ts';
import { parseCampaigns } from '../../src/detection/campaigns-file.ts';
import { ConfigError } from '../../src/errors.ts';

const shipped = (name: string) => readFileSync(new URL(`../../config/${name}`, import.meta.url), 'utf8');
const years = { from: 2025, to: 2026 };

function faultsOf(parse: () => unknown) {
  try {
    parse();
  } catch (error) {
    return (error as ConfigError).faults;
  }
  throw new Error('expected a ConfigError');
}

describe('alert-rules.yaml', () => {
  it('ships rules that can be read, each with what it is expected to cost', () => {
    const rules = parseAlertRules(shipped('alert-rules.yaml'));
    expect(rules.length).toBeGreaterThan(4);
    const weekly = rules.reduce((sum, { expectedFalsePagesPerWeek }) => sum + expectedFalsePagesPerWeek, 0);
    expect(weekly).toBeGreaterThan(0);
    expect(weekly).toBeLessThan(5);
  });

  it('gives a rule a new version when it says something else, and only then', () => {
    const text = shipped('alert-rules.yaml');
    const [before] = parseAlertRules(text);
    const [same] = parseAlertRules(`# a comment\n${text}`);
    const [changed] = parseAlertRules(text.replace('minNegative: 5', 'minNegative: 7'));
    expect(same?.version).toBe(before?.version);
    expect(changed?.version).not.toBe(before?.version);
  });

  it('names every fault with its line at once', () => {
    const text = shipped('alert-rules.yaml')
      .replace('severity: critical', 'severity: grave')
      .replace('id: facility-burst', 'id: facility-crisis')
      .replace('windowHours: 168', 'windowHours: none');
    const faults = faultsOf(() => parseAlertRules(text, 'rules.yaml'));
    const lines = text.split('\n');
    expect(lines[(faults.find(({ expected }) => expected.includes('severity'))?.line ?? 0) - 1]).toContain(
      'grave',
    );
    expect(faults.every(({ file }) => file === 'rules.yaml')).toBe(true);
    expect(faults.map(({ expected }) => expected).join('\n')).toContain('windowHours');
  });

  it('refuses two rules of one id', () => {
    const text = shipped('alert-rules.yaml').replace('id: facility-burst', 'id: facility-crisis');
    expect(faultsOf(() => parseAlertRules(text))[0]?.expected).toContain('facility-crisis');
  });
});

describe('campaigns.yaml', () => {
  it('lays yearly days out over the years, from midnight to midnight in Vietnam', () => {
    const windows = parseCampaigns(shipped('campaigns.yaml'), years);
    const doctors = windows.filter(({ id }) => id.startsWith('doctors-day'));
    expect(doctors.map(({ id }) => id)).toEqual(['doctors-day-2025', 'doctors-day-2026']);
    expect(doctors[1]).toMatchObject({ from: '2026-02-17T17:00:00.000Z', to: '2026-03-01T17:00:00.000Z' });
    for (const { from, to } of windows) expect(from < to).toBe(true);
  });

  it('carries a campaign over New Year into the next year', () => {
    const text = 'campaigns: [{id: x, name: X, from: 12-20, to: 01-05, terms: [x]}]';
    expect(parseCampaigns(text, { from: 2025, to: 2025 })).toMatchObject([
      { from: '2025-12-19T17:00:00.000Z', to: '2026-01-05T17:00:00.000Z' },
    ]);
  });

  it('takes a day that is named with its year once', () => {
    const text = 'campaigns: [{id: x, name: X, from: 2026-02-29, to: 2026-03-02, terms: [x]}]';
    expect(faultsOf(() => parseCampaigns(text, years))[0]?.expected).toContain('a day that exists');
    expect(parseCampaigns(text.replace('02-29', '02-28'), years)).toHaveLength(1);
  });

  it('refuses a campaign that would hide everything, and mixed forms of day', () => {
    const text = 'campaigns: [{id: x, name: X, from: 02-20, to: 2026-03-02}]';
    expect(faultsOf(() => parseCampaigns(text, years))).toHaveLength(2);
    expect(() => parseCampaigns(text, years)).toThrow(ConfigError);
  });
});
