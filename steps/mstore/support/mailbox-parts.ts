/** The parts of a mailbox that can be looked at by themselves. */
export const MAILBOX_PARTS = ['mailbox', 'profile', 'voicemails', 'greetings'] as const
/** A part of a mailbox that a step compares with what it was. */
export type MailboxPart = (typeof MAILBOX_PARTS)[number]

/** The part of that name; throws where there is none. */
export function mailboxPart(name: string): MailboxPart {
  const part = MAILBOX_PARTS.find((known) => known === name)
  if (part === undefined) throw new Error(`part: expected one of ${MAILBOX_PARTS.join(', ')}; got "${name}"`)
  return part
}
