import pino, { type Logger } from 'pino';

export interface LogOptions {
  readonly level: string;
  /** File descriptor: 1 standard output, 2 standard error. */
  readonly destination: 1 | 2;
}

/** What must never be written, wherever it stands in a logged object. */
const SECRET_PATHS = ['*.authorization', '*.cookie', '*.password', '*.secret', 'smtpUrl', 'webhookSecret'];

/** One JSON line per record; times in ISO 8601, UTC. */
export function openLog({ level, destination }: LogOptions): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRET_PATHS, censor: '***' },
    },
    pino.destination({ dest: destination, sync: true }),
  );
}
