import type { OpenAPIV3_1 } from 'openapi-types';

/** One question that programs may ask, as its page shows it. */
export interface ApiOperation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly fields: readonly ApiField[];
  /** Content types of a success. */
  readonly answers: readonly string[];
}

export interface ApiField {
  readonly name: string;
  readonly where: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly usual?: string;
  readonly meaning?: string;
}

type Schema = OpenAPIV3_1.SchemaObject;

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The operations of a description, in its order. */
export function apiReference({ paths = {} }: OpenAPIV3_1.Document): ApiOperation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method];
      return operation === undefined ? [] : [operationOf(method, path, operation)];
    }),
  );
}

function operationOf(
  method: string,
  path: string,
  {
    tags = [],
    summary = '',
    description,
    parameters = [],
    requestBody,
    responses = {},
  }: OpenAPIV3_1.OperationObject,
): ApiOperation {
  const body = requestBody as OpenAPIV3_1.RequestBodyObject | undefined;
  const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  return {
    id: `${method}${path.replaceAll(/\W+/g, '-')}`,
    tag: tags[0] ?? '',
    method: method.toUpperCase(),
    path,
    summary,
    ...(description === undefined ? {} : { description }),
    fields: [
      ...(parameters as OpenAPIV3_1.ParameterObject[]).map((one) =>
        fieldOf(one.name, one.in, (one.schema ?? {}) as Schema, one.required === true, one.description),
      ),
      ...bodyFields(body?.content['application/json']?.schema as Schema | undefined),
    ],
    answers: Object.keys((success as OpenAPIV3_1.ResponseObject | undefined)?.content ?? {}),
  };
}

function bodyFields(schema: Schema | undefined): ApiField[] {
  if (schema === undefined) return [];
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? [])] as Schema[];
  const own = Object.entries(schema.properties ?? {}).map(([name, one]) =>
    fieldOf(name, 'body', one as Schema, schema.required?.includes(name) === true),
  );
  return [...own, ...parts.flatMap(bodyFields)];
}

function fieldOf(
  name: string,
  where: string,
  schema: Schema,
  isRequired: boolean,
  described?: string,
): ApiField {
  const meaning = described ?? schema.description;
  return {
    name,
    where,
    type: typeOf(schema),
    isRequired,
    ...(schema.default === undefined ? {} : { usual: String(schema.default) }),
    ...(meaning === undefined ? {} : { meaning }),
  };
}

function typeOf({ type, enum: values, items, anyOf }: Schema & { items?: unknown }): string {
  if (values !== undefined) return values.join(' | ');
  if (anyOf !== undefined) return anyOf.map((one) => typeOf(one as Schema)).join(' | ');
  if (type === 'array') return `${typeOf((items ?? {}) as Schema)}[]`;
  return Array.isArray(type) ? type.join(' | ') : (type ?? '');
}
