import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type AcknowledgementClaim,
  acknowledgementKey,
  readAcknowledgement,
  signAcknowledgement,
} from '../../src/domain/acknowledgement-link.ts';
import { HOUR_MS } from '../../src/domain/time.ts';

const KEY = acknowledgementKey('a secret of thirty-two characters');
const NOW = new Date('2026-03-02T02:30:00.000Z');
const CLAIM = { incidentId: 'incident-burst-facility-x-2026030201', officerId: 'truc' };
const OTHERS = [
  { incidentId: 'incident-a', officerId: 'truc' },
  { incidentId: CLAIM.incidentId, officerId: 'khac' },
];

async function* each(claims: readonly AcknowledgementClaim[]) {
  yield* claims;
}

const read = (
  code: string,
  now = NOW,
  claims: readonly AcknowledgementClaim[] = [...OTHERS, CLAIM],
  key = KEY,
) => readAcknowledgement(code, key, () => each(claims), now);

describe('an acknowledgement link', () => {
  it('names its incident and officer for 72 hours, in 20 characters', async () => {
    const code = signAcknowledgement(CLAIM, KEY, NOW);
    expect(code).toMatch(/^[\w-]{20}$/);
    expect(await read(code)).toEqual({ kind: 'valid', claim: CLAIM });
    const last = new Date(NOW.getTime() + 71.4 * HOUR_MS);
    expect(await read(code, last)).toEqual({ kind: 'valid', claim: CLAIM });
    expect(await read(code, new Date(NOW.getTime() + 72 * HOUR_MS))).toEqual({ kind: 'expired' });
  });

  it('is the beginning of an HMAC-SHA256 over hour, incident and officer', () => {
    const bytes = Buffer.from(signAcknowledgement(CLAIM, KEY, NOW), 'base64url');
    const expiry = Math.floor(NOW.getTime() / HOUR_MS) + 72;
    expect(bytes.readUIntBE(0, 3)).toBe(expiry);
    const said = `["${CLAIM.incidentId}","${CLAIM.officerId}"]`;
    const whole = createHmac('sha256', KEY).update(Buffer.concat([bytes.subarray(0, 3), Buffer.from(said)]));
    expect(bytes.subarray(3)).toEqual(whole.digest().subarray(0, 12));
  });

  it('is unknown with one character changed, with a later end, under another key, for other people', async () => {
    const code = signAcknowledgement(CLAIM, KEY, NOW);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 19 }),
        fc.constantFrom(...'AZaz09-_'),
        async (at, character) => {
          const changed = `${code.slice(0, at)}${character}${code.slice(at + 1)}`;
          const { kind } = await read(changed);
          expect(kind === 'valid').toBe(changed === code);
        },
      ),
    );
    expect(await read(code, NOW, OTHERS)).toEqual({ kind: 'unknown' });
    expect(await read(code, NOW, [CLAIM], acknowledgementKey('another secret of thirty-two chars'))).toEqual({
      kind: 'unknown',
    });
    // A link from before its time has a later end than any that was made.
    expect(await read(signAcknowledgement(CLAIM, KEY, new Date(NOW.getTime() + 2 * HOUR_MS)))).toEqual({
      kind: 'unknown',
    });
  });

  it('makes nobody look through incidents for what cannot be a link', async () => {
    const untouched = () => {
      throw new Error('looked');
    };
    for (const code of [
      '',
      'short',
      'x'.repeat(21),
      'đ'.repeat(20),
      '____________________',
      'AAAAAAAAAAAAAAAAAAAA',
    ]) {
      const { kind } = await readAcknowledgement(code, KEY, untouched, NOW);
      expect(kind).not.toBe('valid');
    }
  });
});
