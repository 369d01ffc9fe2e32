import { defineMock } from './define-mock.ts'
import { commandRunner } from './run-commands.ts'

export { writingProcess } from './writing-process.ts'

/**
 * The command line of `touchstone mock` alone. `npm run build:mock` joins it with all that it imports, here and in a
 * few files under `mock/`, for Node spends a millisecond and more on every file. The rest of the program shares none
 * of these: its steps are loaded one by one, and must find the modules that the run has.
 */
export const commandLine = commandRunner([defineMock])
