import { listed } from './listing.ts'
import type { Mailbox } from './mailbox.ts'
import type { MStoreSession } from './session.ts'

/** Asserts that a party's voicemails or greetings differ in an attribute, or its challenges in their nonce. */
export async function assertDistinct(session: MStoreSession, things: string, word: string): Promise<void> {
  const [, name, kind] = /^(\w+)'s (voicemails|greetings|challenges)$/.exec(things) ?? []
  if (name === undefined) throw new Error(`things: expected those of a party; got "${things}"`)
  const mailbox = await session.mailbox(name)
  if (kind === 'challenges') assertFreshNonces(session, mailbox)
  else {
    const objects = await listed(session, mailbox, kind === 'voicemails' ? 'voicemails' : 'greetings')
    const values = objects.map(({ attributes }) => attributes.get(word) ?? 'none')
    const again = values.filter((value, index) => values.indexOf(value) !== index)
    session.check.that({
      thing: `${word} that several of ${things} have`,
      expected: 'none',
      got: again.join(', '),
      lasting: { got: 'one or more' },
      holds: again.length === 0,
    })
  }
}

function assertFreshNonces({ check }: MStoreSession, { challenges }: Mailbox): void {
  const nonces = challenges.map(({ nonce }) => nonce)
  check.count('different nonces', nonces.length, new Set(nonces).size)
}
