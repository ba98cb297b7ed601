import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { type Distribution, resolveDistribution } from './distribution.ts';

export { ElasticsearchUnavailableError } from './distribution.ts';

/** About 8 s on two free cores; the machine may be busy. */
const START_TIMEOUT_MS = 180_000;

/** How much of what it printed last is repeated when it does not start. */
const MAX_SHOWN_LINES = 40;

/** A real Elasticsearch of one node, without security, on loopback. */
export interface RunningElasticsearch {
  readonly url: string;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
  /** Ends it without warning, as `kill -9` or a power cut does; its data stays. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same port, having stopped it first if it still runs. */
  restart(): Promise<void>;
}

/**
 * Starts a real Elasticsearch on a free port, with a home folder of its own under the temporary folder.
 *
 * @throws {ElasticsearchUnavailableError} if `mvn` or a JDK of at least 21 is missing
 */
export async function startElasticsearch(): Promise<RunningElasticsearch> {
  const distribution = await resolveDistribution();
  const home = mkdtempSync(join(tmpdir(), 'nhip-yte-elasticsearch-'));
  for (const folder of ['config', 'plugins']) mkdirSync(join(home, folder));
  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  try {
    let server = await launch(distribution, home, 0);
    const { port } = server;
    return {
      url: `http://127.0.0.1:${port}`,
      kill: () => end(server.process, 'SIGKILL'),
      async restart() {
        await end(server.process, 'SIGTERM');
        server = await launch(distribution, home, port);
      },
      async stop() {
        await end(server.process, 'SIGTERM');
        removeHome();
      },
    };
  } catch (error) {
    removeHome();
    throw error;
  }
}

interface Launched {
  readonly process: ChildProcess;
  readonly port: number;
}

async function launch(distribution: Distribution, home: string, port: number): Promise<Launched> {
  const { java, classpath, modules, classArchive } = distribution;
  const child = spawn(
    java,
    [
      '-Xms512m',
      '-Xmx1g',
      '-XX:+UseSerialGC',
      '-XX:+AutoCreateSharedArchive',
      `-XX:SharedArchiveFile=${classArchive}`,
      '--enable-native-access=ALL-UNNAMED',
      '-cp',
      classpath,
      'ElasticsearchLauncher',
      home,
      modules,
      String(port),
    ],
    // Its standard input stays open as long as we live, and tells it when we are gone.
    { stdio: ['pipe', 'pipe', 'pipe'], cwd: home },
  );
  try {
    return { process: child, port: await whenReady(child) };
  } catch (error) {
    await end(child, 'SIGKILL');
    throw error;
  }
}

function whenReady(child: ChildProcess): Promise<number> {
  const printed: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`Elasticsearch ${reason}:\n${printed.slice(-MAX_SHOWN_LINES).join('\n')}`));
    const timer = setTimeout(() => fail(`did not start within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    const hear = (line: string) => {
      printed.push(line);
      if (printed.length > MAX_SHOWN_LINES) printed.shift();
      const port = /^READY (\d+)$/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', hear);
    }
    child.on('error', (error) => fail(`cannot be run (${error.message})`));
    child.on('close', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await ended;
}
