import type { TakenApart } from '#evidence/taken-apart.ts'

/** What was taken apart, with every text of it as `redact` lets it be seen. */
export function redactParts(one: TakenApart, redact: (text: string) => string): TakenApart {
  return { ...one, parts: one.parts.map((part) => ({ ...part, text: redact(part.text) })) }
}
