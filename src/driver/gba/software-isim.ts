import { fromHex } from '#protocol/bytes.ts'
import { type Card, type CardAnswer, type Challenge, answerChallenge, sqnNumber } from '#protocol/gba/aka.ts'
import { opc, sqn, subscriberKey } from '#protocol/gba/milenage.ts'
import type { IsimSettings } from '../target.ts'

/** A card in software. It remembers the greatest sequence number that it has accepted, as a real one does. */
export interface SoftwareIsim {
  readonly impi: string
  /** How the card answers a challenge; one that it accepts advances its number (3GPP TS 33.102, 6.3.3). */
  answer(challenge: Challenge): CardAnswer
}

/** A card with those secrets. Throws a RangeError when one of them is no hexadecimal text of its length. */
export function createSoftwareIsim(settings: IsimSettings): SoftwareIsim {
  const keys = {
    k: subscriberKey(fromHex(settings.k)),
    opc: opc(fromHex(settings.opc)),
  }
  let card: Card = { ...keys, sqn: sqnNumber(sqn(fromHex(settings.sqn))) }
  return {
    impi: settings.impi,
    answer: (challenge) => {
      const answer = answerChallenge(card, challenge)
      if (answer.kind === 'accepted') card = { ...card, sqn: answer.sqn }
      return answer
    },
  }
}
