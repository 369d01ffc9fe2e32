import { fromHex } from '#protocol/bytes.ts'
import { answerChallenge, type Challenge } from '#protocol/gba/aka.ts'
import { deriveOpc, opc, subscriberKey } from '#protocol/gba/milenage.ts'
import type { IsimSettings } from '#driver/target.ts'

/** K and OPc of a card, in hexadecimal. */
type CardSecrets = Pick<IsimSettings, 'k' | 'opc'>

/** What is wrong with the secrets of a card: which one, and how. */
export interface CardMistake {
  readonly which: 'k' | 'opc' | 'both'
  /** The mistake in words, without a digit of the secret. */
  readonly said: string
  /** What the secrets are. */
  readonly right: CardSecrets
}

const HEX_DIGITS = '0123456789abcdef'

/**
 * Which of a card's secrets is wrong, by a challenge of its network whose MAC is another under them: exchanged with each
 * other, OP in place of OPc, or one digit. Null where no such slip explains it: then either or both are another card's.
 */
export function cardMistake({ k, opc: code }: CardSecrets, challenge: Challenge): CardMistake | null {
  return candidates({ k, opc: code }).find(({ right }) => isOf(right, challenge)) ?? null
}

/** Every slip there may have been, the likeliest first. */
function candidates({ k, opc: code }: CardSecrets): readonly CardMistake[] {
  return [
    { which: 'both', said: 'k and opc are exchanged', right: { k: code, opc: k } },
    { which: 'opc', said: 'opc is OP, the code of the operator, not OPc', right: { k, opc: opcOf(k, code) } },
    ...slips(k).map(({ text, where }): CardMistake => {
      return { which: 'k', said: `k is wrong in ${where}`, right: { k: text, opc: code } }
    }),
    ...slips(code).map(({ text, where }): CardMistake => {
      return { which: 'opc', said: `opc is wrong in ${where}`, right: { k, opc: text } }
    }),
  ]
}

/** Whether a card with those secrets takes the challenge for one of its network. */
function isOf({ k, opc: code }: CardSecrets, challenge: Challenge): boolean {
  const keys = { k: subscriberKey(fromHex(k)), opc: opc(fromHex(code)) }
  return answerChallenge({ ...keys, sqn: 0 }, challenge).kind !== 'mac-mismatch'
}

function opcOf(k: string, op: string): string {
  return Buffer.from(deriveOpc(subscriberKey(fromHex(k)), fromHex(op))).toString('hex')
}

interface Slip {
  readonly text: string
  readonly where: string
}

/** The text with each digit another, and with each pair of neighbours exchanged. */
function slips(text: string): readonly Slip[] {
  return Array.from(text).flatMap((digit, at): readonly Slip[] => {
    const others = Array.from(HEX_DIGITS)
      .filter((other) => other !== digit)
      .map((other) => ({
        text: text.slice(0, at) + other + text.slice(at + 1),
        where: `digit ${at + 1}`,
      }))
    const next = text.charAt(at + 1)
    if (next === '') return others
    const exchanged = text.slice(0, at) + next + digit + text.slice(at + 2)
    return [...others, { text: exchanged, where: `digits ${at + 1} and ${at + 2}` }]
  })
}
