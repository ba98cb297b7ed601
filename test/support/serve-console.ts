/** Serves a console over a month of made-up press, for tools that ask a running one. The port is the argument. */
import { openTestConsole } from '../console/console-fixture.ts';

const fixture = await openTestConsole();
await fixture.seed();
process.stdout.write(`${await fixture.server.listen({ port: Number(process.argv[2] ?? 0) })}\n`);
