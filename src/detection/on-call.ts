import { z } from 'zod';

import type { Severity } from '../domain/alert.ts';
import { SEVERITIES } from '../domain/alert.ts';
import { parseYaml } from '../domain/yaml-document.ts';

/** Who is told of what, over which channels. */
export interface OnCall {
  readonly officers: readonly Officer[];
  readonly reminders: {
    readonly everyMinutes: number;
    readonly atMost: number;
    /** Incidents below this severity are told of once. */
    readonly from: Severity;
  };
}

export interface Officer {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly string[];
  /** Told of incidents of this severity and above. */
  readonly from: Severity;
}

const schema = z.strictObject({
  officers: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'expected 1 to 40 lower-case letters, digits or hyphens'),
        name: z.string().min(1).max(200),
        channels: z.array(z.string().regex(/^[a-z0-9-]{1,40}$/)).min(1, 'expected at least one channel'),
        from: z.enum(SEVERITIES),
      }),
    )
    .min(1, 'expected at least one officer, or nobody would be told of anything'),
  reminders: z.strictObject({
    everyMinutes: z.int().min(1).max(1440),
    atMost: z.int().min(0).max(100),
    from: z.enum(SEVERITIES),
  }),
});

/** @throws {ConfigError} with every fault, its line and what was expected */
export function parseOnCall(text: string, file = 'config/on-call.yaml'): OnCall {
  return parseYaml(file, text, schema);
}

/**
 * The channels that carry an incident of this severity, each once.
 *
 * Never none while a channel is configured: where no officer's channel is, every configured one is used from
 * `serious` upwards, and the first one below.
 *
 * @param configured  names of the channels that exist, the most dependable first
 */
export function channelsFor(onCall: OnCall, severity: Severity, configured: readonly string[]): string[] {
  const rank = SEVERITIES.indexOf(severity);
  const wanted = new Set(
    onCall.officers
      .filter(({ from }) => rank >= SEVERITIES.indexOf(from))
      .flatMap(({ channels }) => channels),
  );
  const reached = configured.filter((name) => wanted.has(name));
  if (reached.length > 0) return reached;
  return rank >= SEVERITIES.indexOf('serious') ? [...configured] : configured.slice(0, 1);
}
