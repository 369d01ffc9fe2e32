import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'

/** Where the commands are put, joined into few files: loading one by one what a run needs takes a second. */
const FOLDER = 'dist/joined'

const STEPS = 'all-steps'

/** A module that imports all steps, in the order in which cucumber would. */
const allSteps = {
  name: STEPS,
  resolveId: (id) => (id === STEPS ? id : null),
  load: (id) => {
    if (id !== STEPS) return null
    const files = readdirSync('dist/steps', { recursive: true })
      .filter((file) => file.endsWith('.js'))
      .map((file) => resolve('dist/steps', file))
    return files
      .sort()
      .map((file) => `import ${JSON.stringify(file)}\n`)
      .join('')
  },
}

const PACKAGES = /^(?!#|\.|\/|[A-Za-z]:|all-steps)/

/** A file that a mock loads as it starts, for what it needs of these folders then. */
const mockFile = (name, folders, later) => ({
  name,
  test: new RegExp(`dist/(${folders})(?!(.*[./])?(${later})\\.js)`),
})

/** Chooses one of the two programs. */
const main = {
  input: 'dist/src/cli/main.js',
  external: [PACKAGES, './program.js', './mock-program.js'],
  output: { dir: FOLDER },
}

/** `touchstone mock`, in as few files as can be: Node spends a millisecond and more on every file. */
const mock = {
  input: 'dist/src/cli/mock-program.js',
  external: ['yaml'],
  preserveEntrySignatures: 'allow-extension',
  output: {
    dir: FOLDER,
    chunkFileNames: 'mock/[name].js',
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [
        mockFile('relay', 'mocks/relay/|src/protocol/relay/|src/cli/mock-relay', 'faults|variants'),
        mockFile(
          'mstore',
          'mocks/(mstore|bsf)/|src/protocol/(mstore|gba)/|src/cli/mock-mstore',
          'faults|variants',
        ),
        mockFile(
          'start',
          'mocks/(edge|engine)/|src/protocol/|src/cli/(authority-file|mock-start-options)',
          'issue|turns',
        ),
      ],
    },
  },
}

/** All other commands, and what the threads of a run load. */
const program = {
  input: { program: 'dist/src/cli/program.js', 'run-worker': 'dist/src/run/run-worker.js', steps: STEPS },
  plugins: [allSteps],
  external: [PACKAGES],
  output: { dir: FOLDER, chunkFileNames: 'parts/[name].js' },
}

export default [main, mock, program].map((part) => ({ platform: 'node', ...part }))
