import type { Client } from '@elastic/elasticsearch';
import { errors } from '@elastic/elasticsearch';
import { describe, expect, it } from 'vitest';

import {
  type BulkOperation,
  BulkWriter,
  MissingAliasError,
} from '../../../src/adapters/elasticsearch/bulk-writer.ts';
import { StoreUnavailableError } from '../../../src/errors.ts';

/** One item as it arrived. */
interface Arrived {
  readonly action: string;
  readonly id: string;
  readonly document?: unknown;
}

type Answer = { status: number; error?: { type: string; reason: string } };
/** Answers each item of a request, or refuses the request. */
type Script = (items: readonly Arrived[], request: number) => Promise<readonly Answer[]> | readonly Answer[];

/** The far side, scripted: what limits and back-off do cannot be provoked on a real server at will. */
function scripted(script: Script) {
  const requests: Arrived[][] = [];
  const bulk = async ({ operations }: { operations: readonly string[] }) => {
    const items: Arrived[] = [];
    for (let line = 0; line < operations.length; line++) {
      const [action = '', { _id: id }] = Object.entries<{ _id: string }>(
        JSON.parse(operations[line] ?? ''),
      )[0] as [string, { _id: string }];
      if (action === 'delete') items.push({ action, id });
      else items.push({ action, id, document: JSON.parse(operations[++line] ?? '') });
    }
    requests.push(items);
    const answers = await script(items, requests.length);
    return { items: items.map(({ action }, index) => ({ [action]: answers[index] })) };
  };
  return { client: { bulk } as unknown as Client, requests };
}

const written: Script = (items) => items.map(() => ({ status: 201 }));
const FULL = { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'full' } };

const DISK_FULL = {
  status: 429,
  error: {
    type: 'cluster_block_exception',
    reason:
      'index [a] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]',
  },
};

function index(id: string, document: unknown = { id }): BulkOperation {
  return { action: 'index', alias: 'a', id, document };
}

function ids(requests: readonly (readonly Arrived[])[]): string[][] {
  return requests.map((items) => items.map(({ id }) => id));
}

function wholeRequestRefused(statusCode: number, type: string) {
  return new errors.ResponseError({
    statusCode,
    body: { error: { type, reason: type }, status: statusCode },
    headers: {},
    warnings: null,
    meta: {} as never,
  });
}

describe('what goes out together', () => {
  it('gathers the callers of one moment, and those that come while a request is under way', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { client, requests } = scripted(async (items, request) => {
      if (request === 1) await held;
      return items.map(() => ({ status: 201 }));
    });
    const writer = new BulkWriter(client);
    const first = [writer.write([index('1')]), writer.write([index('2')])];
    await expect.poll(() => requests.length).toBe(1);
    const later = ['3', '4', '5'].map((id) => writer.write([index(id)]));
    release();
    await Promise.all([...first, ...later]);
    expect(ids(requests)).toEqual([
      ['1', '2'],
      ['3', '4', '5'],
    ]);
  });

  it('keeps requests within their bounds of items and of bytes, and lets one large document through', async () => {
    const { client, requests } = scripted(written);
    const large = 'x'.repeat(400);
    const writer = new BulkWriter(client, { requestItems: 3, requestBytes: 300 });
    await writer.write([index('1'), index('2'), index('3'), index('4'), index('large', large), index('5')]);
    expect(ids(requests)).toEqual([['1', '2', '3'], ['4'], ['large'], ['5']]);
  });

  it('puts no two writes of one document into one request, unless the later replaces the earlier', async () => {
    const { client, requests } = scripted(written);
    const writer = new BulkWriter(client);
    const outcomes = await Promise.all([
      writer.write([index('1', 'old'), index('2')]),
      writer.write([index('1', 'new')]),
      writer.write([{ action: 'delete', alias: 'a', id: '1' }, index('3')]),
      writer.write([index('1', 'last')]),
    ]);
    expect(outcomes.flat()).toEqual(Array.from({ length: 6 }, () => 'written'));
    expect(requests.map((items) => items.map(({ id, document }) => [id, document]))).toEqual([
      [
        ['1', 'new'],
        ['2', { id: '2' }],
      ],
      [
        ['1', undefined],
        ['3', { id: '3' }],
      ],
      [['1', 'last']],
    ]);
  });

  it('makes callers wait outside while too much is pending, and loses nothing', async () => {
    const { client, requests } = scripted(written);
    const writer = new BulkWriter(client, { pendingBytes: 200, requestItems: 2 });
    const callers = Array.from({ length: 20 }, (_, i) => writer.write([index(`${i}`), index(`${i}b`)]));
    expect((await Promise.all(callers)).flat()).toHaveLength(40);
    expect(new Set(ids(requests).flat()).size).toBe(40);
  });
});

