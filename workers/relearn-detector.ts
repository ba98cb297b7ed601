import type { Deps } from './stage.ts';

/**
 * Has every detector begin anew from all that is known by now, as after an import: what is past alarms nobody.
 *
 * Where nothing has been told yet there is nothing to begin anew.
 */
export async function relearnDetector({ journal, now }: Pick<Deps, 'journal' | 'now'>): Promise<void> {
  for (;;) {
    const head = await journal.head();
    const [last] = await journal.after(head - 1, 1);
    if (last === undefined) return;
    const at = new Date(Math.max(now().getTime(), Date.parse(last.at))).toISOString();
    if (await journal.append({ sequence: head + 1, at, sightings: [], relearned: true })) return;
  }
}
