import type { CapabilitySource, RelayTarget } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import type { CapabilityIo } from './capability-io.ts'
import { runCommand } from './command.ts'
import { openControlPlane } from './control-plane.ts'
import { CapabilityFailure, MissingCapability } from './failures.ts'
import { poll } from './poll.ts'

/** A verification code that was sent. `transport` is `sms` or `voice`; `at` is milliseconds since the epoch. */
export interface DeliveredCode {
  readonly number: string
  readonly transport: string
  readonly code: string
  readonly at: number
}

/** How the suite learns the codes that confirm a number. */
export interface VerificationCodes {
  /** The digits of the code sent last to the number by that transport; waits for it as long as for a push. */
  latest(number: string, transport: string): Promise<string>
  /** Every code sent to the number so far, oldest first. Throws MissingCapability unless there is a control plane. */
  sent(number: string): Promise<readonly DeliveredCode[]>
}

/** The adapter of the target's `verificationCode`; without one both members throw MissingCapability. */
export function createVerificationCodes(target: RelayTarget, io: CapabilityIo): VerificationCodes {
  const source = target.capabilities.verificationCode
  if (source === null) {
    return { latest: () => missing('verificationCode'), sent: () => missing('sentCodes') }
  }
  return source.kind === 'mock-control'
    ? controlled(source.url, target, io)
    : { latest: (number, transport) => given(source, number, transport), sent: () => missing('sentCodes') }
}

const sentCodes = answerReader<{ readonly codes: readonly DeliveredCode[] }>('codes')

function controlled(url: string, target: RelayTarget, io: CapabilityIo): VerificationCodes {
  const plane = openControlPlane('verificationCode', url, target)
  const sent = async (to: string) => {
    const { codes } = await plane.get(`/codes?number=${encodeURIComponent(to)}`, sentCodes)
    return codes.map(({ number, transport, code, at }) => ({ number, transport, code, at }))
  }
  const latest = async (number: string, transport: string) => {
    const look = async () => (await sent(number)).filter((code) => code.transport === transport).at(-1)
    const found = await poll(look, (code) => code !== undefined, { forMs: target.timeouts.pushMs, io })
    if (found === undefined) {
      const got = (await sent(number)).map((code) => code.transport).join(', ')
      throw new CapabilityFailure(
        `verificationCode: expected a code to ${number} by ${transport}, got ${got === '' ? 'none' : `codes by ${got}`}`,
      )
    }
    return digits(found.code)
  }
  return { latest, sent }
}

type GivenCodeSource = Exclude<CapabilitySource, { readonly kind: 'mock-control' }>

async function given(source: GivenCodeSource, number: string, transport: string): Promise<string> {
  switch (source.kind) {
    case 'fixed':
      return source.value
    case 'command':
      return digits(
        await runCommand({ what: 'verificationCode', command: source.command }, [number, transport]),
      )
    default:
      return source satisfies never
  }
}

/** A code as it may be shown or read out: digits, alone or with separators between them (E-54). */
const SHOWN_CODE = /^[0-9]+(?:[-., ]+[0-9]+)*$/

/** The digits of a code without the separators: `123-456` of a display, `1,2,3,4,5,6` of speech. */
export function codeDigits(shown: string): string | null {
  return SHOWN_CODE.test(shown) ? shown.replace(/[^0-9]/g, '') : null
}

function digits(printed: string): string {
  const code = codeDigits(printed)
  if (code !== null) return code
  throw new CapabilityFailure(
    `verificationCode: expected decimal digits, got ${printed.length} characters that are something else`,
  )
}

function missing(capability: 'verificationCode' | 'sentCodes'): Promise<never> {
  return Promise.reject(new MissingCapability(capability))
}
