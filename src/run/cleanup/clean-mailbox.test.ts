import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Ledger } from '#driver/ledger.ts'
import type { Sim } from '#driver/capabilities/subscribers.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { awaitVoicemail } from '#steps/mstore/support/left-voicemails.ts'
import { pathOf } from '#steps/mstore/support/listing.ts'
import { objectsNow, type KeptMailbox } from '#steps/mstore/support/mailbox-as-it-is.ts'
import { UndoRegister } from '#steps/shared/support/undo-register.ts'
import { askControl } from '../../../tests/control-client.ts'
import { bareMStoreTarget } from '../../../tests/mstore-targets.ts'
import { cleanUp } from './clean-up.ts'
import { keptMailbox } from './clean-mailbox.ts'
import { beginLedger, pendingChanges } from './ledger-file.ts'

const MSISDN = '+15555558264'

let folder: string
let path: string
let mock: MStoreMock
let target: MStoreTarget

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-mailbox-'))
  path = join(folder, 'ledger.ndjson')
  mock = await startMStoreMock({ plain: true, seed: '1' })
  const card = (await askControl(mock.control, 'POST /subscribers', { msisdn: MSISDN }))
    .json as unknown as Sim
  target = {
    ...bareMStoreTarget({ gba: { kind: 'isim', ...card } }),
    ...{ url: mock.url, mailbox: MSISDN, allow: ['writes'] },
  }
  beginLedger(path, { protocol: 'mstore', startedAt: '2026-03-01T12:00:00Z', named: {} })
})

afterEach(async () => {
  await mock.close()
  rmSync(folder, { recursive: true })
})

function opened(): KeptMailbox {
  const kept = keptMailbox(target)
  if (kept === null) throw new Error('expected a mailbox')
  return kept
}

/** Leaves a voicemail as a program would, and gives its object path. */
async function left(): Promise<string> {
  const { json } = await askControl(mock.control, 'POST /voicemails', { msisdn: MSISDN })
  return String(json?.['objectPath'])
}

const pending = () => pendingChanges(readFileSync(path, 'utf8'), 'ledger.ndjson')
const cleaned = () => cleanUp(pending(), { path, targetOf: () => target })
const voicemails = async () => (await objectsNow(opened(), 'voicemails'))?.map(pathOf)

it('deletes a voicemail that a program left for a run which was killed, and no other', async () => {
  const own = await left()
  const { came } = await awaitVoicemail(opened(), new UndoRegister(new Ledger(path)))
  const ours = await left()
  came(ours)
  expect(await voicemails()).toHaveLength(2)
  expect(await cleaned()).toMatchObject([{ what: 'a voicemail that was left in the mailbox', why: null }])
  expect(await voicemails()).toEqual([own])
  expect(pending()).toEqual([])
})

it('names what came since a run was killed that had not seen its voicemail yet, and deletes nothing', async () => {
  await left()
  await awaitVoicemail(opened(), new UndoRegister(new Ledger(path)))
  const unseen = await left()
  expect(await cleaned()).toMatchObject([{ why: `came since: ${unseen}; delete what was left by hand` }])
  expect(await voicemails()).toHaveLength(2)
  expect(pending()).toHaveLength(1)
})

it('is done where no voicemail came', async () => {
  const undo = new UndoRegister(new Ledger(path))
  await awaitVoicemail(opened(), undo)
  expect(await undo.undoAll()).toEqual([])
  expect(pending()).toEqual([])
})
