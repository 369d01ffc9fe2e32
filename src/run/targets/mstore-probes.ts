import type { GbaCredentials } from '#driver/capabilities/gba.ts'
import { createMStoreClient, finalResult, type MStoreClientOptions } from '#driver/mstore/client.ts'
import { nafName } from '#driver/mstore/naf.ts'
import { getFolder, getObject, getProfile } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import { newNumber, type RandomBytes } from '#driver/relay/parties.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { Answer, WireClient, WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { toHex } from '#protocol/bytes.ts'
import { formatBTid } from '#protocol/gba/b-tid.ts'
import { RAND_BYTES, rand } from '#protocol/gba/milenage.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import type { Probe } from './probe.ts'

const KEY_BYTES = 32
const CNONCE_BYTES = 16
const OBJECT_PATH_BYTES = 16

/**
 * What a mailbox holds, and an object that there is not, asked for without credentials, which is answered with a
 * challenge (mStore spec, Authentication), and with the digest of a B-TID that no server issued. Either may take as long
 * as the gateway's timeout where the mailbox does not exist.
 */
export function mStoreProbes(target: MStoreTarget, random: RandomBytes): readonly Probe[] {
  const { answerMs, gatewayMs } = target.timeouts
  const requests = requestsTo(target, random)
  const anonymous = requests.map((request): Probe => {
    const send = (wire: WireClient): Promise<WireResult> => wire.send(request)
    return { prober: 'no-credentials', operation: request.operation, send, mistake: challengeMistake }
  })
  const unissued = requests.map((request): Probe => {
    const send = callWithUnissued(target, request, random)
    const { operation } = request
    return { prober: 'unissued-credentials', operation, answerMs: Math.max(answerMs, gatewayMs), send }
  })
  return [...anonymous, ...unissued]
}

function requestsTo(target: MStoreTarget, random: RandomBytes): readonly WireRequest[] {
  const msisdn = target.mailbox ?? newNumber(random)
  return [
    getProfile(msisdn),
    getFolder(msisdn, { folderId: FOLDERS.voicemails.id, filter: 'Quota', form: 'plain' }),
    getObject(msisdn, toHex(random(OBJECT_PATH_BYTES))),
  ]
}

/** A call by the rules, with credentials in the right form. */
function callWithUnissued(target: MStoreTarget, request: WireRequest, random: RandomBytes): Probe['send'] {
  const naf = nafName(target)
  const credentials: GbaCredentials = {
    btid: formatBTid(rand(random(RAND_BYTES)), naf),
    key: random(KEY_BYTES),
    bootstrap: null,
  }
  const cnonce = toHex(random(CNONCE_BYTES))
  const notAsked = (): Promise<never> => Promise.reject(new Error('a probe brings its credentials'))
  const options: Omit<MStoreClientOptions, 'wire'> = {
    baseUrl: target.url,
    naf,
    gba: { credentials: notAsked, bootstrap: notAsked },
    cnonce: () => cnonce,
    unquoted: readingOf(target.dialect, 'unquotedParams'),
    uri: target.digestUri,
  }
  const subscriber = { msisdn: target.mailbox ?? '', pin: '', sim: null }
  return async (wire) =>
    finalResult(await createMStoreClient({ ...options, wire }).call(request, { subscriber, credentials }))
}

function challengeMistake(answer: Answer): string | null {
  const { status } = answer
  const expected = 'expected 401 with a Digest challenge, got'
  if (status !== 401) return `${expected} ${status}; is this an mStore?`
  const challenge = answer.header('WWW-Authenticate')
  if (challenge === null) return `${expected} 401 without WWW-Authenticate; is this an mStore?`
  return /(?:^|,)\s*digest\s/i.test(challenge) ? null : `${expected} 401 without one; is this an mStore?`
}
