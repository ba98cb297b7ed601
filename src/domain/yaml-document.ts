import type { Document } from 'yaml';
import { isCollection, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

import type { ConfigFault } from '../errors.ts';
import { ConfigError } from '../errors.ts';

type Path = readonly PropertyKey[];

/** Aliases are handy for a shared list of selectors; thousands of them are an attack or a mistake. */
const MAX_ALIASES = 100;

/** More faults than this in one file are one fault repeated; the rest is only counted. */
const MAX_FAULTS = 100;

/**
 * Reads one YAML document against a schema and names every fault at once.
 *
 * Text is brought to NFC first. Rules across fields belong into the schema (`superRefine`): the path of each issue
 * is looked up in the document, so those faults carry a line as well.
 *
 * @param file    name to show in faults, as the operator knows it
 * @param text    the whole file
 * @param schema  what it must hold; its output is returned
 * @throws {ConfigError} with file, line and what was expected, for each fault of syntax or of content
 */
export function parseYaml<T>(file: string, text: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text.normalize('NFC'), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ pos, message }) => ({
        file,
        line: lines.linePos(pos[0]).line,
        expected: `valid YAML: ${message}`,
      })),
    );
  }

  const result = schema.safeParse(plainValue(file, document));
  if (result.success) return result.data;

  const faults = result.error.issues
    .flatMap((issue) => flatten(issue, []))
    .map(({ path, expected }) => ({ file, line: lineOf(document, lines, path), expected }));
  throw new ConfigError(shorten(file, faults));
}

function plainValue(file: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw new ConfigError([{ file, expected: `valid YAML: ${(error as Error).message}` }]);
  }
}

interface PlacedIssue {
  readonly path: Path;
  readonly expected: string;
}

/** One issue as one or more places: unknown keys point at each key, a union at what its branches wanted. */
function flatten(issue: z.core.$ZodIssue, parents: Path): PlacedIssue[] {
  const path = [...parents, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        expected: `no key ${JSON.stringify(key)} in ${pathText(path)}`,
      }));
    case 'invalid_union': {
      const wanted = issue.errors.flat().map(({ message }) => plainMessage(message));
      const expected = wanted.length === 0 ? plainMessage(issue.message) : [...new Set(wanted)].join(', or ');
      return [{ path, expected: `${pathText(path)}: ${expected}` }];
    }
    default:
      return [{ path, expected: `${pathText(path)}: ${plainMessage(issue.message)}` }];
  }
}

/** What zod says, without what every fault is: invalid. */
function plainMessage(message: string): string {
  return message
    .replace(/^Invalid (?:input|option): /, '')
    .replace('received undefined', 'but it is missing');
}

/** `outlets[3].feeds[0].url`; the document itself is called `the document`. */
function pathText(path: Path): string {
  const text = path.reduce<string>(
    (before, part) => (typeof part === 'number' ? `${before}[${part}]` : `${before}.${String(part)}`),
    '',
  );
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

/** 1-based line of what stands at `path`; of the nearest thing around it where nothing stands there. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    const found = childOf(node, part);
    if (found === undefined) break;
    offset = found.offset ?? offset;
    node = found.node;
  }
  return lines.linePos(offset).line;
}

/** A map's member begins at its key, since the value may be missing or stand lines below. */
function childOf(
  node: unknown,
  part: PropertyKey,
): { node: unknown; offset: number | undefined } | undefined {
  if (!isCollection(node)) return undefined;
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(part),
    );
    return pair === undefined ? undefined : { node: pair.value, offset: startOf(pair.key) };
  }
  const item = node.items[Number(part)];
  return item === undefined ? undefined : { node: item, offset: startOf(item) };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function shorten(file: string, faults: ConfigFault[]): ConfigFault[] {
  if (faults.length <= MAX_FAULTS) return faults;
  const rest = faults.length - MAX_FAULTS;
  return [...faults.slice(0, MAX_FAULTS), { file, expected: `${rest} more faults like these to be mended` }];
}
