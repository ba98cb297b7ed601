import { randomBytes } from 'node:crypto';

import { argon2id, argon2Verify } from 'hash-wasm';

/** What OWASP's cheat sheet on password storage names first: 19 MiB, two passes, one lane. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 };
const PREFIX = `$argon2id$v=19$m=${COST.memorySize},t=${COST.iterations},p=${COST.parallelism}$`;

/** NIST SP 800-63B: length is what counts, and nobody is told which letters to use. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 200;

export function isLongEnough(password: string): boolean {
  const { length } = [...password.normalize('NFC')];
  return length >= SHORTEST_PASSWORD && length <= LONGEST_PASSWORD;
}

/** The encoded Argon2id hash (RFC 9106) of a password with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return argon2id({
    ...COST,
    password: password.normalize('NFC'),
    salt: randomBytes(16),
    outputType: 'encoded',
  });
}

/** Verified where there is no account, so that its absence takes as long as a wrong password. */
let nobodysHash: Promise<string> | undefined;

/** Whether the password is the one that was hashed; takes as long where there is no hash. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  const isRight = await argon2Verify({
    password: password.normalize('NFC').slice(0, LONGEST_PASSWORD * 2) || ' ',
    hash: hash ?? (await nobodysHash),
  });
  return isRight && hash !== undefined;
}

/** Whether it was hashed at another cost than today's. */
export function isOutdatedHash(hash: string): boolean {
  return !hash.startsWith(PREFIX);
}

/** A password to begin with: 20 letters and digits that are not taken for each other. */
export function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const drawn = [...randomBytes(64)].filter((byte) => byte < 248).slice(0, 20);
  return drawn
    .map((byte) => letters[byte % letters.length])
    .join('')
    .replaceAll(/(.{5})(?=.)/g, '$1-');
}
