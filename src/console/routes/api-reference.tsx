import type { OpenAPIV3_1 } from 'openapi-types';

import { apiReference } from '../api/api-reference.ts';
import type { RouteContext } from '../server.ts';
import { ApiPage } from '../views/api-page.tsx';

/** What programs may ask, for people to read. */
export function apiReferenceRoutes({ server, pages }: RouteContext): void {
  server.get('/api/docs', { config: { scoped: true } }, async (request, reply) => {
    const operations = apiReference(server.swagger() as OpenAPIV3_1.Document);
    return pages.send(request, reply, <ApiPage operations={operations} />);
  });
}
