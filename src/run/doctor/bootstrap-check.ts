import { enabling } from '#driver/capabilities/has-capability.ts'
import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import type { Subscriber } from '#driver/capabilities/subscribers.ts'
import { nafName } from '#driver/mstore/naf.ts'
import type { UbOutcome, UbStop } from '#driver/gba/bootstrap.ts'
import type { GbaSource, IsimSettings, MStoreTarget } from '#driver/target.ts'
import { parseAkaNonce } from '#protocol/gba/aka-digest.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { paceFor } from './asked.ts'
import { trialClient } from '../targets/mstore-trial-client.ts'
import { cardMistake, type CardMistake } from './card-mistakes.ts'
import { check, type DoctorCheck, type CheckOutcome } from './check.ts'
import type { MStoreFacts } from './mstore-facts.ts'

type Code =
  'subscribers' | 'credentials' | 'impi' | 'k' | 'opc' | 'exchanged' | 'card' | 'sqn' | 'bsf' | 'server'
type BootstrapOutcome = CheckOutcome<MStoreTarget, MStoreFacts, Code>

const GBA = ['capabilities', 'gba'] as const
const ISIM = [...GBA, 'isim'] as const

/** Whether the bootstrapping server takes the card, or credentials come from where the file says; which of its secrets is wrong where not. */
export const BOOTSTRAP_CHECK: DoctorCheck<MStoreTarget, MStoreFacts> = check<MStoreTarget, MStoreFacts, Code>(
  {
    name: 'bootstrap',
    needs: ['refusals'],
    risks: [],
    run: async (target): Promise<BootstrapOutcome> => {
      const { gba, subscribers, pin } = target.capabilities
      if (gba === null)
        return {
          kind: 'note',
          said: `not in the file, and nearly every scenario needs it: ${enabling('gba', 'mstore')}`,
        }
      const { capabilities } = trialClient(target, paceFor(target))
      try {
        const subscriber =
          subscribers === null
            ? { msisdn: target.mailbox ?? '', pin, sim: null }
            : await capabilities.subscribers.create()
        if (gba.kind === 'isim')
          return bootstrapped(target, gba, {
            outcome: await capabilities.gba.bootstrap(subscriber),
            subscriber,
          })
        await capabilities.gba.credentials(subscriber, nafName(target))
        return { kind: 'well', said: 'credentials are given', learned: { subscriber } }
      } catch (error) {
        if (!(error instanceof CapabilityFailure)) throw error
        return {
          kind: 'wrong',
          code: subscribers === null ? 'credentials' : 'subscribers',
          got: error,
        }
      }
    },
    advice: {
      subscribers: { blame: 'file', at: GBA, todo: () => 'correct the URL of the control plane' },
      credentials: {
        blame: 'file',
        at: GBA,
        todo: () => `write what gives credentials:  ${enabling('gba', 'mstore')}`,
      },
      impi: {
        blame: 'file',
        at: [...ISIM, 'impi'],
        todo: () => 'write the IMPI of a card that the bootstrapping server knows',
      },
      k: { blame: 'file', at: [...ISIM, 'k'], todo: () => 'correct K of the card' },
      opc: { blame: 'file', at: [...ISIM, 'opc'], todo: () => 'correct OPc of the card' },
      exchanged: { blame: 'file', at: [...ISIM, 'k'], todo: () => 'exchange the values of k and opc' },
      card: {
        blame: 'file',
        at: [...ISIM, 'k'],
        todo: () =>
          'write K and OPc of the very card that has this IMPI: one of the three is of another card',
      },
      sqn: {
        blame: 'file',
        at: [...ISIM, 'sqn'],
        todo: () => "write  sqn: '000000000000'  or what the card has accepted last",
      },
      bsf: {
        blame: 'file',
        at: [...GBA, 'bsf', 'url'],
        todo: () => 'correct the URL of the bootstrapping server, or start it',
      },
      server: {
        blame: 'target',
        at: [...GBA, 'bsf'],
        todo: () => 'look at the log of the bootstrapping server',
      },
    },
  },
)

/** What each end of a bootstrap says of the file. */
const STOPS: Readonly<Record<UbStop, Code>> = {
  'no-answer': 'bsf',
  unexpected: 'server',
  'unreadable-challenge': 'bsf',
  'mac-mismatch': 'card',
  'out-of-range': 'sqn',
  refused: 'server',
  'server-not-proved': 'server',
  'unreadable-info': 'server',
}

const CARD_CODES: Readonly<Record<CardMistake['which'], Code>> = { k: 'k', opc: 'opc', both: 'exchanged' }

function bootstrapped(
  target: MStoreTarget,
  gba: Extract<GbaSource, { readonly kind: 'isim' }>,
  { outcome, subscriber }: { readonly outcome: UbOutcome; readonly subscriber: Subscriber },
): BootstrapOutcome {
  if (outcome.kind === 'bootstrapped') {
    const isAhead = outcome.legs.some(({ kind }) => kind === 'resynchronisation')
    const said = isAhead
      ? 'done, after the network took up the SQN of the file'
      : 'done: IMPI, K, OPc and SQN are right'
    return { kind: 'well', said, learned: { subscriber } }
  }
  const mistake = outcome.cause === 'mac-mismatch' ? mistakeOf(outcome, gba.isim) : null
  if (mistake !== null) {
    const { which, said: got, right } = mistake
    const capabilities = { ...target.capabilities, gba: { ...gba, isim: { ...gba.isim, ...right } } }
    const mended = { ...target, capabilities }
    return { kind: 'wrong', code: CARD_CODES[which], got, mended, learned: { subscriber } }
  }
  const got =
    outcome.cause === 'mac-mismatch'
      ? 'the challenge of the network is for another card: its MAC is another under this K and OPc'
      : outcome.reason
  return { kind: 'wrong', code: codeOf(outcome), got }
}

/** A server that refuses to begin does not know the IMPI. */
function codeOf({ cause, legs }: Extract<UbOutcome, { readonly kind: 'stopped' }>): Code {
  const last = legs.at(-1)
  if (cause !== 'unexpected' || last?.kind !== 'opening' || last.result.kind !== 'answered')
    return STOPS[cause]
  const { status } = last.result.answer
  return status >= 400 && status < 500 ? 'impi' : STOPS[cause]
}

function mistakeOf({ legs }: UbOutcome, isim: IsimSettings): CardMistake | null {
  const result = legs.at(-1)?.result
  const header = result?.kind === 'answered' ? result.answer.header('WWW-Authenticate') : null
  const digest = parseChallenge(header ?? '')
  if (digest.kind === 'parse-error') return null
  const nonce = parseAkaNonce(digest.nonce)
  return nonce.kind === 'parse-error' ? null : cardMistake(isim, nonce)
}
