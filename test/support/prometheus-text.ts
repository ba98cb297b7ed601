/** One line of an exposition: a name, its labels, its value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Family {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const HELP = new RegExp(`^# HELP (${NAME}) (.+)$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`);
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/;
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
};

/**
 * Reads the text format that Prometheus scrapes (version 0.0.4), as strictly as `promtool check metrics` does: every
 * family has help and a type and stands in one piece, a sample belongs to it and occurs once, labels are quoted and
 * escaped, histograms are cumulative and end in `+Inf` equal to their count, counters end in `_total` and are not
 * negative.
 *
 * @throws {Error} that names the line
 */
export function parseExposition(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line must end');
  const families = new Map<string, OpenFamily>();
  let current: OpenFamily | undefined;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    current = readLine(line, current, families);
  }
  for (const family of families.values()) checkFamily(family);
  return families;
}

interface OpenFamily extends Family {
  type: string;
  readonly samples: Sample[];
}

/** @returns the family that the next line may belong to */
function readLine(
  line: string,
  current: OpenFamily | undefined,
  families: Map<string, OpenFamily>,
): OpenFamily {
  const [, helped, help = ''] = HELP.exec(line) ?? [];
  if (helped !== undefined) {
    if (families.has(helped)) throw new Error(`stands in two pieces: ${line}`);
    const opened = { name: helped, type: '', help, samples: [] };
    families.set(helped, opened);
    return opened;
  }
  if (current === undefined) throw new Error(`without help and type: ${line}`);
  const [, typed, type = ''] = TYPE.exec(line) ?? [];
  if (typed === undefined) {
    if (current.type === '') throw new Error(`without help and type: ${line}`);
    current.samples.push(parseSample(line, current));
  } else {
    if (current.name !== typed || current.type !== '') throw new Error(`a type out of place: ${line}`);
    current.type = type;
  }
  return current;
}

function parseSample(line: string, family: Pick<Family, 'name' | 'type'>): Sample {
  const [, name = '', labelText = '', valueText = ''] = SAMPLE.exec(line) ?? [];
  const suffixes = SUFFIXES[family.type] ?? [''];
  if (!suffixes.some((suffix) => name === `${family.name}${suffix}`))
    throw new Error(`not of ${family.name}: ${line}`);
  const labels: Record<string, string> = {};
  for (let rest = labelText; rest !== ''; ) {
    const label = LABEL.exec(rest);
    if (label?.[1] === undefined || label[1] in labels) throw new Error(`labels: ${line}`);
    labels[label[1]] = (label[2] ?? '').replace(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one));
    rest = rest.slice(label[0].length);
  }
  const value = valueText === '+Inf' ? Infinity : Number(valueText);
  // Prometheus reads it in any case, and prom-client writes `Nan`.
  if (Number.isNaN(value) && !/^nan$/i.test(valueText)) throw new Error(`value: ${line}`);
  return { name, labels, value };
}

function checkFamily({ name, type, samples }: Family): void {
  const seen = samples.map((sample) => JSON.stringify([sample.name, Object.entries(sample.labels).sort()]));
  if (new Set(seen).size !== seen.length) throw new Error(`${name}: a sample occurs twice`);
  if (type === 'counter') {
    if (!name.endsWith('_total')) throw new Error(`${name}: a counter must end in _total`);
    if (samples.some(({ value }) => value < 0)) throw new Error(`${name}: a counter below nothing`);
  }
  if (type === 'histogram') checkHistogram({ name, samples });
}

function checkHistogram({ name, samples }: Pick<Family, 'name' | 'samples'>): void {
  const series = new Map<string, Sample[]>();
  for (const sample of samples) {
    const { le: _le, ...labels } = sample.labels;
    const key = JSON.stringify(Object.entries(labels).sort());
    series.set(key, [...(series.get(key) ?? []), sample]);
  }
  for (const [key, ofOne] of series) {
    const buckets = ofOne.filter((sample) => sample.name.endsWith('_bucket'));
    const bounds = buckets.map(({ labels }) => (labels.le === '+Inf' ? Infinity : Number(labels.le)));
    const counts = buckets.map(({ value }) => value);
    const count = ofOne.find((sample) => sample.name === `${name}_count`)?.value;
    const isRising = (values: readonly number[], least: number) =>
      values.every((value, at) => at === 0 || value - (values[at - 1] ?? 0) >= least);
    if (!isRising(bounds, Number.MIN_VALUE)) throw new Error(`${name}${key}: bounds out of order`);
    if (!isRising(counts, 0)) throw new Error(`${name}${key}: not cumulative`);
    if (bounds.at(-1) !== Infinity || counts.at(-1) !== count)
      throw new Error(`${name}${key}: +Inf is not the count`);
    if (!ofOne.some((sample) => sample.name === `${name}_sum`)) throw new Error(`${name}${key}: no sum`);
  }
}

/** The value of the one sample with this name and these labels, `undefined` where there is none. */
export function sampleOf(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  for (const { samples } of families.values()) {
    const found = samples.find(
      (sample) =>
        sample.name === name &&
        Object.keys(sample.labels).length === Object.keys(labels).length &&
        Object.entries(labels).every(([label, value]) => sample.labels[label] === value),
    );
    if (found !== undefined) return found.value;
  }
  return undefined;
}
