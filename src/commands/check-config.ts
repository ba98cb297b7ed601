import type { Command } from 'commander';

import { loadConfig } from '../config.ts';
import { loadSettings } from '../settings.ts';

export function addCheckConfig(program: Command): void {
  program
    .command('check-config')
    .description(
      'Check environment and configuration files; list every fault with file and line, exit 2 if any',
    )
    .action(() => {
      const config = loadConfig(process.env);
      const { outlets, alertRules, campaigns, language } = loadSettings(config.configDir, new Date());
      const feeds = outlets.reduce((count, outlet) => count + outlet.feeds.length, 0);
      process.stdout.write(
        `${config.configDir}: ${outlets.length} outlets with ${feeds} feeds, ${alertRules.length} alert rules, ` +
          `${campaigns.length} campaign periods, language ${language.version}: all sound\n`,
      );
    });
}
