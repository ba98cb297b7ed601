import { type Command, Option } from 'commander';

import { openChannels } from '../app.ts';
import { loadConfig } from '../config.ts';
import { testMessage } from '../detection/message/test-message.ts';
import { ConfigError, PermanentError, RetryLaterError } from '../errors.ts';
import { openLog } from '../logger.ts';

/** Longer than any channel waits by itself. */
const TIMEOUT_MS = 60_000;

interface Options {
  readonly channel: string;
  readonly to?: string;
  readonly language?: 'vi' | 'en';
}

export function addNotifyTest(program: Command): void {
  program
    .command('notify-test')
    .description('Send one marked message over one channel; print its receipt, or why there is none (exit 1)')
    .requiredOption(
      '--channel <name>',
      'email, sms, zalo, telegram, teams, slack, ntfy, webhook or log, as set up',
    )
    .option('--to <address>', "mailbox, number, chat or user there; the channel's own unless named")
    .addOption(new Option('--language <language>', 'of the message').choices(['vi', 'en']))
    .action(async (options: Options) => {
      const config = loadConfig(process.env);
      const channels = openChannels(config, openLog({ level: 'warn', destination: 2 }));
      const channel = channels.find(({ name }) => name === options.channel);
      if (channel === undefined) {
        const names = channels.map(({ name }) => name).join(', ');
        throw new ConfigError([{ file: '--channel', expected: `one of those that are set up: ${names}` }]);
      }
      const now = new Date();
      const message = testMessage(options.language ?? config.languageDefault, config.consoleUrl, now);
      const { to } = options;
      const delivery = {
        notificationId: `notify-test-${now.getTime()}`,
        ...(to === undefined ? {} : { to }),
      };
      try {
        const { reference } = await channel.deliver(message, delivery, AbortSignal.timeout(TIMEOUT_MS));
        const receipt = reference === undefined ? 'no reference given' : `reference ${reference}`;
        process.stdout.write(`${channel.name}: taken, ${receipt}, ${Date.now() - now.getTime()} ms\n`);
      } catch (error) {
        process.stdout.write(`${channel.name}: ${whyNot(error)}\n`);
        process.exitCode = 1;
      } finally {
        await Promise.all(channels.map((each) => each.close?.()));
      }
    });
}

function whyNot(error: unknown): string {
  const { message } = error as Error;
  if (error instanceof PermanentError) return `refused for good (${error.reason}): ${message}`;
  if (error instanceof RetryLaterError) return `asked to wait ${error.delayMs} ms: ${message}`;
  return `failed, might pass: ${message}`;
}
