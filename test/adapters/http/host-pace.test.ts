import { createHostPace } from '../../../src/adapters/http/host-pace.ts';
import { hostPaceContract } from '../../contract/host-pace.contract.ts';

hostPaceContract('one process', async () => ({
  create: async (now) => createHostPace(now),
  close: async () => {},
}));
