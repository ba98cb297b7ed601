import { BoundedReading, type Bounds, UnansweredError } from './bounded-reading.ts';

/** One thing that must answer before work can be done here. */
export interface Check {
  /** Lower-case letters, digits and hyphens: it is a label of a metric too. */
  readonly name: string;
  /** Resolves when all is well; rejects with what is wrong, in words an operator can use. */
  check(signal: AbortSignal): Promise<void>;
  /** Only told of: a fault here is no reason to keep work or readers away from this process. */
  readonly isAdvisory?: boolean;
}

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** How long this look took; next to nothing where a fresh answer was at hand. */
  readonly ms: number;
  /** Plain words; only where it is not ok. */
  readonly reason?: string;
  /** Where it does not decide whether the process is ready. */
  readonly advisory?: true;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: readonly CheckResult[];
}

/** Probes come every few seconds, from several sides, and must not become load. */
const BOUNDS: Bounds = { keepMs: 1000, boundMs: 2000 };

const LONGEST_REASON = 300;

/** Whether this process can do its work: asks every check at once, each for at most `boundMs`. */
export class Readiness {
  readonly #checks: readonly { name: string; isAdvisory: boolean; reading: BoundedReading<void> }[];

  constructor(checks: readonly Check[], bounds: Bounds = BOUNDS) {
    this.#checks = checks.map((one) => ({
      name: one.name,
      isAdvisory: one.isAdvisory === true,
      reading: new BoundedReading((signal) => one.check(signal), bounds),
    }));
  }

  /** Never rejects. */
  async look(): Promise<ReadinessReport> {
    const checks = await Promise.all(
      this.#checks.map(async ({ name, isAdvisory, reading }) => ({
        ...(await lookAt(name, reading)),
        ...(isAdvisory ? { advisory: true as const } : {}),
      })),
    );
    return { ready: checks.every(({ ok, advisory }) => ok || advisory === true), checks };
  }
}

async function lookAt(name: string, reading: BoundedReading<void>): Promise<CheckResult> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    await reading.read();
    return { name, ok: true, ms: ms() };
  } catch (error) {
    return { name, ok: false, ms: ms(), reason: reasonOf(error) };
  }
}

/** Our own errors carry plain words; of others the message must do, without any password in an address. */
function reasonOf(error: unknown): string {
  const isAfterFault = error instanceof UnansweredError && error.before !== undefined;
  const words = isAfterFault ? `${wordsOf(error)}; before that: ${wordsOf(error.before)}` : wordsOf(error);
  return words.slice(0, LONGEST_REASON).replace(/\/\/[^/@\s]*@/g, '//***@');
}

function wordsOf(error: unknown): string {
  const { reason, message } = (error ?? {}) as { reason?: unknown; message?: unknown };
  if (typeof reason === 'string' && reason !== '') return reason;
  return typeof message === 'string' && message !== '' ? message : 'unknown';
}
