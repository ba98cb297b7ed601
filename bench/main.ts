/** `npm run bench -- NAME [ARGS]`: one benchmark, or all that need no data when no name is given. */
const BENCHES: Readonly<
  Record<string, () => Promise<{ run(argv: readonly string[]): Promise<void> | void }>>
> = {
  feeds: () => import('./feeds.ts'),
  extract: () => import('./extract.ts'),
  fuzz: () => import('./fuzz.ts'),
  polling: () => import('./polling.ts'),
  language: () => import('./language.ts'),
  'near-duplicates': () => import('./near-duplicates.ts'),
  stories: () => import('./stories.ts'),
  detection: () => import('./detection.ts'),
  forecast: () => import('./forecast.ts'),
  pipeline: () => import('./pipeline.ts'),
  scaling: () => import('./scaling.ts'),
  'archive-queries': () => import('./archive-queries.ts'),
  index: () => import('./index-throughput.ts'),
};

const [name, ...argv] = process.argv.slice(2);
if (name !== undefined && BENCHES[name] === undefined) {
  process.stderr.write(`No benchmark ${name}; there are ${Object.keys(BENCHES).join(', ')}\n`);
  process.exitCode = 2;
} else {
  for (const [each, load] of Object.entries(BENCHES)) {
    if (name !== undefined && name !== each) continue;
    process.stdout.write(`\n== ${each}\n`);
    const bench = await load();
    await bench.run(name === undefined ? [] : argv);
  }
}