describe('what became of each', () => {
  it('tells every caller of its own items', async () => {
    const { client } = scripted((items) =>
      items.map(({ id }) => ({ status: { taken: 409, gone: 404 }[id] ?? 200 })),
    );
    const writer = new BulkWriter(client);
    const [one, other] = await Promise.all([
      writer.write([{ action: 'create', alias: 'a', id: 'taken', document: {} }, index('fine')]),
      writer.write([{ action: 'delete', alias: 'a', id: 'gone' }]),
    ]);
    expect(one).toEqual(['conflict', 'written']);
    expect(other).toEqual(['missing']);
  });

  it('refuses one caller’s document and writes the others’', async () => {
    const refused = {
      status: 400,
      error: { type: 'strict_dynamic_mapping_exception', reason: 'no such field' },
    };
    const { client } = scripted((items) => items.map(({ id }) => (id === 'bad' ? refused : { status: 201 })));
    const writer = new BulkWriter(client);
    const results = await Promise.allSettled([writer.write([index('bad')]), writer.write([index('good')])]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('names an alias that stands for no index', async () => {
    const gone = { status: 404, error: { type: 'index_not_found_exception', reason: 'no such index [a]' } };
    const writer = new BulkWriter(scripted(() => [gone]).client);
    await expect(writer.write([index('1')])).rejects.toThrow(MissingAliasError);
  });

  it('takes a block for something that passes', async () => {
    const blocked = {
      status: 403,
      error: {
        type: 'cluster_block_exception',
        reason: 'index [a] blocked by: [FORBIDDEN/8/index write (api)];',
      },
    };
    const writer = new BulkWriter(scripted(() => [blocked]).client);
    await expect(writer.write([index('1')])).rejects.toThrow(StoreUnavailableError);
  });
});

describe('a server without room', () => {
  const soon = { backOffMs: [1, 2, 4] };

  it('is sent the rejected items again and no others, before anything that came later', async () => {
    const { client, requests } = scripted((items, request) =>
      items.map(({ id }) => (request <= 2 && id === '2' ? FULL : { status: 201 })),
    );
    const writer = new BulkWriter(client, soon);
    const first = writer.write([index('1'), index('2'), index('3')]);
    await expect.poll(() => requests.length).toBeGreaterThan(0);
    const later = writer.write([index('2', 'newer')]);
    expect(await first).toEqual(['written', 'written', 'written']);
    await later;
    expect(ids(requests)).toEqual([['1', '2', '3'], ['2'], ['2'], ['2']]);
    expect(requests.at(-1)?.[0]?.document).toBe('newer');
  });

  it('is sent the whole request again where it took none of it', async () => {
    const { client, requests } = scripted((items, request) => {
      if (request === 1) throw wholeRequestRefused(429, 'es_rejected_execution_exception');
      return items.map(() => ({ status: 201 }));
    });
    expect(await new BulkWriter(client, soon).write([index('1'), index('2')])).toEqual([
      'written',
      'written',
    ]);
    expect(ids(requests)).toEqual([
      ['1', '2'],
      ['1', '2'],
    ]);
  });

  it('is left alone in the end, with the work kept for later, and serves the next caller', async () => {
    let isFull = true;
    const { client, requests } = scripted((items) => items.map(() => (isFull ? FULL : { status: 201 })));
    const writer = new BulkWriter(client, soon);
    const error = await writer.write([index('1')]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreUnavailableError);
    expect((error as StoreUnavailableError).reason).toMatch(/load and memory/);
    expect(requests).toHaveLength(4);
    isFull = false;
    expect(await writer.write([index('1')])).toEqual(['written']);
  });

  it('is not sent a request twice whose answer was lost', async () => {
    const { client, requests } = scripted(() => {
      throw new errors.ConnectionError('socket hang up');
    });
    await expect(new BulkWriter(client, soon).write([index('1')])).rejects.toThrow(StoreUnavailableError);
    expect(requests).toHaveLength(1);
  });
});

it('does not try again while the disk is full, and says so', async () => {
  const { client, requests } = scripted((items) => items.map(() => DISK_FULL));
  const refused = new BulkWriter(client).write([index('1')]);
  await expect(refused).rejects.toThrow(StoreUnavailableError);
  await expect(refused).rejects.toThrow('The disk of Elasticsearch is too full');
  expect(requests).toHaveLength(1);
});
