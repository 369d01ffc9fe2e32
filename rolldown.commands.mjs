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

/** What `touchstone mock` loads is joined already, into files that hold nothing else. */
const mockProgram = {
  name: 'mock-program',
  resolveId: (id) =>
    id === './mock-program.js' ? { id: '../src/cli/mock-program.js', external: true } : null,
}

export default {
  input: { main: 'dist/src/cli/main.js', 'run-worker': 'dist/src/run/run-worker.js', steps: STEPS },
  plugins: [allSteps, mockProgram],
  platform: 'node',
  external: [/^(?!#|\.|\/|[A-Za-z]:|all-steps)/],
  output: { dir: FOLDER, format: 'es', chunkFileNames: 'parts/[name].js' },
}
