import type { FileSource, RelayTarget, SentSource } from '../target.ts'
import { answerReader } from './answer-reader.ts'
import { appendedLines } from './appended-lines.ts'
import type { CapabilityIo } from './capability-io.ts'
import { runCommand } from './command.ts'
import { openControlPlane } from './control-plane.ts'
import { CapabilityFailure, MissingCapability } from './failures.ts'
import { poll } from './poll.ts'
import { printable } from '#evidence/printable.ts'

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
  /** Every code sent to the number so far, oldest first. Throws MissingCapability unless there is a control plane, or a file. */
  sent(number: string): Promise<readonly DeliveredCode[]>
}

/** The adapter of the target's `verificationCode`; without one both members throw MissingCapability. */
export function createVerificationCodes(target: RelayTarget, io: CapabilityIo): VerificationCodes {
  const source = target.capabilities.verificationCode
  if (source === null) {
    return { latest: () => missing('verificationCode'), sent: () => missing('sentCodes') }
  }
  switch (source.kind) {
    case 'mock-control':
      return listed(controlled(source.url, target), target, io)
    case 'file':
      return listed(written(source, io), target, io)
    case 'fixed':
    case 'command':
      return {
        latest: (number, transport) => given(source, { number, transport }, io),
        sent: () => missing('sentCodes'),
      }
    default:
      return source satisfies never
  }
}

const sentCodes = answerReader<{ readonly codes: readonly DeliveredCode[] }>('codes')

const sentCode = answerReader<CodeLine>('sent-code')

/** A code as a line of a file has it. */
interface CodeLine {
  readonly number: string
  readonly transport: string
  readonly code: string | number
  readonly at?: number
}

type Sent = VerificationCodes['sent']

function controlled(url: string, target: RelayTarget): Sent {
  const plane = openControlPlane('verificationCode', url, target)
  return async (to) => {
    const { codes } = await plane.get(`/codes?number=${encodeURIComponent(to)}`, sentCodes)
    return codes.map(({ number, transport, code, at }) => ({ number, transport, code, at }))
  }
}

function written(source: FileSource, { redact }: CapabilityIo): Sent {
  const lines = appendedLines(source, { what: 'verificationCode', reader: sentCode, redact })
  return async (to) =>
    (await lines.all())
      .filter(({ number }) => number === to)
      .map(({ number, transport, code, at = 0 }) => ({ number, transport, code: String(code), at }))
}

/** The codes of a list, the last of which is waited for. */
function listed(sent: Sent, target: RelayTarget, io: CapabilityIo): VerificationCodes {
  const latest = async (number: string, transport: string) => {
    const look = async () => (await sent(number)).findLast((code) => code.transport === transport)
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

type GivenCodeSource = Exclude<SentSource, { readonly kind: 'mock-control' | 'file' }>

async function given(
  source: GivenCodeSource,
  { number, transport }: Pick<DeliveredCode, 'number' | 'transport'>,
  { redact }: CapabilityIo,
): Promise<string> {
  switch (source.kind) {
    case 'fixed':
      return source.value
    case 'command':
      return digits(await runCommand({ ...source, what: 'verificationCode', redact }, [number, transport]))
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
  throw new CapabilityFailure(`verificationCode: expected decimal digits, got ${shownAs(printed)}`)
}

/** What was printed in place of a code, without its digits. */
function shownAs(printed: string): string {
  if (printed === '') return 'nothing'
  const beginning = printable(printed.replace(/[0-9]/g, '#').slice(0, SHOWN_CHARACTERS))
  return `${printed.length} characters that begin ${JSON.stringify(beginning)}`
}

const SHOWN_CHARACTERS = 40

function missing(capability: 'verificationCode' | 'sentCodes'): Promise<never> {
  return Promise.reject(new MissingCapability(capability))
}
