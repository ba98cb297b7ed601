import { createHmac } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import {
  afterPoll,
  afterPush,
  answerHub,
  hubFailed,
  isSignedBy,
  nextStep,
  type Subscription,
} from '../../src/domain/subscription.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/time.ts';

const START = Date.parse('2026-03-02T01:00:00.000Z');
const at = (ms: number) => new Date(START + ms);
const WISH = {
  hub: 'https://hub.example/',
  topic: 'https://bao.example/rss',
  callbackUrl: 'https://nhip.example/websub',
};

const asked = nextStep(undefined, WISH, at(0))?.subscription as Subscription;
const confirmed = answerHub(
  asked,
  { mode: 'subscribe', topic: WISH.topic, leaseSeconds: 864_000 },
  at(1000),
) as Subscription;
const trusted = afterPush(confirmed, 1, at(2000).toISOString());

describe('what to do about a subscription', () => {
  it('is to ask for one where a feed offers a hub, with a new token and key each time', () => {
    const again = nextStep(undefined, WISH, at(0));
    expect(again).toMatchObject({ mode: 'subscribe', subscription: { status: 'asked', ...WISH } });
    expect(again?.subscription.token).not.toBe(asked.token);
    expect(again?.subscription.secret).not.toBe(asked.secret);
    expect(Buffer.byteLength(asked.secret)).toBeLessThan(200);
    expect(nextStep(undefined, undefined, at(0))).toBeUndefined();
  });

  it('is to wait for the hub, then to try again more and more rarely', () => {
    expect(nextStep(asked, WISH, at(HOUR_MS / 2))).toBeUndefined();
    let subscription = nextStep(asked, WISH, at(HOUR_MS + 1))?.subscription as Subscription;
    expect(subscription).toMatchObject({ status: 'failed', reason: 'not-verified', failures: 1 });
    let now = HOUR_MS + 1;
    const waits = [];
    for (let round = 0; round < 12; round += 1) {
      const from = now;
      while (nextStep(subscription, WISH, at(now)) === undefined) now += HOUR_MS / 4;
      waits.push(Math.round((now - from) / HOUR_MS));
      const step = nextStep(subscription, WISH, at(now));
      expect(step?.mode).toBe('subscribe');
      subscription = hubFailed(step?.subscription as Subscription, 'connect', at(now));
    }
    expect(waits.slice(0, 4)).toEqual([1, 4, 8, 16]);
    expect(Math.max(...waits)).toBe(7 * 24);
  });

  it('is to renew before the lease is over, and to poll once it is', () => {
    expect(nextStep(trusted, WISH, at(7 * DAY_MS))).toBeUndefined();
    const renewal = nextStep(trusted, WISH, at(8.1 * DAY_MS));
    expect(renewal).toMatchObject({
      mode: 'subscribe',
      subscription: { status: 'trusted', token: trusted.token },
    });
    // One that fails leaves what there is, and is tried again soon.
    const failed = hubFailed(renewal?.subscription as Subscription, 'timeout', at(8.1 * DAY_MS));
    expect(failed.status).toBe('trusted');
    expect(nextStep(failed, WISH, at(8.1 * DAY_MS + HOUR_MS))?.mode).toBe('subscribe');
    expect(nextStep(failed, WISH, at(10.1 * DAY_MS))).toEqual({
      subscription: expect.objectContaining({ status: 'failed', reason: 'lease-over' }),
    });
  });

  it('is to let the hub go where it is no longer wanted, whether or not it answers', () => {
    let step = nextStep(trusted, undefined, at(DAY_MS));
    expect(step).toMatchObject({
      mode: 'unsubscribe',
      subscription: { status: 'ending', reason: 'no-longer-wanted' },
    });
    const question = { mode: 'unsubscribe', topic: WISH.topic };
    expect(answerHub(step?.subscription as Subscription, question, at(DAY_MS))?.status).toBe('ended');
    const modes = [];
    for (let hours = 1; hours < 10 && step?.subscription.status !== 'ended'; hours += 1) {
      step = nextStep(step?.subscription, undefined, at(DAY_MS + hours * HOUR_MS));
      modes.push(step?.mode);
    }
    expect(modes).toEqual(['unsubscribe', 'unsubscribe', undefined]);
    expect(nextStep(step?.subscription, undefined, at(2 * DAY_MS))).toBeUndefined();
  });

  it('is to change hubs with the feed', () => {
    const other = { ...WISH, hub: 'https://other.example/' };
    const ending = nextStep(trusted, other, at(DAY_MS))?.subscription as Subscription;
    expect(ending).toMatchObject({ status: 'ending', reason: 'hub-changed', hub: WISH.hub });
    const ended = answerHub(ending, { mode: 'unsubscribe', topic: WISH.topic }, at(DAY_MS));
    expect(nextStep(ended, other, at(DAY_MS))).toMatchObject({
      mode: 'subscribe',
      subscription: { hub: other.hub },
    });
  });
});

