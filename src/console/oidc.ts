/** Signing in at the office's own identity provider: OpenID Connect, code flow with PKCE. */
import type { Configuration, UserInfoResponse } from 'openid-client';
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientError,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  None,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { z } from 'zod';

import type { Role } from '../domain/access.ts';
import { ROLES } from '../domain/access.ts';
import { DAY_MS } from '../domain/time.ts';
import { Remembered } from './remembered.ts';

/** Keys and addresses of a provider change rarely, and its own caching headers are for an hour or a day. */
const DISCOVERED_FOR_MS = DAY_MS / 24;
const TIMEOUT_S = 8;
const MAX_NAME = 80;

/** As the operator gives them; the issuer is the only address that is ever asked. */
export interface OidcSettings {
  /** Its discovery document lies under `/.well-known/openid-configuration`; plain HTTP on loopback only. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret?: string | undefined;
  /** Space-separated; `openid` is among them. */
  readonly scopes: string;
  /** Claim that names groups or roles; dots lead into objects where no claim has the whole name. */
  readonly roleClaim: string;
  /** What that claim may say → role here. Empty: roles are given here, by an admin. */
  readonly roleMap: Readonly<Record<string, Role>>;
  /** Where the provider sends browsers back to, as it is registered there. */
  readonly redirectUrl: string;
}

/** What a browser keeps while its reader is at the provider. */
export const oidcAttempt = z.object({
  state: z.string().min(20).max(200),
  nonce: z.string().min(20).max(200),
  verifier: z.string().min(43).max(128),
  /** Path of ours to go on to. */
  back: z.string().max(2000),
});
export type OidcAttempt = z.infer<typeof oidcAttempt>;

/** Whom the provider vouches for. */
export interface OidcPerson {
  /** With `subject`, the only thing that tells people apart for good: names and addresses change hands. */
  readonly issuer: string;
  readonly subject: string;
  /** As it is written beside what they do. */
  readonly name: string;
  /** Absent where roles are given here. */
  readonly role?: Role;
}

/**
 * Nobody was signed in: `declined` by the person or the provider, `unsound` where the answer does not belong to what
 * was asked or is not to be trusted, `away` where the provider could not be asked.
 */
export class OidcError extends Error {
  override name = 'OidcError';
  readonly reason: 'declined' | 'unsound' | 'away';

  constructor(reason: OidcError['reason'], options?: ErrorOptions) {
    super(`Signing in at the provider failed: ${reason}`, options);
    this.reason = reason;
  }
}

/**
 * The program as a client of one provider.
 *
 * OpenID Connect Core 1.0, code flow (3.1); PKCE (RFC 7636); state and nonce of 256 bits; the answer's issuer where the
 * provider names it (RFC 9207). The library checks signature, audience, issuer, times and nonce of the ID token.
 */
export class OidcSignIn {
  readonly #settings: OidcSettings;
  readonly #discovered = new Remembered<Configuration>(DISCOVERED_FOR_MS);

  constructor(settings: OidcSettings) {
    this.#settings = settings;
  }

  /**
   * The provider's page to go to, and what the browser must still know when it comes back.
   *
   * @param back  path of ours
   * @throws {OidcError} `away`
   */
  async begin(back: string, now: Date): Promise<{ readonly url: URL; readonly attempt: OidcAttempt }> {
    const configuration = await this.#configuration(now);
    const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), back };
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#settings.redirectUrl,
      scope: this.#settings.scopes,
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
    });
    return { url, attempt };
  }

  /**
   * Redeems what the provider sent the browser back with.
   *
   * @param query  of the address that it came back to, with its question mark
   * @throws {OidcError}
   */
  async finish(query: string, attempt: OidcAttempt, now: Date): Promise<OidcPerson> {
    const configuration = await this.#configuration(now);
    // Behind a proxy the request does not know its own address; the provider compares the registered one.
    const cameTo = new URL(this.#settings.redirectUrl);
    cameTo.search = query;
    try {
      const tokens = await authorizationCodeGrant(configuration, cameTo, {
        pkceCodeVerifier: attempt.verifier,
        expectedState: attempt.state,
        expectedNonce: attempt.nonce,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) throw new OidcError('unsound');
      const more = await userInfo(configuration, tokens.access_token, claims.sub);
      return this.#person({ ...more, ...claims }, claims.iss, claims.sub);
    } catch (error) {
      throw asOidcError(error);
    }
  }

  #person(claims: Readonly<Record<string, unknown>>, issuer: string, subject: string): OidcPerson {
    const { roleClaim, roleMap } = this.#settings;
    const isMapped = Object.keys(roleMap).length > 0;
    return {
      issuer,
      subject,
      name: nameIn(claims) ?? subject.slice(0, MAX_NAME),
      ...(isMapped ? { role: highestRole(valuesAt(claims, roleClaim), roleMap) } : {}),
    };
  }

  async #configuration(now: Date): Promise<Configuration> {
    try {
      return await this.#discovered.get('', now, () => discover(this.#settings));
    } catch (error) {
      throw new OidcError('away', { cause: error });
    }
  }
}

/** The library refuses a document that names another issuer than the one that was asked. */
function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const server = new URL(issuer);
  return discovery(server, clientId, clientSecret, clientSecret === undefined ? None() : undefined, {
    timeout: TIMEOUT_S,
    // The settings allow it for loopback alone.
    ...(server.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
  });
}

/** Many providers leave names and groups out of the ID token; nothing where this one tells no more. */
async function userInfo(
  configuration: Configuration,
  accessToken: string,
  subject: string,
): Promise<UserInfoResponse | undefined> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return undefined;
  return fetchUserInfo(configuration, accessToken, subject);
}

function asOidcError(error: unknown): OidcError {
  if (error instanceof OidcError) return error;
  if (error instanceof AuthorizationResponseError) return new OidcError('declined', { cause: error });
  const isOfAnswer = error instanceof ResponseBodyError || error instanceof ClientError;
  const isTimeout = error instanceof ClientError && error.code === 'OAUTH_TIMEOUT';
  return new OidcError(isOfAnswer && !isTimeout ? 'unsound' : 'away', { cause: error });
}

const nameText = z.string().transform((value) =>
  value
    .replaceAll(/\p{Cc}+/gu, ' ')
    .normalize('NFC')
    .trim()
    .slice(0, MAX_NAME),
);

function nameIn(claims: Readonly<Record<string, unknown>>): string | undefined {
  return ['name', 'preferred_username', 'email']
    .map((claim) => nameText.safeParse(claims[claim]).data)
    .find((name) => name !== undefined && name !== '');
}

/** Text or list of texts at a claim; groups lie deeper with some providers, such as Keycloak's `realm_access.roles`. */
function valuesAt(claims: Readonly<Record<string, unknown>>, path: string): readonly string[] {
  const steps = Object.hasOwn(claims, path) ? [path] : path.split('.');
  let value: unknown = claims;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  const values = Array.isArray(value) ? value : [value];
  return values.filter((one): one is string => typeof one === 'string');
}

/** Who is in no known group may look: that they may sign in at all is for the provider to say. */
function highestRole(values: readonly string[], roleMap: OidcSettings['roleMap']): Role {
  const given = values.filter((value) => Object.hasOwn(roleMap, value)).map((value) => roleMap[value]);
  return ROLES.toReversed().find((role) => given.includes(role)) ?? 'viewer';
}
