import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { VERSION } from '../../version.ts';

/** Groups of the API's routes, in the order in which they are shown. */
export const TAGS = {
  articles: 'Articles and what is counted of them',
  stories: 'Articles about one event, grouped',
  incidents: 'Incidents: their evidence, what was done, what is still to be done',
  corrections: 'What people have corrected, and how often the machine was right',
  reports: 'Press briefs, monthly reports, campaigns, policy documents',
  pipeline: 'Where articles come from, and what became of everything that was found',
} as const;
type Tag = keyof typeof TAGS;

/** How the API refuses or fails. */
export const problem = z
  .object({
    error: z.looseObject({
      code: z
        .string()
        .describe('For programs: `bad-query`, `not-found`, `role`, `store-unavailable` and so on'),
      message: z.string().describe('For people, in the language of the console'),
      details: z.array(z.string()),
    }),
  })
  .meta({ id: 'Problem' });

interface Described {
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly querystring?: z.ZodType;
  readonly params?: z.ZodType;
  readonly body?: z.ZodType;
  /** What a success carries; without it something that is not described further. */
  readonly answer?: z.ZodType;
  /** Default 200. */
  readonly status?: number;
  /** Content types that it may have instead. */
  readonly files?: readonly string[];
}

/**
 * What a route validates by and is described by in OpenAPI: one schema for both.
 *
 * Answers are described and not validated while they are sent: tests hold them to what is said here.
 */
export function described<S extends Described>({
  tag,
  summary,
  description,
  answer = z.unknown(),
  status = 200,
  files,
  ...input
}: S) {
  const content = Object.fromEntries((files ?? []).map((type) => [type, { schema: z.string() }]));
  const success =
    status === 204
      ? z.undefined().describe(summary)
      : { description: summary, content: { 'application/json': { schema: answer }, ...content } };
  const refused = { description: 'Refused', content: { 'application/json': { schema: problem } } };
  return {
    ...(input as { [K in keyof S & ('querystring' | 'params' | 'body')]: S[K] }),
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    response: { [status]: success, '4xx': refused, '5xx': refused } as Record<string, object>,
  };
}

/** Makes routes validate by what describes them, and gives the description at `/api/v1/openapi.json`. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(() => (data) => JSON.stringify(data));
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Nhịp Y tế',
        version: VERSION,
        description:
          'What the press says about the health sector: the same queries and the same numbers as the pages of the ' +
          'console. Times are ISO 8601 in UTC; days and hours that articles are counted by are those of Vietnam.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }, {}],
    },
    transform: (input) =>
      input.url.startsWith('/api/v1/')
        ? jsonSchemaTransform(input)
        : { schema: { hide: true }, url: input.url },
    transformObject: jsonSchemaTransformObject,
  });
  server.get('/api/v1/openapi.json', { config: { scoped: true }, schema: { hide: true } }, () =>
    server.swagger(),
  );
}
