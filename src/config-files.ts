import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ConfigFault } from './errors.ts';
import { ConfigError } from './errors.ts';

/** The files of the configuration folder that the program reads. */
export const CONFIG_FILES = [
  'outlets.yaml',
  'health-topics.yaml',
  'lexicon.tsv',
  'facilities.yaml',
  'provinces.yaml',
  'policy-documents.yaml',
  'diseases.yaml',
  'medicines.yaml',
  'offices.yaml',
  'cautions.yaml',
  'campaigns.yaml',
  'public-holidays.yaml',
  'alert-rules.yaml',
  'on-call.yaml',
  'office.yaml',
] as const;
export type ConfigFileName = (typeof CONFIG_FILES)[number];

/** A configuration file larger than this was put there by mistake. */
const MAX_FILE_BYTES = 20_000_000;

/**
 * Reads the text of every named file of the configuration folder. What it means is for each file's own parser.
 *
 * @param dir    the configuration folder
 * @param names  the files wanted; all that `CONFIG_FILES` lists if left out
 * @throws {ConfigError} naming every file that is missing or cannot be read
 */
export function readConfigDir<Name extends string = ConfigFileName>(
  dir: string,
  names: readonly Name[] = CONFIG_FILES as readonly string[] as readonly Name[],
): Readonly<Record<Name, string>> {
  return gather(
    Object.fromEntries(names.map((name) => [name, () => readConfigFile(join(dir, name))])) as Record<
      Name,
      () => string
    >,
  );
}

/**
 * Calls each parser and returns the results under the same names; where some fail, the faults of all of them are
 * thrown together, so that one run is enough to mend every file.
 *
 * @throws {ConfigError} with the faults of every parser that failed; anything else that is thrown passes through
 */
export function gather<Results extends object>(
  parsers: {
    readonly [Name in keyof Results]: () => Results[Name];
  },
): Results {
  const faults: ConfigFault[] = [];
  const results: Partial<Results> = {};
  for (const name of Object.keys(parsers) as (keyof Results)[]) {
    try {
      results[name] = parsers[name]();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return results as Results;
}

function readConfigFile(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const expected = code === 'ENOENT' ? 'the file to exist' : `a file that can be read (${code})`;
    throw new ConfigError([{ file, expected }]);
  }
  if (bytes.length > MAX_FILE_BYTES) {
    throw new ConfigError([{ file, expected: `at most ${MAX_FILE_BYTES} bytes, not ${bytes.length}` }]);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError([{ file, expected: 'text in UTF-8' }]);
  }
}
