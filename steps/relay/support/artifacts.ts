import { namedEntry } from '../../shared/support/named-entry.ts'
import { ANSWER_ROWS } from './answer-rows.ts'
import type { ArtifactExpectation } from './artifact-row.ts'
import { FRAME_ROWS } from './frames.ts'
import { assertNewKey, assertOwnKeys } from './key-ownership.ts'
import { MAC_ROWS, assertKeyParts } from './macs.ts'
import { NOTIFICATION_ROWS } from './notifications.ts'
import { PREKEY_ROWS } from './prekey-answers.ts'
import { HAND_OUT_ROWS, type OwnedDevice } from './prekey-hand-outs.ts'
import type { RelaySession } from './session.ts'
import { SIGNAL_ROWS } from './signal-fields.ts'

/** One row of a table about an artifact: a side of it, and what it must be. */
interface RelayRow {
  readonly side: string
  readonly wanted: string
}

type ArtifactAssertion = (
  session: RelaySession,
  row: RelayRow,
  match: readonly string[],
) => Promise<void> | void

/** What tables describe, by name, and how a row about it is asserted. */
const ARTIFACTS: readonly (readonly [name: RegExp, assert: ArtifactAssertion])[] = [
  [
    /^the answer$/,
    (session, { side, wanted }) => {
      namedEntry('side of the answer', ANSWER_ROWS, side)(session, wanted)
    },
  ],
  [
    /^the signal to (\w+)$/,
    (session, row, [, name = '']) =>
      namedEntry('side of a signal', SIGNAL_ROWS, row.side)(session, to(name, row)),
  ],
  [/^the frame to (\w+)$/, assertFrame],
  [/^the push(?:es)? to (\w+)$/, (session, row, [, name = '']) => assertKey(session, to(name, row))],
  [
    /^the notification to (\w+)$/,
    (session, row, [, name = '']) =>
      namedEntry('side of a notification', NOTIFICATION_ROWS, row.side)(session, to(name, row)),
  ],
  [
    /^the prekey of (\w+)('s second device)?$/,
    (session, { side, wanted }, match) =>
      namedEntry('side of a prekey', PREKEY_ROWS, side)(session, owned(session, match), wanted),
  ],
  [
    /^(\w+)'s( second device's)? next prekeys$/,
    (session, { side, wanted }, match) =>
      namedEntry('side of prekeys', HAND_OUT_ROWS, side)(session, owned(session, match), wanted),
  ],
]

/** Asserts what each row of a table says of an artifact; throws where there is none of that name. */
export async function assertArtifactRows(
  session: RelaySession,
  artifact: string,
  rows: readonly (readonly [side: string, wanted: string])[],
): Promise<void> {
  for (const [name, assert] of ARTIFACTS) {
    const match = name.exec(artifact)
    if (match === null) continue
    for (const [side, wanted] of rows) await assert(session, { side, wanted }, match)
    return
  }
  throw new Error(
    `artifact: expected one of ${ARTIFACTS.map(([name]) => name.source).join(', ')}; got "${artifact}"`,
  )
}

function to(name: string, { wanted }: RelayRow): ArtifactExpectation {
  return { name, wanted }
}

function owned(session: RelaySession, [, name = '', second]: readonly (string | undefined)[]): OwnedDevice {
  return { party: session.party(name), device: second === undefined ? 1 : 2 }
}

function assertFrame(
  session: RelaySession,
  row: RelayRow,
  [, name = '']: readonly string[],
): Promise<void> | void {
  if (row.side === 'MAC') return namedEntry('MAC', MAC_ROWS, row.wanted)(session, to(name, row))
  return namedEntry('side of a frame', FRAME_ROWS, row.side)(session, to(name, row))
}

function assertKey(session: RelaySession, { name, wanted }: ArtifactExpectation): Promise<void> {
  const party = session.party(name)
  const asserts: Readonly<Record<string, () => Promise<void>>> = {
    'the two parts of the signaling key': () => assertKeyParts(session, name),
    'the new signaling key alone': () => assertNewKey(session, party),
    'the one of its device alone': () => assertOwnKeys(session, party),
  }
  return namedEntry('key', asserts, wanted)()
}
