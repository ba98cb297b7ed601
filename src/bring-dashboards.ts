/** Composition of the verbs about dashboards: configuration and Kibana, and nothing else of the program. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type ImportResult, importSavedObjects } from './adapters/kibana/import-saved-objects.ts';
import type { Config } from './config.ts';
import { gather, readConfigDir } from './config-files.ts';
import { parseDashboardCampaigns } from './dashboards/campaign.ts';
import { toNdjson } from './dashboards/saved-object.ts';
import { savedObjects } from './dashboards/saved-objects.ts';
import { ConfigError } from './errors.ts';
import { parsePolicyDocuments } from './language/policy-document-registry.ts';

/**
 * The dashboards for this configuration as an export file: its documents and campaigns, and its prefix.
 *
 * @throws {ConfigError} with the faults of the files that they are made from
 */
export function dashboardsNdjson({
  configDir,
  elasticsearchPrefix,
}: Pick<Config, 'configDir' | 'elasticsearchPrefix'>): string {
  const files = readConfigDir(configDir, ['policy-documents.yaml', 'campaigns.yaml']);
  const named = (name: string) => join(configDir, name);
  const settings = gather({
    policyDocuments: () =>
      parsePolicyDocuments(named('policy-documents.yaml'), files['policy-documents.yaml']).documents,
    campaigns: () => parseDashboardCampaigns(files['campaigns.yaml'], named('campaigns.yaml')),
  });
  return toNdjson(savedObjects({ prefix: elasticsearchPrefix, ...settings }));
}

/**
 * Brings the dashboards for this configuration into its Kibana.
 *
 * @throws {ConfigError} without KIBANA_URL, or where a file cannot be read
 * @throws what `importSavedObjects` throws
 */
export function bringDashboards(config: Config): Promise<ImportResult> {
  const { kibanaUrl } = config;
  if (kibanaUrl === undefined) {
    throw new ConfigError([{ file: 'environment', expected: 'KIBANA_URL to say where Kibana is' }]);
  }
  return importSavedObjects(dashboardsNdjson(config), {
    url: kibanaUrl,
    apiKey: config.elasticsearchApiKey,
    username: config.elasticsearchUsername,
    password: config.elasticsearchPassword,
    ca: config.elasticsearchCa === undefined ? undefined : certificate(config.elasticsearchCa),
  });
}

function certificate(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new ConfigError([
      { file, expected: `a certificate that can be read, as ELASTICSEARCH_CA says (${code})` },
    ]);
  }
}
