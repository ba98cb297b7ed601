import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';

/** The specification asks for 24 to 64 random bytes. */
const MIN_SECRET_BYTES = 24;
const MAX_SECRET_BYTES = 64;

/** A pass phrase carries less in each byte, but below this it carries nothing. */
const MIN_PHRASE_BYTES = 16;

/**
 * The key in a webhook secret: `whsec_` and base64 as the specification writes it, or a plain phrase, whose UTF-8
 * bytes are then the key.
 *
 * @throws {RangeError} unless it is `whsec_` and the base64 of 24 to 64 bytes, or a phrase of at least 16 bytes
 */
export function webhookKey(secret: string): Buffer {
  return secret.startsWith(SECRET_PREFIX)
    ? keyOfBase64(secret.slice(SECRET_PREFIX.length))
    : keyOfPhrase(secret);
}

function keyOfBase64(encoded: string): Buffer {
  const key = Buffer.from(encoded, 'base64');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded);
  if (!isBase64 || key.length < MIN_SECRET_BYTES || key.length > MAX_SECRET_BYTES) {
    throw new RangeError('A whsec_ secret must carry the base64 of 24 to 64 random bytes');
  }
  return key;
}

function keyOfPhrase(phrase: string): Buffer {
  const key = Buffer.from(phrase);
  if (key.length < MIN_PHRASE_BYTES) throw new RangeError('A webhook secret must have at least 16 bytes');
  return key;
}

/**
 * The value of `webhook-signature`: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
 *
 * @param timestamp  seconds since 1970
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signWebhook(key: Buffer, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** Whether one of the space-separated signatures of a header is ours; for receivers and tests. */
export function isSignedWebhook(
  key: Buffer,
  { id, timestamp, body, header }: { id: string; timestamp: number; body: string; header: string },
): boolean {
  const expected = Buffer.from(signWebhook(key, id, timestamp, body));
  return header.split(' ').some((signature) => {
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
