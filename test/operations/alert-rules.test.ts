import { readFileSync } from 'node:fs';

import { parser } from '@prometheus-io/lezer-promql';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { Metrics } from '../../src/operations/metrics.ts';
import { type Family, parseExposition } from '../support/prometheus-text.ts';

const PAGE = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const SECTION = /^## Health, metrics and alerts\n([\s\S]*?)^##? /m.exec(PAGE)?.[1] ?? '';
const RULES = /```yaml\n([\s\S]*?)```/.exec(SECTION)?.[1] ?? '';

/** What Prometheus itself adds to every target. */
const OF_PROMETHEUS = new Map([['up', ['job', 'instance']]]);

/** As Prometheus reads a file of rules: unknown fields are errors. */
const ruleFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[smhd]$/)
            .optional(),
          labels: z.record(z.string(), z.string()),
          annotations: z.strictObject({ summary: z.string(), description: z.string().optional() }),
        }),
      ),
    }),
  ),
});

interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

/** The selectors of an expression. @throws if it is no PromQL */
function selectorsOf(expression: string): Selector[] {
  const selectors: Selector[] = [];
  const text = ({ from, to }: { from: number; to: number }) => expression.slice(from, to);
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${expression}`);
      if (node.name !== 'VectorSelector') return;
      const metric = node.node.getChild('Identifier');
      const labels: string[] = [];
      node.node.cursor().iterate((part) => {
        if (part.name === 'LabelName') labels.push(text(part));
      });
      selectors.push({ metric: metric === null ? '' : text(metric), labels });
    },
  });
  return selectors;
}

let families: ReadonlyMap<string, Family>;
let samples: Map<string, Set<string>>;

beforeAll(async () => {
  const metrics = new Metrics({
    version: '1',
    profile: 'embedded',
    stages: ['index'],
    channels: ['email'],
    queueReadings: async () => [
      { stage: 'index', waiting: 1, active: 0, delayed: 0, failed: 0, oldestWaitingMs: 1 },
    ],
    ledgerRows: async () => [],
  });
  metrics.leads('index', true);
  metrics.observe({ kind: 'host-wait', host: 'bao.example', waitMs: 1 });
  const now = new Date();
  const stored = { feedStates: [], ledger: [], notifications: [], newestArticleAt: now.toISOString() };
  metrics.watched({ now, startedAt: now, outlets: [], holidays: [], stored }, []);
  const report = { ready: true, checks: [{ name: 'store', ok: true, ms: 1 }] };
  families = parseExposition(await metrics.render(Promise.resolve(report)));
  samples = new Map();
  for (const sample of [...families.values()].flatMap((family) => family.samples)) {
    const labels = samples.get(sample.name) ?? new Set();
    for (const label of Object.keys(sample.labels)) labels.add(label);
    samples.set(sample.name, labels);
  }
});

describe('the alert rules in docs/operations.md', () => {
  const rules = () => ruleFile.parse(parse(RULES)).groups.flatMap((group) => group.rules);

  it('are a file of rules that Prometheus would load', () => {
    const names = rules().map(({ alert }) => alert);
    expect(names).toEqual(
      expect.arrayContaining([
        'NhipYteNothingSearchable',
        'NhipYteQueueOld',
        'NhipYteNotReady',
        'NhipYteDeliveriesFailing',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('ask in PromQL for what a process really shows, by labels that it has', () => {
    const faults: string[] = [];
    for (const { alert, expr } of rules()) {
      const selectors = selectorsOf(expr);
      expect(selectors.length).toBeGreaterThan(0);
      for (const { metric, labels } of selectors) {
        const known = OF_PROMETHEUS.get(metric) ?? samples.get(metric);
        if (known === undefined) faults.push(`${alert}: no metric ${metric}`);
        const has = new Set(known);
        faults.push(
          ...labels
            .filter((label) => !has.has(label))
            .map((label) => `${alert}: ${metric} has no label ${label}`),
        );
      }
    }
    expect(faults).toEqual([]);
  });

  it('would be caught with a wrong name, a wrong label, a fault of syntax', () => {
    expect(selectorsOf('max by (stage) (no_such{a="b"}) > 1')).toEqual([
      { metric: 'no_such', labels: ['a'] },
    ]);
    expect(() => selectorsOf('sum(increase(a[1h])')).toThrow('no PromQL');
    expect(() => ruleFile.parse(parse(RULES.replace('expr:', 'exp:')))).toThrow();
  });
});

describe('the table of metrics in docs/operations.md', () => {
  it('names every metric of ours with its labels, and none that is not there', () => {
    const rows = [...SECTION.matchAll(/^\| `(nhip_yte_\w+)` \| ([^|]*)\|/gm)].map(
      ([, name = '', labels = '']) => ({
        name,
        labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label).sort(),
      }),
    );
    const shown = [...families.values()]
      .filter(({ name }) => name.startsWith('nhip_yte_'))
      .map(({ name, samples: own }) => ({
        name,
        labels: [...new Set(own.flatMap(({ labels }) => Object.keys(labels)))]
          .filter((one) => one !== 'le')
          .sort(),
      }));
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect(rows.sort(byName)).toEqual(shown.sort(byName));
  });
});
