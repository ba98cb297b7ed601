import { afterEach, describe, expect, it } from 'vitest';

import { DrillRunner } from '../src/drill-runner.ts';
import { openLog } from '../src/logger.ts';

const NOW = new Date('2026-03-02T08:00:00.000Z');
const log = openLog({ level: 'silent', destination: 2 });

let runner: DrillRunner;
afterEach(() => runner.close());

/** A program that stands in for this one: its arguments come after what it is to do. */
function runnerOf(script: string): DrillRunner {
  runner = new DrillRunner([process.execPath, '-e', script, '--'], () => NOW, log);
  return runner;
}

const ended = () => expect.poll(() => runner.last()?.end, { timeout: 10_000 }).toBeDefined();

describe('a drill started from the console', () => {
  it('is asked for by the verb of the command line, and keeps what it says', async () => {
    expect(
      runnerOf('console.log(process.argv.slice(1).join(" "))').start({ by: 'Thu Hà', isReal: true }),
    ).toBe(true);
    await ended();
    expect(runner.last()).toEqual({
      startedAt: NOW.toISOString(),
      by: 'Thu Hà',
      isReal: true,
      said: 'drill --channels real\n',
      end: { at: NOW.toISOString(), outcome: 'passed' },
    });
  });

  it('has failed where a step failed, and another may begin', async () => {
    runnerOf('console.log(process.argv.at(-1)); process.exitCode = 1').start({ by: 'Lan', isReal: false });
    await ended();
    expect([runner.last()?.said, runner.last()?.end?.outcome]).toEqual(['log\n', 'failed']);
    expect(runner.start({ by: 'Lan', isReal: false })).toBe(true);
  });

  it('runs alone, and ends with the program', async () => {
    runnerOf('setInterval(() => {}, 1000)').start({ by: 'Lan', isReal: false });
    expect(runner.start({ by: 'Minh', isReal: true })).toBe(false);
    expect(runner.last()).toMatchObject({ by: 'Lan', isReal: false });
    await runner.close();
    expect(runner.last()?.end?.outcome).toBe('failed');
  });

  it('has failed where the program cannot be started', async () => {
    runner = new DrillRunner(['/nowhere/nhip-yte'], () => NOW, log);
    runner.start({ by: 'Lan', isReal: false });
    await ended();
    expect(runner.last()).toMatchObject({
      said: expect.stringContaining('ENOENT'),
      end: { outcome: 'failed' },
    });
  });
});
