import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['source', 'node', 'import', 'module', 'default']

const BESIDE_THE_CODE = '{src,mocks,steps}/**/*.test.{ts,tsx}'
const WITH_NOCK = '**/*.http.test.ts'
const SUITE =
  'tests/{bench,cli,dialects,docs,explore,faults,golden,house,machine,near,register,run}/**/*.test.ts'
/** Files that put modules of others in place of those which a worker's other files share. */
const WITH_OTHER_MODULES = ['tests/house/phrases.test.ts']

const WORLD = 'tests/{browser,ci,deployments,package,pages,site,third-party,wire}/**/*.test.ts'
/** Files whose target answers some requests never, so that each has a quarter of a second: too little beside other tests. */
const IMPATIENT = ['tests/third-party/textsecure-server.test.ts']

export default defineConfig({
  resolve: { conditions },
  // Node itself is given these: with `import` among them, what a package requires would resolve to its ES module.
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    sequence: { shuffle: true },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'threads',
    // Tests of the suite often wait for a child process: two workers use two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Of a group of one project the next file takes over the worker, and all that it has imported.
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [BESIDE_THE_CODE],
          exclude: [WITH_NOCK],
          setupFiles: ['tests/unit-boundaries.ts'],
          isolate: false,
        },
      },
      // nock patches node:http for its whole worker.
      {
        extends: true,
        test: {
          name: 'unit-http',
          include: [WITH_NOCK],
          exclude: ['node_modules', 'dist'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'suite',
          include: [SUITE],
          exclude: WITH_OTHER_MODULES,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'suite-alone', include: WITH_OTHER_MODULES, sequence: { groupOrder: 2 } },
      },
      // Its files measure pauses and memory, and use both cores by themselves.
      {
        extends: true,
        test: { name: 'long', include: ['tests/long/**/*.test.ts'], fileParallelism: false },
      },
      { extends: true, test: { name: 'world', include: [WORLD], exclude: IMPATIENT } },
      { extends: true, test: { name: 'world-alone', include: IMPATIENT, sequence: { groupOrder: 1 } } },
    ],
  },
})
