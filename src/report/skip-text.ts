import type { Skip } from '#evidence/step-evidence.ts'

/** What a skip says: what was missing, and in a sentence with what would enable it, or with what was seen. */
interface SkipWords {
  readonly missing: (name: string) => string
  readonly said: (skip: Skip) => string
}

const WORDS: Readonly<Record<Skip['code'], SkipWords>> = {
  capability: { missing: (name) => `capability ${name}`, said: without },
  risk: { missing: (name) => `risk ${name}`, said: without },
  dialect: { missing: (name) => `dialect ${name}`, said: without },
  absent: {
    missing: (name) => `${name}, declared absent`,
    said: ({ enable }) => `declared absent: ${enable}`,
  },
  open: {
    missing: (name) => `left open by ${name}`,
    said: ({ name, enable }) => `left open by ${name}: ${enable}`,
  },
  'given-up': {
    missing: (name) => `${name}, given up`,
    said: ({ name, enable }) => `given up, for ${name} fails for every party: ${enable}`,
  },
  unimplemented: {
    missing: (name) => `${name}, not implemented`,
    said: ({ name, enable }) => `not implemented: ${name}: ${enable}`,
  },
  budget: {
    missing: (name) => `the budget (${name})`,
    said: ({ name, enable }) => `not begun: the budget was spent (${name}); to go on: ${enable}`,
  },
}

/** What skipped scenarios would have needed: `capability pushes`. */
export function missingText({ code, name }: Skip): string {
  return WORDS[code].missing(name)
}

/** Why scenarios were skipped, behind their number: `without capability pushes; capabilities.pushes: …`. */
export function skipText(skip: Skip): string {
  return WORDS[skip.code].said(skip)
}

function without({ code, name, enable }: Skip): string {
  return `without ${code} ${name}; ${enable}`
}
