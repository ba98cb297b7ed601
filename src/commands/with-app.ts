import { Readable } from 'node:stream';
import { readOperatorToken } from '../access/operator-token.ts';
import { type App, DataFolderBusyError, openApp } from '../app.ts';
import { type Config, loadConfig } from '../config.ts';
import { openLog } from '../logger.ts';
import { loadSettings } from '../settings.ts';

/** Opens the program for one question, without starting it, and closes it afterwards. */
export async function withApp<T>(ask: (app: App, config: Config) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  // Answers go to standard output; whatever is logged on the way must not mix with them.
  const log = openLog({ level: 'warn', destination: 2 });
  const app = await openApp(config, loadSettings(config.configDir, new Date()), log);
  try {
    return await ask(app, config);
  } finally {
    await app.close();
  }
}

/**
 * Answers from the data folder, or, where a running process owns it, from that process's console.
 *
 * @param path  of the console's API, with its query
 * @param body  what to post there; without it the path is only read
 * @throws {DataFolderBusyError} if the owner has no console to ask
 */
export function askStoreOrConsole<T>(
  fromStore: (app: App) => Promise<T>,
  path: string,
  body?: object,
): Promise<T> {
  return withAppOrConsole(fromStore, async (ask) => (await (await ask(path, body)).json()) as T);
}

/** Asks the console for a path; with a body it posts that. @throws where the answer is no success */
type AskConsole = (path: string, body?: object) => Promise<Response>;

/** The same for what takes more than one question. @throws {DataFolderBusyError} if the owner has no console to ask */
export async function withAppOrConsole<T>(
  fromStore: (app: App) => Promise<T>,
  fromConsole: (ask: AskConsole) => Promise<T>,
): Promise<T> {
  try {
    return await withApp(fromStore);
  } catch (error) {
    if (!(error instanceof DataFolderBusyError) || error.consoleUrl === undefined) throw error;
    const { consoleUrl } = error;
    const token = readOperatorToken(loadConfig(process.env).dataDir);
    return fromConsole((path, body) => askConsole(new URL(path, consoleUrl), body, token));
  }
}

async function askConsole(url: URL, body: object | undefined, token: string | undefined): Promise<Response> {
  const proof: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(
    url,
    body === undefined
      ? { headers: proof }
      : {
          method: 'POST',
          headers: { ...proof, 'content-type': 'application/json', origin: url.origin },
          body: JSON.stringify(body),
        },
  );
  return answered(response, `${url.pathname}${url.search}`);
}

/** Where a question goes beside this machine's program. */
export interface Remote {
  /** Address of a console; without it the program of the data folder is asked, or its archive. */
  readonly url?: string;
  readonly token?: string | undefined;
}

/**
 * Asks the API of a console: of the one named, of the running process that owns the data folder, or, where none runs,
 * of one made for this question. Whatever answers, it is the same code.
 *
 * @param read  reads the answer; what it came from is open until then
 * @throws where the answer is no success
 */
export async function askApi<T>(
  path: string,
  { url, token }: Remote,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  if (url !== undefined) return read(await askConsole(new URL(path, url), undefined, token));
  return withAppOrConsole(
    async (app) => {
      const console = await app.openConsole();
      try {
        const { statusCode: status, stream } = await injected(console, path);
        return await read(
          await answered(new Response(Readable.toWeb(stream()) as BodyInit, { status }), path),
        );
      } finally {
        await console.close();
      }
    },
    async (ask) => read(await ask(path)),
  );
}

function injected(console: Awaited<ReturnType<App['openConsole']>>, url: string) {
  return console.inject({ url, payloadAsStream: true });
}

async function answered(response: Response, path: string): Promise<Response> {
  if (response.ok) return response;
  const said: { error?: { message?: string; details?: string[] } } = await response.json().catch(() => ({}));
  const why = [said.error?.message, ...(said.error?.details ?? [])]
    .filter((one) => one !== undefined)
    .join(' ');
  throw new Error(`Answered ${response.status} to ${path}. ${why}`.trim());
}
