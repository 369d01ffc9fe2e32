/** The parts of a mailbox that can be looked at by themselves. */
export const MAILBOX_PARTS = ['mailbox', 'profile', 'voicemails', 'greetings'] as const
export type MailboxPart = (typeof MAILBOX_PARTS)[number]
