import { createHash, randomBytes } from 'node:crypto';

/** Something that only its holder knows, and what is kept to know it again. */
export interface Secret {
  readonly value: string;
  readonly id: string;
}

/** 256 random bits with a mark in front, by which those who search for leaked secrets know them. */
export function newSecret(mark: string): Secret {
  const value = `${mark}${randomBytes(32).toString('base64url')}`;
  return { value, id: secretId(value) };
}

/** What is kept of a secret. It is too long to be guessed, so that a plain hash is enough. */
export function secretId(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
