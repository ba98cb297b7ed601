import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { PermanentError } from '../../errors.ts';

/** Names under which Chromium and its kin are installed, the freest first. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const TIMEOUT_MS = 60_000;
/** Of what the browser says when it fails. */
const MOST_SAID = 2000;

/**
 * A browser that opens one file and nothing else: no network, no profile that outlives it.
 *
 * The proxy is a port on which nobody listens, for everything, loopback included.
 */
const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--mute-audio',
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** Where a browser that prints is found. @param path  `CHROMIUM_PATH`; else the folders of `PATH` are looked through */
export function findChromium(path: string | undefined, env = process.env): string | undefined {
  if (path !== undefined) return isExecutable(path) ? path : undefined;
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens an HTML document in a headless browser of its own, which is gone afterwards with all that it wrote.
 *
 * @param html  one file that needs no other, with a policy inside that forbids to load any
 * @param flags  what makes the browser write the file that is wanted
 * @returns that file
 * @throws {PermanentError} `no-pdf` or `no-png` with what the browser said, where it wrote nothing
 * @throws the signal's reason, if it fires
 */
export async function writtenByChromium(
  browser: string,
  html: string,
  { flags, kind }: { readonly flags: (file: string) => readonly string[]; readonly kind: 'pdf' | 'png' },
  signal: AbortSignal,
): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), `nhip-yte-${kind}-`));
  try {
    const [page, file] = [join(folder, 'page.html'), join(folder, `page.${kind}`)];
    await writeFile(page, html);
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const said = await run(
      browser,
      [
        ...FLAGS,
        // Chromium refuses to start as root inside its sandbox, as in most containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--user-data-dir=${join(folder, 'profile')}`,
        ...flags(file),
        pathToFileURL(page).href,
      ],
      folder,
      bounded,
    );
    signal.throwIfAborted();
    try {
      return new Uint8Array(await readFile(file));
    } catch {
      throw new PermanentError(`no-${kind}`, `${browser} wrote nothing: ${said}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Resolves to the end of what it said, once it and its children have ended, by themselves or because they were told to. */
function run(browser: string, args: readonly string[], home: string, signal: AbortSignal): Promise<string> {
  let said = '';
  const child = spawn(browser, args, {
    // Its own group: a browser is many processes, and all of them must end.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' },
  });
  const end = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of them have ended.
    }
  };
  signal.addEventListener('abort', end, { once: true });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-MOST_SAID);
  });
  if (signal.aborted) end();
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => {
      signal.removeEventListener('abort', end);
      end();
      resolve(signal.aborted ? `it was ended, having said: ${said}` : said);
    });
  });
}
