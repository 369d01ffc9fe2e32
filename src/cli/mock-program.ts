import { defineMock } from './define-mock.ts'
import { commandRunner } from './run-commands.ts'

export { writingProcess } from './writing-process.ts'

/**
 * The command line of `touchstone mock` alone. The build joins it with all that it imports, here and in a few files
 * under `mock/`, for Node spends a millisecond and more on every file. The rest of the program shares none of these.
 */
export const commandLine = commandRunner([defineMock])
