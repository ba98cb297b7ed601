import { type Command, Option } from 'commander';

import { type ChannelTrial, testChannel } from '../../workers/test-channel.ts';
import { openChannels } from '../app.ts';
import { loadConfig } from '../config.ts';
import { ConfigError } from '../errors.ts';
import { openLog } from '../logger.ts';

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
      const { to, language = config.languageDefault } = options;
      try {
        const trial = await testChannel(
          channel,
          { to, language, consoleUrl: config.consoleUrl },
          () => new Date(),
        );
        process.stdout.write(`${channel.name}: ${describe(trial)}\n`);
        if (!trial.isTaken) process.exitCode = 1;
      } finally {
        await Promise.all(channels.map((each) => each.close?.()));
      }
    });
}

function describe(trial: ChannelTrial): string {
  if (!trial.isTaken) return trial.why;
  const receipt = trial.reference === undefined ? 'no reference given' : `reference ${trial.reference}`;
  return `taken, ${receipt}, ${trial.ms} ms`;
}
