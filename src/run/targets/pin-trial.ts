import { randomBytes } from 'node:crypto'
import { connectionOf } from '#driver/connection.ts'
import { createMStoreCapabilities } from '#driver/capabilities/create-mstore-capabilities.ts'
import { createMStoreClient, finalResult, type MStoreClient } from '#driver/mstore/client.ts'
import { nafName } from '#driver/mstore/naf.ts'
import { changePin } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { secretsOf } from '#driver/target-secrets.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { createWireClient, type WireClient } from '#driver/wire-client.ts'
import { steadyNow } from '#driver/steady-now.ts'
import { PIN_REASON_HEADER, type PinReason } from '#protocol/mstore/pin.ts'
import { isNeeded, openUnlessSpent, type TrialResult, type TrialSetting } from './trial.ts'

const OLD_PIN_REASON: PinReason = 'Invalid OLD PIN'
const CNONCE_BYTES = 16

/**
 * Tries the PIN of the target file once, by changing it to itself. Only the reason that the old PIN is another convicts
 * the file; any other answer leaves it open.
 */
export async function tryPin(target: MStoreTarget, setting: TrialSetting): Promise<TrialResult> {
  const { mailbox, capabilities, places = {} } = target
  const { pin, subscribers } = capabilities
  const { seed } = setting
  if (pin === null || mailbox === null || subscribers !== null || !isNeeded('pin', target, setting))
    return { mistakes: {}, seed }
  const reason = await reasonAgainst(clientOf(target, setting), mailbox, pin)
  const place = places.pin ?? 'capabilities.pin'
  const mistake = `${place}: expected the PIN of the mailbox, got another: the mStore says ${OLD_PIN_REASON}`
  return { mistakes: reason === OLD_PIN_REASON ? { pin: mistake } : {}, seed }
}

async function reasonAgainst(client: MStoreClient, mailbox: string, pin: string): Promise<string | null> {
  const call = await client
    .call(changePin(mailbox, pin, pin), { subscriber: { msisdn: mailbox, pin, sim: null } })
    .catch(openUnlessSpent)
  const result = call === null ? null : finalResult(call)
  return result?.kind === 'answered' ? result.answer.header(PIN_REASON_HEADER) : null
}

function clientOf(target: MStoreTarget, { pace }: Pick<TrialSetting, 'pace'>): MStoreClient {
  const { url, timeouts } = target
  const secrets = secretsOf([target])
  const connection = connectionOf(target)
  const answerMs = timeouts.answerMs + timeouts.gatewayMs
  const wireTo = (baseUrl: string): WireClient =>
    createWireClient({
      ...connection,
      ...(baseUrl === url ? {} : { headers: [] }),
      ...{ baseUrl, answerMs, secrets, record: () => undefined, now: steadyNow },
      ...(pace === undefined ? {} : { pace }),
    })
  const cnonce = (): string => randomBytes(CNONCE_BYTES).toString('hex')
  const { gba } = createMStoreCapabilities(target, { secrets, clientOf: wireTo, cnonce })
  return createMStoreClient({
    baseUrl: url,
    naf: nafName(target),
    wire: wireTo(url),
    gba,
    cnonce,
    unquoted: readingOf(target.dialect, 'unquotedParams'),
    uri: target.digestUri,
  })
}
