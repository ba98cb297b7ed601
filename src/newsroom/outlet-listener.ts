import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { OutletProfile } from './outlet-profiles.ts';
import type { OutletSite } from './outlet-site.ts';
import type { Random } from './random.ts';
import { send, textReply } from './reply.ts';

/** What stands between the wire and an outlet's site: delays and outages. */
interface Behaviour {
  /** `undefined` until every outlet has its port. */
  readonly site: () => OutletSite | undefined;
  readonly isSlow: boolean;
  readonly isDown: () => boolean;
  /** How long a request to a dead outlet hangs before the connection breaks. */
  readonly hangMs: number;
  readonly random: Random;
}

/** Serves one outlet on one port. */
export function outletListener(profile: OutletProfile, behaviour: Behaviour): RequestListener {
  let requestsWhileDown = 0;
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    if (behaviour.isDown()) {
      requestsWhileDown += 1;
      return refuse(request, response, requestsWhileDown);
    }
    const site = behaviour.site();
    if (site === undefined) return send(request, response, textReply('Starting\n', 503), { gzip: false });
    if (behaviour.isSlow && profile.latencyMs !== undefined) {
      const { low, high } = profile.latencyMs;
      await sleep(behaviour.random.int(low, high), undefined, { ref: false });
    }
    send(request, response, site.answer(request), { gzip: profile.gzip === true });
  };
  /** Every second request gets no answer at all, as from a server that is overwhelmed. */
  const refuse = async (request: IncomingMessage, response: ServerResponse, count: number) => {
    if (count % 2 === 1) {
      return send(request, response, textReply('Service unavailable\n', 503), { gzip: false });
    }
    await sleep(behaviour.hangMs, undefined, { ref: false });
    request.socket.destroy();
  };
  return (request, response) => {
    respond(request, response).catch(() => request.socket.destroy());
  };
}
