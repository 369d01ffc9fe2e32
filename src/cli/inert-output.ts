import { Writable } from 'node:stream'
import { inertText } from '#report/machine/inert-text.ts'
import type { Environment } from './environment.ts'

/**
 * The environment of a command whose output is the log of a GitHub workflow: what it prints for people is no command there,
 * whatever a server said. What it writes for programs goes to `machine`.
 */
export function withInertOutput<Given extends Pick<Environment, 'env' | 'stdout' | 'stderr'>>(
  environment: Given,
): Given & Pick<Environment, 'machine'> {
  if (environment.env['GITHUB_ACTIONS'] !== 'true') return environment
  const { stdout, stderr } = environment
  return { ...environment, stdout: inert(stdout), stderr: inert(stderr), machine: stdout }
}

function inert(target: Writable): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      target.write(inertText(String(chunk)), done)
    },
  })
}
