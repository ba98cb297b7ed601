import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FastifyInstance } from 'fastify';

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
  readonly components: object;
}

/** What is said of the API, and whether an answer is as it says. */
export async function readDescription(server: FastifyInstance) {
  const description: Description = (await server.inject('/api/v1/openapi.json')).json();
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(description, 'api');

  return {
    description,
    /** What of a JSON answer differs from its description; an answer that nobody described is a fault too. */
    faultsOf(url: string, answer: unknown, method = 'get', status = 200): readonly string[] {
      const path = templateOf(description, url.replace(/\?.*$/, ''));
      if (path === undefined) return ['no such path'];
      const pointer = [
        'paths',
        path,
        method,
        'responses',
        String(status),
        'content',
        'application/json',
        'schema',
      ];
      const validate = ajv.getSchema(`api#/${pointer.map(escaped).join('/')}`);
      if (validate === undefined) return ['no such answer'];
      return validate(answer)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    },
  };
}

/** The most literal path that fits. */
function templateOf({ paths }: Description, path: string): string | undefined {
  const fits = Object.keys(paths).filter((template) =>
    new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path),
  );
  return fits.sort((a, b) => a.split('{').length - b.split('{').length)[0];
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
