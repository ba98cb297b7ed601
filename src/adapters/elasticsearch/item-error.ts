import { errors, type estypes } from '@elastic/elasticsearch';

import { translate } from './elasticsearch-error.ts';

/** What one part of a request was refused with, as the client would have thrown it for a whole request, translated. */
export function itemError(error: estypes.ErrorCause, status: number): unknown {
  return translate(
    new errors.ResponseError({
      body: { error, status },
      statusCode: status,
      headers: {},
      warnings: null,
      // biome-ignore lint/suspicious/noExplicitAny: a part of a request has no connection of its own
      meta: {} as any,
    }),
  );
}
