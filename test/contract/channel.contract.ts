import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { NotificationMessage } from '../../src/domain/notification.ts';
import { PermanentError, RetryLaterError } from '../../src/errors.ts';
import type { Channel, Receipt } from '../../src/ports/channel.ts';

/** Stands in every secret of a channel under test. */
export const SECRET = 'so-secret-a-token';

/** With all that a headline may try. */
export const MESSAGE: NotificationMessage = {
  incidentId: 'incident-x',
  step: 'opened',
  severity: 'critical',
  language: 'vi',
  subject: '[Khẩn cấp] <!channel> <b>Bệnh viện</b> *Ví Dụ* & "người nhà" {text}',
  brief: ['8/8 bài tiêu cực trong 24 giờ', '[Xem](javascript:alert) <@U012AB3CD> <at>x</at> _nghiêng_ `mã`'],
  text: 'Tám bài trong hai giờ.\n[Xem](javascript:alert) \\ "trích"',
  short: 'KHAN CAP: Benh vien "Vi Du" {key} https://nhip.example.vn/a/AAAABBBBCCCCDDDDEEEE',
  url: 'https://nhip.example.vn/incidents/incident-x',
  acknowledgeUrl: 'https://nhip.example.vn/a/AAAABBBBCCCCDDDDEEEE',
};

/** How the far side behaves towards whatever it is sent next. */
export type Behaviour =
  | 'take'
  | 'refuse'
  /** Refuses with what looks like success, where that is its way. */
  | 'refuse-politely'
  | 'ask-to-wait'
  | 'fail'
  | 'redirect'
  | 'say-nothing'
  | 'drip'
  | 'cut'
  | 'flood'
  | 'talk-nonsense';

/** A real server that stands in for the far side. */
export interface FarSide {
  behave(as: Behaviour): void;
  /** Everything that it has taken in, as text, in which the address of the officer can be found. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

export interface OpenedChannel {
  readonly channel: Channel;
  readonly far: FarSide;
}

export interface ChannelTraits {
  /** An officer's address there, and one that is none. */
  readonly to: string;
  readonly notAnAddress?: string;
  /** The officer's address as the far side sees it. */
  readonly seenAs?: string;
  /** What the far side calls the message that it took. */
  readonly reference?: string;
  /** What its kind of far side never does. */
  readonly never: readonly Behaviour[];
  /** Takes an answer of success for a yes, whatever else it holds. */
  readonly readsNoBody: boolean;
}

/**
 * What every channel does, whatever its far side does.
 *
 * @param open  the channel, told to wait for nothing longer than `timeoutMs`
 */
