import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import { enabling } from '#driver/capabilities/has-capability.ts'
import type { Subscriber } from '#driver/capabilities/subscribers.ts'
import { listAt } from '#driver/mstore/answers.ts'
import { finalResult, type Call } from '#driver/mstore/client.ts'
import { getProfile, search } from '#driver/mstore/operations.ts'
import { readingOf } from '#driver/mstore/readings.ts'
import type { MStoreTarget } from '#driver/target.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { endpointPath } from '#protocol/mstore/endpoints.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'
import { awaitVoicemail } from '#steps/mstore/support/left-voicemails.ts'
import { pathOf } from '#steps/mstore/support/listing.ts'
import { objectsNow } from '#steps/mstore/support/mailbox-as-it-is.ts'
import { Inconclusive } from '#steps/shared/support/check.ts'
import type { UndoRegister } from '#steps/shared/support/undo-register.ts'
import { keptMailbox } from '../cleanup/clean-mailbox.ts'
import { trialClient } from '../targets/mstore-trial-client.ts'
import { OLD_PIN_REASON, reasonAgainst } from '../targets/pin-trial.ts'
import { gotOf, isGranted, paceFor, statusOf } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'
import type { MStoreFacts } from './mstore-facts.ts'
import { nearerToRoot } from './nearer-to-root.ts'

type MStoreCheck = DoctorCheck<MStoreTarget, MStoreFacts>

const UNAUTHORIZED = 401
const FORBIDDEN = 403
const NOT_FOUND = 404
const NO_CONTENT = 204

/** Whether credentials are taken, and for a digest of which form. */
export const AUTHENTICATION_CHECK: MStoreCheck = check<
  MStoreTarget,
  MStoreFacts,
  'digest-uri' | 'refused' | 'elsewhere' | 'mailbox' | 'failed'
>({
  name: 'authentication',
  needs: ['NAF name', 'bootstrap'],
  risks: [],
  run: async (target, { subscriber }) => {
    const own = await call(target, subscriber, getProfile)
    if (isGranted(finalResult(own))) return { kind: 'well', said: 'the profile of the mailbox is served' }
    const got = `the profile got ${gotOf(finalResult(own))}`
    const status = statusOf(finalResult(own))
    if (status === NOT_FOUND)
      for (const url of nearerToRoot(target.url)) {
        const mended = { ...target, url }
        if (isGranted(finalResult(await call(mended, subscriber, getProfile))))
          return { kind: 'wrong', code: 'elsewhere', got, value: url, mended }
      }
    if (status !== UNAUTHORIZED)
      return { kind: 'wrong', code: [FORBIDDEN, NOT_FOUND].includes(status ?? 0) ? 'mailbox' : 'failed', got }
    const digestUri = target.digestUri === 'absolute' ? 'path' : 'absolute'
    const mended = { ...target, digestUri } as const
    const otherwise = await call(mended, subscriber, getProfile)
    return isGranted(finalResult(otherwise))
      ? {
          kind: 'wrong',
          code: 'digest-uri',
          got: `a digest for the ${target.digestUri} URI got 401`,
          value: digestUri,
          mended,
        }
      : { kind: 'wrong', code: 'refused', got: 'right as they are by the file, the credentials got 401' }
  },
  advice: {
    'digest-uri': { blame: 'file', at: ['digestUri'], todo: (form) => `write  digestUri: ${form}` },
    refused: {
      blame: 'file',
      at: ['capabilities', 'gba'],
      todo: () =>
        'write credentials that are of this mStore and not expired: B-TID and Ks_NAF of one bootstrap',
    },
    // One that challenges whatever path is asked for shows only to the right credentials where its own begin.
    elsewhere: { blame: 'file', at: ['url'], todo: (url) => `write  url: ${url}` },
    mailbox: {
      blame: 'file',
      at: ['mailbox'],
      todo: () => 'write the number whose credentials these are, as "+15551234567"',
    },
    failed: { blame: 'target', at: null, todo: () => 'look at the log of the mStore' },
  },
})

