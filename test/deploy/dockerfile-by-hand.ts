import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

import dockerignoreModule from '@balena/dockerignore';
import { type Copy, DockerfileParser, type Env, type Instruction } from 'dockerfile-ast';

const run = promisify(execFile);

// The package is CommonJS, and its types name a default export that is the module itself.
const dockerignore = dockerignoreModule as unknown as typeof dockerignoreModule.default;

/** A user that owns nothing, as which the image's process runs; Debian's and Alpine's number of it. */
export const NOBODY = 65_534;

/** Who becomes somebody else must be root. */
export const CAN_CHANGE_USER = process.getuid?.() === 0;

/** What `docker build` would have left: a folder in place of the root of the image, and what the image says of itself. */
export interface HandMadeImage {
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly healthcheck: readonly string[];
  readonly stopSignal: string;
  /** What was copied from the build context, by path inside it. */
  readonly fromContext: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  readonly settings: Record<string, string>;
}

/** Variables of this machine that a build step needs to reach the registry's cache; npm's own of a running script not. */
const PASSED_ON =
  /^(PATH|HOME|TMPDIR|npm_config_(registry|cache|userconfig|globalconfig)|NODE_EXTRA_CA_CERTS)$|_proxy$/i;

/**
 * Carries out a Dockerfile without a daemon: each stage is a folder that stands for the root of its file system.
 *
 * The base image is this machine. Absolute paths in RUN mean the stage's folder; build and run time differ from the
 * real thing in the system around them, and in nothing that the Dockerfile says.
 *
 * @param context  the build context, a folder with Dockerfile and .dockerignore
 * @param base     empty folder for the stages, which the caller removes
 * @throws on an instruction that it does not know, and when a step fails
 */
export async function buildByHand(context: string, base: string): Promise<HandMadeImage> {
  const stages: Stage[] = [];
  const fromContext: string[] = [];
  const ignore = dockerignore().add(readFileSync(join(context, '.dockerignore'), 'utf8'));
  // The image's user has to get in.
  chmodSync(base, 0o755);

  const steps: Record<string, (step: Instruction, stage: Stage) => Promise<void> | void> = {
    WORKDIR(step, stage) {
      stage.workdir = inside(stage, argumentsOf(step)[0] ?? '/');
      mkdirSync(stage.workdir, { recursive: true });
    },
    COPY(step, stage) {
      const paths = argumentsOf(step);
      const target = inside(stage, paths.pop() ?? '.');
      const from = (step as Copy).getFromFlag()?.getValue();
      const source = from === undefined ? undefined : stages.find(({ name }) => name === from);
      for (const path of paths) {
        if (source !== undefined)
          cpSync(inside(source, path), destination(target, path), { recursive: true });
        else fromContext.push(...copyFromContext(context, path, destination(target, path), ignore));
      }
    },
    async RUN(step, stage) {
      const command = (step.getArgumentsContent() ?? '')
        .replaceAll(/(?<=\s)\/(?=[a-z])/g, `${stage.root}/`)
        .replaceAll(/\bchown node:node\b/g, CAN_CHANGE_USER ? `chown ${NOBODY}:${NOBODY}` : 'true');
      const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
      await run('sh', ['-euc', command], {
        cwd: stage.workdir,
        env: { ...Object.fromEntries(passed), npm_config_prefer_offline: 'true', ...stage.env },
      }).catch(({ message, stdout }) => {
        throw new Error(`${message}\n${stdout}`);
      });
    },
    ENV(step, stage) {
      for (const property of (step as Env).getProperties()) {
        stage.env[property.getName()] = property.getValue() ?? '';
      }
    },
  };
  for (const keyword of ['USER', 'STOPSIGNAL', 'ENTRYPOINT', 'CMD', 'HEALTHCHECK', 'EXPOSE', 'LABEL']) {
    steps[keyword] = (step, stage) => {
      stage.settings[keyword] = step.getArgumentsContent() ?? '';
    };
  }

  const file = DockerfileParser.parse(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  for (const step of file.getInstructions()) {
    const keyword = step.getKeyword();
    if (keyword === 'ARG') continue;
    if (keyword === 'FROM') {
      stages.push(newStage(base, argumentsOf(step)));
      continue;
    }
    const stage = stages.at(-1);
    const perform = steps[keyword];
    if (stage === undefined || perform === undefined) throw new Error(`Cannot carry out ${step.toString()}`);
    await perform(step, stage);
  }

  const image = stages.at(-1);
  if (image === undefined) throw new Error('The Dockerfile has no FROM');
  const { settings } = image;
  return {
    root: image.root,
    workdir: image.workdir,
    env: Object.fromEntries(
      Object.entries(image.env).map(([name, value]) => [name, localPath(image, value)]),
    ),
    user: settings.USER ?? 'root',
    entrypoint: execForm(settings.ENTRYPOINT),
    cmd: execForm(settings.CMD),
    healthcheck: execForm(/CMD\s+(\[.*\])$/s.exec(settings.HEALTHCHECK ?? '')?.[1]),
    stopSignal: settings.STOPSIGNAL ?? 'SIGTERM',
    fromContext,
  };
}

function newStage(base: string, [, , name]: readonly string[]): Stage {
  const root = join(base, name ?? 'image');
  mkdirSync(root);
  return { name: name ?? '', root, workdir: root, env: {}, settings: {} };
}

/** Without flags such as `--from`. */
function argumentsOf(step: Instruction): string[] {
  return step
    .getArguments()
    .map((argument) => argument.getValue())
    .filter((value) => !value.startsWith('--'));
}

function inside(stage: Stage, path: string): string {
  return path.startsWith('/') ? join(stage.root, path) : join(stage.workdir, path);
}

function localPath(stage: Stage, value: string): string {
  return value.startsWith('/') ? join(stage.root, value) : value;
}

/** COPY of a folder copies what is in it; of a file, into a folder whose name ends in a slash. */
function destination(target: string, path: string): string {
  return target.endsWith('/') ? join(target, path.split('/').at(-1) ?? '') : target;
}

function copyFromContext(
  context: string,
  path: string,
  target: string,
  ignore: ReturnType<typeof dockerignore>,
): string[] {
  const source = join(context, path);
  const files = statSync(source).isDirectory()
    ? readdirSync(source, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => join(file.parentPath, file.name))
    : [source];
  const kept = files.filter((file) => !ignore.ignores(relative(context, file)));
  if (kept.length === 0) throw new Error(`${path} is not in the build context: .dockerignore leaves it out`);
  for (const file of kept) cpSync(file, join(target, relative(source, file)));
  return kept.map((file) => relative(context, file));
}

/** The only form in which the program itself gets the signals, and no shell. */
function execForm(content: string | undefined): string[] {
  const parsed: unknown = JSON.parse(content ?? '[]');
  if (!Array.isArray(parsed)) throw new Error(`Not in exec form: ${content}`);
  return parsed.map(String);
}
