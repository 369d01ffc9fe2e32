import { area, type Requirement } from '#protocol/register.ts'

/** Requirements of one class: why walks find few servers that violate them, in a few words. */
export interface OutOfReach {
  readonly name: string
  readonly reason: string
}

interface ReachClass extends OutOfReach {
  readonly has: (requirement: Requirement) => boolean
}

/** The classes, each with its requirements; a requirement is of the first that has it. docs/walks.md lists them. */
export const REACH_CLASSES: readonly ReachClass[] = [
  {
    name: 'limits',
    reason: 'walks have limiters refilled, and take a 413 as it comes',
    has: ({ needs }) => needs.includes('limits'),
  },
  {
    name: 'bootstrapping',
    reason: 'walks bootstrap as they should, or not at all',
    has: ({ id, needs }) => needs.includes('bsf') || area(id) === 'GBA',
  },
  {
    name: 'connections',
    reason: 'each request of a walk has an ordinary connection of its own',
    has: ({ id, needs }) => needs.includes('tls') || area(id) === 'TRANSPORT',
  },
  {
    name: 'sent codes',
    reason: 'walks use codes, and do not look at where they were sent',
    has: ({ needs }) => needs.includes('sentCodes'),
  },
  {
    name: 'staged',
    reason: 'a mock has to be brought to it, by its clock or its failures; walks leave mocks alone',
    has: ({ needs }) => needs.includes('mock'),
  },
  {
    name: 'open',
    reason: 'the specification leaves it open, and walks take it either way',
    has: ({ level, binds }) => level === 'MAY' || binds === 'client',
  },
  {
    name: 'exact status',
    reason: 'walks take any status that says the same',
    has: ({ exactStatus }) => exactStatus,
  },
  {
    name: 'spelling',
    reason: 'walks write each request in one spelling, and read any',
    has: ({ id }) => SPELT.includes(area(id)),
  },
  {
    name: 'samples',
    reason: 'a sample alone has it; walks compare what is with what was',
    has: ({ basis }) => basis === 'sample',
  },
]

const SPELT: readonly string[] = ['ENCODING', 'ERROR', 'URL']

/** What stands against finding violations of a requirement by walks; null where nothing does, so that more sequences may. */
export function outOfReach(requirement: Requirement): OutOfReach | null {
  return REACH_CLASSES.find(({ has }) => has(requirement)) ?? null
}