describe('a hub at our door', () => {
  const question = { mode: 'subscribe', topic: WISH.topic, leaseSeconds: 3600 };

  it('is believed only about what we asked for', () => {
    expect(answerHub(asked, { ...question, topic: 'https://bao.example/other' }, at(0))).toBeUndefined();
    expect(answerHub(asked, { ...question, leaseSeconds: undefined }, at(0))).toBeUndefined();
    expect(answerHub(asked, { mode: 'unsubscribe', topic: WISH.topic }, at(0))).toBeUndefined();
    expect(answerHub(trusted, { mode: 'unsubscribe', topic: WISH.topic }, at(0))).toBeUndefined();
    expect(answerHub({ ...asked, status: 'ended' }, question, at(0))).toBeUndefined();
    expect(answerHub(asked, question, at(0))).toMatchObject({
      status: 'confirmed',
      expiresAt: at(HOUR_MS).toISOString(),
    });
  });

  it('may say no at any time, in its own words', () => {
    const denied = answerHub(trusted, { mode: 'denied', topic: WISH.topic, reason: 'not for you' }, at(0));
    expect(denied).toMatchObject({ status: 'denied', reason: 'denied: not for you' });
  });

  it('cannot grant a lease that never ends', () => {
    const { expiresAt = '' } = answerHub(asked, { ...question, leaseSeconds: 1e12 }, at(0)) ?? {};
    expect(Date.parse(expiresAt) - START).toBe(90 * DAY_MS);
  });
});

describe('trust', () => {
  it('is earned by a push that was ahead of every poll', () => {
    expect(afterPush(confirmed, 0, at(0).toISOString()).status).toBe('confirmed');
    expect(trusted).toMatchObject({ status: 'trusted', pushes: 1 });
  });

  it('ends with an entry that was not pushed, and may be earned again after a week', () => {
    const demoted = afterPoll(trusted, 1, at(DAY_MS));
    expect(demoted).toMatchObject({ status: 'demoted', reason: 'missed-push', misses: 1 });
    expect(afterPush(demoted, 1, at(DAY_MS).toISOString()).status).toBe('demoted');
    expect(afterPoll(demoted, 0, at(7 * DAY_MS)).status).toBe('demoted');
    expect(afterPoll(demoted, 0, at(8 * DAY_MS)).status).toBe('confirmed');
    // Another miss begins the week anew.
    expect(afterPoll(afterPoll(demoted, 1, at(7 * DAY_MS)), 0, at(8 * DAY_MS)).status).toBe('demoted');
  });
});

describe('a signature', () => {
  const body = Buffer.from('<rss/>');
  const sign = (algorithm: string, key = 'secret') =>
    `${algorithm}=${createHmac(algorithm, key).update(body).digest('hex')}`;

  it.each(['sha256', 'sha384', 'sha512'])('of %s is taken everywhere', (algorithm) => {
    expect(isSignedBy('secret', sign(algorithm), body, false)).toBe(true);
    expect(isSignedBy('secret', sign(algorithm).toUpperCase().replace(/^SHA/, 'sha'), body, false)).toBe(
      true,
    );
    expect(isSignedBy('other', sign(algorithm), body, true)).toBe(false);
    expect(isSignedBy('secret', sign(algorithm), Buffer.from('<rss />'), true)).toBe(false);
  });

  it('of SHA-1 is taken over TLS only', () => {
    expect(isSignedBy('secret', sign('sha1'), body, true)).toBe(true);
    expect(isSignedBy('secret', sign('sha1'), body, false)).toBe(false);
  });

  it.each([undefined, '', 'sha256=', 'md5=00', `sha256=${'0'.repeat(40)}`, 'sha256'])(
    'of the form %j is none',
    (header) => {
      expect(isSignedBy('secret', header, body, true)).toBe(false);
    },
  );
});
