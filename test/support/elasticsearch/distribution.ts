import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const SOURCES = ['pom.xml', 'AnalysisCommonPlugin.java', 'ElasticsearchLauncher.java'];

/** Elasticsearch 9.5 is compiled for it. */
const LEAST_JAVA = 21;

/** The first resolve downloads some 60 MB. */
const RESOLVE_TIMEOUT_MS = 600_000;

const CACHE = resolve(import.meta.dirname, '../../../node_modules/.cache/elasticsearch');

/** What this machine would need for running Elasticsearch; the message says what is missing. */
export class ElasticsearchUnavailableError extends Error {
  override name = 'ElasticsearchUnavailableError';
}

/** Elasticsearch as it can be run: what a `java` needs to be told. */
export interface Distribution {
  readonly java: string;
  readonly classpath: string;
  /** Folder of Elasticsearch's own modules. */
  readonly modules: string;
  /** Where the JVM may keep the archive of loaded classes that makes its next start quicker. */
  readonly classArchive: string;
}

/**
 * Resolves Elasticsearch from its Maven artifacts, and compiles launcher and analysis module.
 *
 * Done once: the result is kept beside the installed packages, under a name that changes with the sources, the JDK
 * and the version. Two processes may do it at once; each works in a folder of its own and the first to finish wins.
 *
 * @throws {ElasticsearchUnavailableError} if `mvn` or a JDK of at least 21 is missing
 */
export async function resolveDistribution(): Promise<Distribution> {
  const home = await findJdk();
  const ready = join(CACHE, await keyOf(home));
  if (!isComplete(ready)) await build(home, ready);
  return {
    java: join(home, 'bin', 'java'),
    classpath: [join(ready, 'launcher.jar'), readFileSync(join(ready, 'classpath'), 'utf8')].join(delimiter),
    modules: join(ready, 'modules'),
    classArchive: join(ready, 'classes.jsa'),
  };
}

async function findJdk(): Promise<string> {
  const installed = '/usr/lib/jvm';
  const candidates = [
    process.env.JAVA_HOME,
    ...(existsSync(installed) ? readdirSync(installed).map((name) => join(installed, name)) : []),
  ];
  for (const home of candidates) {
    if (home !== undefined && (await javaVersion(home)) >= LEAST_JAVA) return home;
  }
  throw new ElasticsearchUnavailableError(`no JDK of at least ${LEAST_JAVA} in JAVA_HOME or ${installed}`);
}

/** Major version of the compiler under `home`; 0 where there is none, as in a bare runtime. */
async function javaVersion(home: string): Promise<number> {
  try {
    const { stdout } = await run(join(home, 'bin', 'javac'), ['-version']);
    return Number(/javac (\d+)/.exec(stdout)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

async function keyOf(jdk: string): Promise<string> {
  const hash = createHash('sha256').update(`${jdk}\n${await javaVersion(jdk)}\n`);
  for (const source of SOURCES) hash.update(readFileSync(join(import.meta.dirname, source)));
  return `${elasticsearchVersion()}-${hash.digest('hex').slice(0, 12)}`;
}

/** Version of the server, as the pom names it. */
function elasticsearchVersion(): string {
  const pom = readFileSync(join(import.meta.dirname, 'pom.xml'), 'utf8');
  const version = /<elasticsearch\.version>([^<]+)</.exec(pom)?.[1];
  if (version === undefined) throw new Error('pom.xml names no elasticsearch.version');
  return version;
}

/** Maven's own repository may have been emptied since. */
function isComplete(folder: string): boolean {
  if (!existsSync(join(folder, 'classpath'))) return false;
  return readFileSync(join(folder, 'classpath'), 'utf8')
    .split(delimiter)
    .every((jar) => existsSync(jar));
}

async function build(jdk: string, ready: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const scratch = mkdtempSync(join(CACHE, 'build-'));
  const work = join(scratch, 'distribution');
  try {
    const jars = await resolveJars(join(scratch, 'jars'));
    const isNetty = (jar: string) => /^(?:transport-netty4|netty-).*\.jar$/.test(basename(jar));
    const server = jars.filter((jar) => !isNetty(jar)).join(delimiter);

    const netty = join(work, 'modules', 'transport-netty4');
    mkdirSync(netty, { recursive: true });
    for (const jar of jars.filter(isNetty)) copyFileSync(jar, join(netty, basename(jar)));
    describeModule(netty, 'org.elasticsearch.transport.netty4.Netty4Plugin');

    const analysis = join(work, 'modules', 'analysis-common');
    mkdirSync(analysis);
    await compile(jdk, server, 'AnalysisCommonPlugin', join(analysis, 'analysis-common.jar'));
    describeModule(analysis, 'AnalysisCommonPlugin');

    await compile(jdk, server, 'ElasticsearchLauncher', join(work, 'launcher.jar'));
    writeFileSync(join(work, 'classpath'), server);
    publish(work, ready);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function resolveJars(output: string): Promise<string[]> {
  const pom = join(import.meta.dirname, 'pom.xml');
  try {
    await run('mvn', ['-q', '-B', '-f', pom, 'dependency:build-classpath', `-Dmdep.outputFile=${output}`], {
      timeout: RESOLVE_TIMEOUT_MS,
    });
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    if (code === 'ENOENT') throw new ElasticsearchUnavailableError('mvn is not installed');
    throw new ElasticsearchUnavailableError(`mvn could not resolve Elasticsearch: ${stdout?.slice(0, 2000)}`);
  }
  return readFileSync(output, 'utf8').trim().split(delimiter);
}

async function compile(jdk: string, classpath: string, className: string, jar: string): Promise<void> {
  const classes = `${jar}.classes`;
  const source = join(import.meta.dirname, `${className}.java`);
  await run(join(jdk, 'bin', 'javac'), ['-cp', classpath, '-d', classes, source]);
  await run(join(jdk, 'bin', 'jar'), ['cf', jar, '-C', classes, '.']);
  rmSync(classes, { recursive: true });
}

function describeModule(folder: string, className: string): void {
  const version = elasticsearchVersion();
  const properties = {
    description: basename(folder),
    name: basename(folder),
    version,
    classname: className,
    'java.version': LEAST_JAVA,
    'elasticsearch.version': version,
  };
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(join(folder, 'plugin-descriptor.properties'), lines.join(''));
}

/** Whoever comes second finds a complete folder and uses it; an incomplete one is no longer of use to anybody. */
function publish(work: string, ready: string): void {
  if (existsSync(ready) && !isComplete(ready)) rmSync(ready, { recursive: true, force: true });
  try {
    renameSync(work, ready);
  } catch (error) {
    if (!isComplete(ready)) throw error;
  }
}
