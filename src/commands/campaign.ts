import type { Command } from 'commander';

import { gatherCampaign } from '../../workers/gather-campaign.ts';
import { gatherPolicy } from '../../workers/gather-policy.ts';
import type { CampaignReport } from '../reports/campaign-coverage.ts';
import type { PolicyReport } from '../reports/policy-coverage.ts';
import { writeLine } from './json-lines.ts';
import { askStoreOrConsole } from './with-app.ts';

/** `nhip-yte campaign`: the figures of its page, as JSON. */
export function addCampaign(program: Command): void {
  program
    .command('campaign')
    .description('What the press made of a campaign of config/campaigns.yaml, as JSON')
    .argument('<id>', 'as in the file; of a yearly one with the year: doctors-day-2026')
    .action(async (id: string) => {
      const report = await askStoreOrConsole<CampaignReport>(
        ({ deps }) => gatherCampaign(known(deps.campaigns, id), deps),
        `/api/v1/campaigns/${encodeURIComponent(id)}`,
      );
      await writeLine(report);
    });
}

/** `nhip-yte policy`: the figures of its page, as JSON. */
export function addPolicy(program: Command): void {
  program
    .command('policy')
    .description('What the press makes of a document of config/policy-documents.yaml, as JSON')
    .argument('<id>', 'as in the file: 46-2026-nd-cp')
    .action(async (id: string) => {
      const report = await askStoreOrConsole<PolicyReport>(
        ({ deps }) => gatherPolicy(known(deps.policies, id), deps),
        `/api/v1/policies/${encodeURIComponent(id)}`,
      );
      await writeLine(report);
    });
}

function known<T extends { readonly id: string }>(all: readonly T[], id: string): T {
  const found = all.find((one) => one.id === id);
  if (found === undefined)
    throw new Error(`There is no ${id}; there is ${all.map((one) => one.id).join(', ')}`);
  return found;
}
