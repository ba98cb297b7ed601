import { describe, expect, it } from 'vitest';

import type { LedgerRow } from '../../src/domain/ledger.ts';
import type { QueueReading } from '../../src/domain/queue-reading.ts';
import { Metrics, type MetricsSources } from '../../src/operations/metrics.ts';
import { type Family, parseExposition, sampleOf } from '../support/prometheus-text.ts';

function aRegistry(overrides: Partial<MetricsSources> = {}): Metrics {
  return new Metrics({
    version: '1.2.3',
    profile: 'embedded',
    stages: ['index'],
    channels: ['email'],
    ...overrides,
  });
}

const scrape = async (metrics: Metrics) => parseExposition(await metrics.render());

const READING: QueueReading = {
  stage: 'fetch',
  waiting: 12,
  active: 3,
  delayed: 40,
  failed: 2,
  oldestWaitingMs: 91_500,
};

describe('what is counted', () => {
  it('is there at nothing before anything has happened, and beside it what Node knows of itself', async () => {
    const families = await scrape(aRegistry());
    expect(sampleOf(families, 'nhip_yte_info', { version: '1.2.3', profile: 'embedded' })).toBe(1);
    expect(sampleOf(families, 'nhip_yte_jobs_total', { stage: 'index', outcome: 'failed' })).toBe(0);
    expect(sampleOf(families, 'nhip_yte_searchable_total', { tier: 'central' })).toBe(0);
    expect(sampleOf(families, 'nhip_yte_deliveries_total', { channel: 'email', result: 'failed' })).toBe(0);
    expect(
      sampleOf(families, 'nhip_yte_publication_to_searchable_seconds_count', { tier: 'provincial' }),
    ).toBe(0);
    expect(sampleOf(families, 'nodejs_heap_size_used_bytes')).toBeGreaterThan(1e6);
    expect([...families.keys()]).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('counts jobs by how they ended, and how long they took where that is known', async () => {
    const metrics = aRegistry();
    metrics.jobEnded('index', 'done', 250);
    metrics.jobEnded('index', 'done', 31_000);
    metrics.jobEnded('index', 'failed');
    const families = await scrape(metrics);
    expect(sampleOf(families, 'nhip_yte_jobs_total', { stage: 'index', outcome: 'done' })).toBe(2);
    expect(sampleOf(families, 'nhip_yte_jobs_total', { stage: 'index', outcome: 'failed' })).toBe(1);
    const took = (le: string) =>
      sampleOf(families, 'nhip_yte_job_duration_seconds_bucket', { stage: 'index', le });
    expect(['0.1', '0.3', '30', '100', '+Inf'].map(took)).toEqual([0, 1, 1, 2, 2]);
    expect(sampleOf(families, 'nhip_yte_job_duration_seconds_sum', { stage: 'index' })).toBe(31.25);
  });

  it('measures from publication in seconds, and only where that is known', async () => {
    const metrics = aRegistry();
    metrics.observe({ kind: 'searchable', tier: 'national', lagMs: 4 * 60_000 });
    metrics.observe({ kind: 'searchable', tier: 'national', lagMs: 5 * 3_600_000 });
    metrics.observe({ kind: 'searchable', tier: 'national' });
    const families = await scrape(metrics);
    expect(sampleOf(families, 'nhip_yte_searchable_total', { tier: 'national' })).toBe(3);
    const within = (le: string) =>
      sampleOf(families, 'nhip_yte_publication_to_searchable_seconds_bucket', { tier: 'national', le });
    expect(['1', '120', '300', '14400', '21600', '+Inf'].map(within)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('counts deliveries and who leads', async () => {
    const metrics = aRegistry();
    metrics.observe({ kind: 'delivered', channel: 'email', result: 'retrying' });
    metrics.observe({ kind: 'delivered', channel: 'email', result: 'delivered' });
    metrics.leads('detect', true);
    metrics.leads('index', true);
    metrics.leads('index', false);
    const families = await scrape(metrics);
    expect(sampleOf(families, 'nhip_yte_deliveries_total', { channel: 'email', result: 'retrying' })).toBe(1);
    expect(sampleOf(families, 'nhip_yte_deliveries_total', { channel: 'email', result: 'delivered' })).toBe(
      1,
    );
    expect(sampleOf(families, 'nhip_yte_leader', { stage: 'detect' })).toBe(1);
    expect(sampleOf(families, 'nhip_yte_leader', { stage: 'index' })).toBe(0);
  });

  it('gives a bounded number of hosts a series of their own, whatever names come', async () => {
    const metrics = aRegistry();
    for (let host = 0; host < 5000; host++) {
      metrics.observe({ kind: 'host-wait', host: `báo-${host}."x\\`, waitMs: 1000 });
    }
    metrics.observe({ kind: 'host-wait', host: 'báo-0."x\\', waitMs: 500 });
    const waits = (await scrape(metrics)).get('nhip_yte_host_wait_seconds_total') as Family;
    expect(waits.samples).toHaveLength(201);
    const ofHost = (name: string) => waits.samples.find(({ labels }) => labels.host === name)?.value;
    expect(ofHost('báo-0."x\\')).toBe(1.5);
    expect(ofHost('other')).toBe(4800);
  });
});

describe('what is looked up at a scrape', () => {
  it('shows depth and age of the queues', async () => {
    const families = await scrape(aRegistry({ queueReadings: async () => [READING] }));
    const jobs = (state: string) => sampleOf(families, 'nhip_yte_queue_jobs', { stage: 'fetch', state });
    expect(['waiting', 'active', 'delayed', 'failed'].map(jobs)).toEqual([12, 3, 40, 2]);
    expect(sampleOf(families, 'nhip_yte_queue_oldest_waiting_seconds', { stage: 'fetch' })).toBe(91.5);
  });

  it('leaves out what does not answer, counts that, and does not show what once was', async () => {
    let answer = async (): Promise<QueueReading[]> => [READING];
    const metrics = aRegistry({ queueReadings: () => answer() });
    await metrics.render();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    answer = () => new Promise(() => {});
    const startedAt = performance.now();
    const families = await scrape(metrics);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(families.get('nhip_yte_queue_jobs')?.samples).toEqual([]);
    expect(families.get('nhip_yte_queue_oldest_waiting_seconds')?.samples).toEqual([]);
    expect(sampleOf(families, 'nhip_yte_collect_failures_total', { source: 'queues' })).toBe(1);
    expect(sampleOf(families, 'nhip_yte_collect_failures_total', { source: 'ledger' })).toBe(0);
  });

  it('asks once, however many scrape', async () => {
    let asked = 0;
    const metrics = aRegistry({
      queueReadings: async () => {
        asked++;
        return [READING];
      },
    });
    await Promise.all(Array.from({ length: 20 }, () => metrics.render()));
    expect(asked).toBe(1);
  });

  it('adds the ledger of the last day up by outcome, and counts it once a minute', async () => {
    const row = (outcome: LedgerRow['outcome'], count: number): LedgerRow => ({
      outletId: 'bao-a',
      hour: '2026-03-02T02:00:00.000Z',
      stage: 'index',
      outcome,
      count,
    });
    const asked: string[] = [];
    const metrics = aRegistry({
      now: () => new Date('2026-03-02T03:00:00.000Z'),
      ledgerRows: async (from) => {
        asked.push(from);
        return [row('indexed', 5), row('indexed', 2), row('failed', 1)];
      },
    });
    await metrics.render();
    const families = await scrape(metrics);
    const entries = (outcome: string) => sampleOf(families, 'nhip_yte_ledger_entries', { outcome });
    expect(['indexed', 'failed', 'pending'].map(entries)).toEqual([7, 1, 0]);
    expect(asked).toEqual(['2026-03-01T03:00:00.000Z']);
  });
});

describe('the parser of these tests', () => {
  it.each([
    ['# HELP a b\n# TYPE a gauge\na 1', 'the last line must end'],
    ['a 1\n', 'without help and type'],
    ['# HELP a b\n# TYPE a counter\na 1\n', 'must end in _total'],
    ['# HELP a b\n# TYPE a gauge\na 1\na 2\n', 'occurs twice'],
    ['# HELP a b\n# TYPE a gauge\na{x="1"y="2"} 1\n', 'labels'],
    ['# HELP a b\n# TYPE a gauge\nb 1\n', 'not of a'],
    ['# HELP a b\n# TYPE a gauge\na one\n', 'value'],
    [
      '# HELP a b\n# TYPE a histogram\na_bucket{le="1"} 2\na_bucket{le="+Inf"} 1\na_sum 1\na_count 1\n',
      'not cumulative',
    ],
  ])('refuses %j', (text, why) => {
    expect(() => parseExposition(text)).toThrow(why);
  });
});
