import { percentNormal } from '#protocol/percent.ts'
import { objectOf } from './lookup.ts'
import { takeSnapshot } from './mailbox-reading.ts'
import type { MailboxPart } from './mailbox-parts.ts'
import type { Mailbox } from './mailbox.ts'
import { OBJECT, referenceOf } from './object-references.ts'
import type { MStoreSession } from './session.ts'
import { differences, type Snapshot } from './snapshot.ts'

/** A part of a mailbox, and what may have changed: lines of its snapshot, or objects, and what they must then be. */
interface UnchangedPart {
  readonly part: MailboxPart
  readonly exceptions?: Readonly<Record<string, string>>
}

/** Asserts that a part of a mailbox is what it was when the scenario looked at it. */
export async function assertUnchanged(
  session: MStoreSession,
  mailbox: Mailbox,
  { part, exceptions = {} }: UnchangedPart,
): Promise<void> {
  const before = mailbox.known(part)
  const except = linesOf(mailbox, before, exceptions)
  const changes = differences(before, await takeSnapshot(session, mailbox, part), except)
  const expected = except.size === 0 ? 'as before' : `as before but for ${[...except.keys()].join(', ')}`
  session.check.that({
    thing: `${mailbox.name}'s ${part}`,
    expected,
    got: changes.length === 0 ? expected : changes.join('; '),
    lasting: {
      expected: except.size === 0 ? expected : `as before but for ${lastingNames([...except.keys()])}`,
      got: `a change of ${lastingNames(changes.map(lineOf))}`,
    },
    holds: changes.length === 0,
  })
}

/** The line of a snapshot that a difference is about. */
function lineOf(difference: string): string {
  return difference.replace(/: .*$/s, '')
}

/** The lines of a snapshot, those about objects without their paths, which the server chose. */
function lastingNames(lines: readonly string[]): string {
  const kinds = lines.map((line) => {
    const [folder = '', name = '', ...rest] = line.split(' ')
    const isObject = folder !== 'profile' && !/Occupied|Quota|Storage/.test(name)
    return isObject ? [folder, 'object', ...rest].join(' ') : line
  })
  return [...new Set(kinds)].toSorted().join(', ')
}

const IS_OBJECT = new RegExp(`^${OBJECT}$`)

/** An object stands for the lines about it, and for the counts of what the folders hold. */
function linesOf(mailbox: Mailbox, before: Snapshot, exceptions: Readonly<Record<string, string>>): Snapshot {
  const counts = [...before.keys()].filter((line) => /Occupied/.test(line))
  return new Map(
    Object.entries(exceptions).flatMap(([name, wanted]) => {
      if (!IS_OBJECT.test(name)) return [[name, wanted] as const]
      const { objectPath } = objectOf(mailbox, referenceOf(name))
      const lines = ['voicemails', 'greetings'].map((folder) => `${folder} ${percentNormal(objectPath)}`)
      return [...counts, ...lines, ...lines.map((line) => `${line} flags`)].map(
        (line) => [line, wanted] as const,
      )
    }),
  )
}