export function channelContract(
  name: string,
  traits: ChannelTraits,
  open: (timeoutMs: number) => Promise<OpenedChannel>,
): void {
  describe(`Channel: ${name}`, () => {
    let opened: OpenedChannel;
    const openWith = async (timeoutMs: number) => {
      await opened?.channel.close?.();
      await opened?.far.close();
      opened = await open(timeoutMs);
    };
    beforeEach(async () => {
      opened = await open(5000);
    });
    afterEach(async () => {
      await opened.channel.close?.();
      await opened.far.close();
    });

    const deliver = (
      to: string | undefined = traits.to,
      signal = new AbortController().signal,
    ): Promise<Receipt> =>
      opened.channel.deliver(MESSAGE, { notificationId: 'incident-x-opened-an', to }, signal);

    /** The error, in which no secret may stand. */
    async function failureOf(delivery: Promise<Receipt>): Promise<unknown> {
      const failure = await delivery.then(
        (receipt) => expect.fail(`taken: ${JSON.stringify(receipt)}`),
        (error: unknown) => error,
      );
      const { message = '', stack = '', cause } = failure as Error;
      expect(`${message} ${stack} ${String(cause)}`).not.toContain(SECRET);
      expect(message.length).toBeLessThan(1000);
      return failure;
    }

    /** What a far side never does is no test of its channel. */
    const may = (behaviour: Behaviour, says: string, test: () => Promise<void>, timeoutMs?: number) => {
      if (!traits.never.includes(behaviour)) it(says, test, timeoutMs);
    };

    it('is known by its name', () => {
      expect(opened.channel.name).toBe(name);
    });

    it('hands the message to the officer and gives the far side’s receipt', async () => {
      const receipt = await deliver();
      expect(receipt).toEqual(traits.reference === undefined ? {} : { reference: traits.reference });
      expect(opened.far.received).toHaveLength(1);
      expect(opened.far.received[0]).toContain(traits.seenAs ?? traits.to);
    });

    if (traits.notAnAddress !== undefined) {
      it('refuses what is no address before anything is sent', async () => {
        expect(await failureOf(deliver(traits.notAnAddress))).toBeInstanceOf(PermanentError);
        expect(opened.far.received).toEqual([]);
      });
    }

    it('takes a refusal for good', async () => {
      opened.far.behave('refuse');
      const failure = await failureOf(deliver());
      expect(failure).toBeInstanceOf(PermanentError);
      expect((failure as PermanentError).reason).toMatch(/^[\w-]{3,40}$/);
    });

    may('refuse-politely', 'takes a refusal for good that comes with a status of success', async () => {
      opened.far.behave('refuse-politely');
      expect(await failureOf(deliver())).toBeInstanceOf(PermanentError);
    });

    it('waits where it is asked to, not for ever', async () => {
      opened.far.behave('ask-to-wait');
      const failure = await failureOf(deliver());
      expect(failure).toBeInstanceOf(RetryLaterError);
      expect((failure as RetryLaterError).delayMs).toBeGreaterThanOrEqual(1000);
      expect((failure as RetryLaterError).delayMs).toBeLessThanOrEqual(600_000);
    });

    it('may try again after a failure, and is taken then', async () => {
      opened.far.behave('fail');
      const failure = await failureOf(deliver());
      expect(failure).not.toBeInstanceOf(PermanentError);
      opened.far.behave('take');
      await deliver();
    });

    may('redirect', 'goes nowhere but where it was sent', async () => {
      opened.far.behave('redirect');
      expect(await failureOf(deliver())).toBeInstanceOf(PermanentError);
    });

    it('may try again where the connection is cut', async () => {
      opened.far.behave('cut');
      const failure = await failureOf(deliver());
      expect(failure).not.toBeInstanceOf(PermanentError);
    });

    it('waits no longer than it was told for an answer that does not come', async () => {
      await openWith(300);
      opened.far.behave('say-nothing');
      expect(await failureOf(deliver())).not.toBeInstanceOf(PermanentError);
    }, 60_000);

    may(
      'drip',
      'nor for one that comes a little at a time',
      async () => {
        await openWith(300);
        opened.far.behave('drip');
        expect(await failureOf(deliver())).not.toBeInstanceOf(PermanentError);
      },
      60_000,
    );

    may(
      'flood',
      'reads no more of an answer than it can use',
      async () => {
        opened.far.behave('flood');
        if (traits.readsNoBody) await deliver();
        else expect(await failureOf(deliver())).not.toBeInstanceOf(PermanentError);
      },
      60_000,
    );

    may('talk-nonsense', 'does not take nonsense for a receipt', async () => {
      opened.far.behave('talk-nonsense');
      if (traits.readsNoBody) expect(await deliver()).toEqual({});
      else expect(await failureOf(deliver())).not.toBeInstanceOf(PermanentError);
    });

    it('stops when it is told to, with the reason it was given', async () => {
      await openWith(60_000);
      opened.far.behave('say-nothing');
      const controller = new AbortController();
      const delivery = deliver(traits.to, controller.signal);
      setTimeout(() => controller.abort(new Error('closing down')), 100);
      await expect(delivery).rejects.toThrow('closing down');
    }, 60_000);
  });
}
