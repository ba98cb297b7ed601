/** Links by which an officer takes an incident over with two taps on a telephone, without signing in anywhere. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import { HOUR_MS } from './time.ts';

/** Whom a link was made for, and what for. */
export interface AcknowledgementClaim {
  readonly incidentId: string;
  readonly officerId: string;
}

export type ReadLink =
  | { readonly kind: 'valid'; readonly claim: AcknowledgementClaim }
  | { readonly kind: 'expired' | 'unknown' };

/** Over a long weekend somebody else has long been called. */
const LIFETIME_HOURS = 72;

const EXPIRY_BYTES = 3;
/** 96 bits: not to be guessed within the lifetime of a link, and short enough for a text message. */
const MAC_BYTES = 12;

/** 20 characters: what the two of them are in base64url. */
const CODE = /^[\w-]{20}$/;

/** The key for links out of whatever secret an operator has set. */
export function acknowledgementKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'nhip-yte acknowledgement links', 32));
}

/**
 * The code in a link: the hour in which it ends, and a keyed hash over that hour, the incident and the officer.
 *
 * It names neither of the two, so that it is short; who reads it tries those that there are.
 *
 * @returns 20 characters of base64url
 */
export function signAcknowledgement(claim: AcknowledgementClaim, key: Buffer, now: Date): string {
  const expiry = Buffer.alloc(EXPIRY_BYTES);
  expiry.writeUIntBE(Math.floor(now.getTime() / HOUR_MS) + LIFETIME_HOURS, 0, EXPIRY_BYTES);
  return Buffer.concat([expiry, macOf(claim, expiry, key)]).toString('base64url');
}

/**
 * Whose link this is.
 *
 * @param candidates  every incident with every officer; looked through only while the link may still be good
 */
export async function readAcknowledgement(
  code: string,
  key: Buffer,
  candidates: () => AsyncIterable<AcknowledgementClaim>,
  now: Date,
): Promise<ReadLink> {
  if (!CODE.test(code)) return { kind: 'unknown' };
  const bytes = Buffer.from(code, 'base64url');
  const expiry = bytes.subarray(0, EXPIRY_BYTES);
  const hoursLeft = expiry.readUIntBE(0, EXPIRY_BYTES) - now.getTime() / HOUR_MS;
  if (hoursLeft > LIFETIME_HOURS) return { kind: 'unknown' };
  if (hoursLeft <= 0) return { kind: 'expired' };
  const mac = bytes.subarray(EXPIRY_BYTES);
  for await (const claim of candidates()) {
    if (timingSafeEqual(mac, macOf(claim, expiry, key))) return { kind: 'valid', claim };
  }
  return { kind: 'unknown' };
}

function macOf({ incidentId, officerId }: AcknowledgementClaim, expiry: Buffer, key: Buffer): Buffer {
  const said = JSON.stringify([incidentId, officerId]);
  return createHmac('sha256', key).update(expiry).update(said).digest().subarray(0, MAC_BYTES);
}
