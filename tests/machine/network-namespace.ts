import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Another network namespace, joined to this one by a cable: a telephone, as far as a server can see. */
export interface NetworkNamespace {
  /** The address of this side of the cable, where a server is to listen; of a block for documentation (RFC 5737). */
  readonly hostAddress: string
  /** What a program printed in there, and its exit code. */
  readonly run: (
    program: string,
    ...args: readonly string[]
  ) => Promise<{ readonly exitCode: number; readonly stdout: string }>
  readonly remove: () => void
}

const HOST_ADDRESS = '203.0.113.1'
const PHONE_ADDRESS = '203.0.113.2'

/** Makes a namespace, or says in one line why this machine does not permit it. */
export function networkNamespace(): NetworkNamespace | string {
  const taken = routeToCable()
  if (taken !== null) return taken
  const name = `touchstone-${process.pid}`
  const cable = `ts${process.pid}`
  const inside = ['netns', 'exec', name, 'ip']
  const steps: readonly (readonly string[])[] = [
    ['netns', 'add', name],
    ['link', 'add', `${cable}h`, 'type', 'veth', 'peer', 'name', `${cable}p`, 'netns', name],
    ['address', 'add', `${HOST_ADDRESS}/30`, 'dev', `${cable}h`],
    ['link', 'set', `${cable}h`, 'up'],
    [...inside, 'address', 'add', `${PHONE_ADDRESS}/30`, 'dev', `${cable}p`],
    [...inside, 'link', 'set', `${cable}p`, 'up'],
  ]
  const remove = (): void => {
    execFileSync('ip', ['netns', 'delete', name], { stdio: 'ignore' })
  }
  for (const [place, step] of steps.entries()) {
    const failure = failureOf(step)
    if (failure === null) continue
    if (place > 0) remove()
    return `ip ${step.slice(0, 2).join(' ')}: ${failure}`
  }
  return {
    hostAddress: HOST_ADDRESS,
    run: async (program, ...args) => {
      try {
        const { stdout } = await execute('ip', ['netns', 'exec', name, program, ...args])
        return { exitCode: 0, stdout }
      } catch (error) {
        const { code, stdout } = error as { readonly code: number; readonly stdout: string }
        return { exitCode: code, stdout }
      }
    },
    remove,
  }
}

/** Why the addresses of the cable are not free: this machine may be on a network of them. Null where they are. */
function routeToCable(): string | null {
  try {
    const routes = execFileSync('ip', ['route', 'show', 'to', 'match', HOST_ADDRESS], {
      stdio: 'pipe',
    }).toString()
    const other = routes.split('\n').find((route) => route !== '' && !route.startsWith('default'))
    return other === undefined ? null : `${HOST_ADDRESS} is routed already: ${other.trim()}`
  } catch (error) {
    return `ip route: ${(error as Error).message}`
  }
}

function failureOf(step: readonly string[]): string | null {
  try {
    execFileSync('ip', step, { stdio: 'pipe' })
    return null
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: Buffer; readonly message: string }
    return (stderr?.toString() || message).trim()
  }
}
