/**
 * A setup to version 2 of the sample definitions that stops for good after one step of its first migration, and says
 * so, for a test to kill it there. Arguments: address, prefix, step.
 */
import { Client } from '@elastic/elasticsearch';

import { setUp } from '../../src/adapters/elasticsearch/setup.ts';
import { sampleDefinitions } from './elasticsearch/sample-definitions.ts';

const [node = '', prefix = '', step = ''] = process.argv.slice(2);

await setUp(new Client({ node }), prefix, sampleDefinitions(2), {
  lock: { beatMs: 200 },
  async report(event) {
    if (event.kind !== 'migrating' || event.step !== step) return;
    process.stdout.write('halted\n');
    await new Promise(() => {});
  },
});