/** Whether there are voicemails where the file says so, or one comes when it is left. */
export const VOICEMAIL_CHECK: MStoreCheck = check<MStoreTarget, MStoreFacts, 'none' | 'fails' | 'not-left'>({
  name: 'voicemail',
  needs: ['authentication'],
  risks: [],
  run: async (target, { subscriber }, undo) => {
    const source = target.capabilities.voicemail
    if (source === null || subscriber === undefined)
      return { kind: 'note', said: `not in the file: ${enabling('voicemail', 'mstore')}` }
    if (source.kind === 'fixed') {
      const there = await voicemails(target, subscriber)
      return there === 0
        ? { kind: 'wrong', code: 'none', got: 'the inbox is empty' }
        : { kind: 'well', said: `${there} in the inbox` }
    }
    if (!target.allow.includes('writes')) return { kind: 'note', said: 'not tried: needs --allow writes' }
    try {
      return (await isLeft(target, subscriber, undo))
        ? { kind: 'well', said: 'one that is left is in the inbox' }
        : { kind: 'wrong', code: 'not-left', got: 'one that is left is not in the inbox' }
    } catch (error) {
      if (error instanceof Inconclusive) return { kind: 'note', said: `not tried: ${error.message}` }
      if (!(error instanceof CapabilityFailure)) throw error
      return { kind: 'wrong', code: 'fails', got: error }
    }
  },
  advice: {
    none: {
      blame: 'file',
      at: ['capabilities', 'voicemail'],
      todo: () => 'leave a voicemail in the mailbox, or write what does:  voicemail: { command: [PROGRAM] }',
    },
    fails: {
      blame: 'file',
      at: ['capabilities', 'voicemail'],
      todo: () => 'correct what leaves a voicemail',
    },
    'not-left': {
      blame: 'file',
      at: ['capabilities', 'voicemail'],
      todo: () => 'let it end only when the voicemail is there, in the mailbox of the file',
    },
  },
})

/** Whether the PIN of the file is that of the mailbox. */
export const PIN_CHECK: MStoreCheck = check<MStoreTarget, MStoreFacts, 'another'>({
  name: 'PIN',
  needs: ['authentication'],
  risks: ['writes'],
  run: async (target) => {
    const { mailbox, capabilities } = target
    if (capabilities.subscribers !== null)
      return { kind: 'well', said: 'each subscriber that is made comes with one' }
    if (capabilities.pin === null || mailbox === null)
      return { kind: 'note', said: `not in the file, so PINs are left alone: ${enabling('pin', 'mstore')}` }
    const reason = await reasonAgainst(trialClient(target, paceFor(target)).client, mailbox, capabilities.pin)
    return reason === OLD_PIN_REASON
      ? {
          kind: 'wrong',
          code: 'another',
          got: 'the PIN is not that of the mailbox: the mStore says Invalid OLD PIN',
        }
      : { kind: 'well', said: 'not refused as another' }
  },
  advice: {
    another: {
      blame: 'file',
      at: ['capabilities', 'pin'],
      todo: () => 'write the PIN of the mailbox, or leave pin out',
    },
  },
})

/** Whether greetings may be uploaded is for the file to say: nothing is uploaded to find out. */
export const GREETING_CHECK: MStoreCheck = check<MStoreTarget, MStoreFacts, never>({
  name: 'greeting',
  needs: ['authentication'],
  risks: [],
  run: ({ capabilities: { greeting } }) =>
    Promise.resolve(
      greeting
        ? { kind: 'well', said: 'may be uploaded' }
        : { kind: 'note', said: `may not be uploaded: ${enabling('greeting', 'mstore')}` },
    ),
  advice: {},
})

async function call(
  target: MStoreTarget,
  subscriber: Subscriber | undefined,
  request: (msisdn: string) => WireRequest,
): Promise<Call> {
  if (subscriber === undefined) throw new Error('expected a subscriber from the bootstrap, got none')
  return trialClient(target, paceFor(target)).client.call(request(subscriber.msisdn), { subscriber })
}

/** Whether a voicemail that is left can be seen; in the mailbox of the file it is deleted again. */
async function isLeft(target: MStoreTarget, subscriber: Subscriber, undo: UndoRegister): Promise<boolean> {
  const { capabilities } = trialClient(target, paceFor(target))
  const kept = target.capabilities.subscribers === null ? keptMailbox(target) : null
  if (kept === null) {
    const before = await voicemails(target, subscriber)
    await capabilities.voicemails.leave(subscriber)
    return (await voicemails(target, subscriber)) > before
  }
  const { before, came } = await awaitVoicemail(kept, undo)
  await capabilities.voicemails.leave(subscriber)
  const now = (await objectsNow(kept, 'voicemails'))?.map(pathOf) ?? []
  const [first, ...others] = now.filter((path) => !before.includes(path))
  if (first !== undefined && others.length === 0) came(first)
  return first !== undefined
}

/** How many voicemails the first page of a search has. */
async function voicemails(target: MStoreTarget, subscriber: Subscriber): Promise<number> {
  const { client } = trialClient(target, paceFor(target))
  const folder = { kind: 'folder', folderId: FOLDERS.voicemails.id, filter: null } as const
  const scope = simpleUrl(client.origin, endpointPath(subscriber.msisdn, folder))
  const request = search(subscriber.msisdn, { maxEntries: readingOf(target.dialect, 'pageSize'), scope })
  const result = finalResult(await client.call(request, { subscriber }))
  if (result.kind === 'failed' || result.answer.status === NO_CONTENT) return 0
  return listAt(result.answer, 'objectList.object')?.length ?? 0
}
