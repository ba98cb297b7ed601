import { setImmediate as nextTick } from 'node:timers/promises';

import type { Client } from '@elastic/elasticsearch';

import { translate } from './elasticsearch-error.ts';

interface State {
  /** This process wrote since the last refresh began. */
  isDirty: boolean;
  running?: Promise<void> | undefined;
  waiting?: Promise<void> | undefined;
}

/**
 * Makes writes visible to searches, when and where a search needs it: the server itself does so only once a second.
 *
 * Callers that come while a refresh is under way share the next one.
 */
export class Refresher {
  readonly #client: Client;
  readonly #states = new Map<string, State>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Takes note that something behind the alias may have changed; to be called once the server has answered. */
  wrote(alias: string): void {
    this.#stateOf(alias).isDirty = true;
  }

  /** Makes everything visible that this process wrote before. */
  async showOwn(alias: string): Promise<void> {
    const state = this.#stateOf(alias);
    if (state.isDirty || state.waiting !== undefined) await this.showAll(alias);
    else await state.running;
  }

  /** Makes everything visible that any process wrote before. */
  showAll(alias: string): Promise<void> {
    const state = this.#stateOf(alias);
    state.waiting ??= this.#refreshNext(alias, state);
    return state.waiting;
  }

  async #refreshNext(alias: string, state: State): Promise<void> {
    await state.running?.catch(() => {});
    await nextTick();
    state.waiting = undefined;
    state.isDirty = false;
    state.running = this.#refresh(alias, state);
    try {
      await state.running;
    } finally {
      state.running = undefined;
    }
  }

  async #refresh(alias: string, state: State): Promise<void> {
    try {
      // A monthly kind has no index before its first document.
      await this.#client.indices.refresh({ index: alias, ignore_unavailable: true, allow_no_indices: true });
    } catch (error) {
      state.isDirty = true;
      throw translate(error);
    }
  }

  #stateOf(alias: string): State {
    const known = this.#states.get(alias);
    if (known !== undefined) return known;
    const state: State = { isDirty: false };
    this.#states.set(alias, state);
    return state;
  }
}
