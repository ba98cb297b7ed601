import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LOOPBACK = '127.0.0.1';

/** HTTP servers on loopback that open one by one and close together. */
export class LoopbackServers {
  readonly #servers: Server[] = [];
  #nextPort: number;

  /** @param firstPort port of the first server, the next ones follow; 0 lets the system choose each */
  constructor(firstPort: number) {
    this.#nextPort = firstPort;
  }

  /**
   * @returns the origin it listens on
   * @throws {Error} `EADDRINUSE` if the port is taken
   */
  async listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    this.#servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#nextPort, LOOPBACK, resolve);
    });
    if (this.#nextPort !== 0) this.#nextPort += 1;
    return `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  }

  /** Breaks open connections: a client that hangs must not keep the newsroom alive. */
  async close(): Promise<void> {
    await Promise.all(
      this.#servers.map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
  }
}
