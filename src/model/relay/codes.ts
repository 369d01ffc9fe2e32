import type { Ask, Values } from '../ask.ts'
import type { Draw } from '../draw.ts'
import { accountOf, withAccount } from './changes.ts'
import { allowed, type RelayOperation } from './operation.ts'
import type { AskMistake } from './refusals.ts'
import type { RelayState } from './state.ts'

const BAD_NUMBER = 400
const BAD_TRANSPORT = 415
const WRITING = 'RELAY-CODE-14'

/** Forms of a number that is badly formatted. */
const BAD_NUMBERS: Readonly<Record<string, string>> = {
  'with letters': 'RELAY-CODE-03',
  'followed by letters': 'RELAY-CODE-03',
  'behind a letter': 'RELAY-CODE-03',
  'with a blank': 'RELAY-CODE-03',
  'without its plus': WRITING,
  'three digits': WRITING,
}

/** Asking for a verification code. */
export const ASK_FOR_A_CODE: RelayOperation = {
  name: 'ask for a code',
  area: 'CODE',
  risks: ['sends'],
  basic: 'RELAY-CODE-01',
  weight: ({ known }) => (known.can.codes ? 9 : 1),
  choose: chosen,
  applies: (state, { party }) => party in state.accounts,
  situation: (state, { party, values }) => {
    if (values['number'] !== undefined) return 'a badly formatted number'
    if (values['transport'] === 'fax') return 'an unknown transport'
    return accountOf(state, party).devices.length === 0 ? 'a new number' : 'registered already'
  },
  situations: ['a new number', 'registered already', 'a badly formatted number', 'an unknown transport'],
  mistakes,
  leave: () => 'none',
  granted: (state, { party }) =>
    allowed(
      withAccount(state, party, (account) => ({ ...account, code: 'sent' })),
      'RELAY-CODE-01',
    ),
}

function chosen(state: RelayState, party: string, draw: Draw): Values {
  const { node, code } = accountOf(state, party)
  const isWaiting = code === 'sent'
  if (node === 'target' && draw.slip(isWaiting ? 35 : 10)) return { number: draw.oneOf(badNumbers(state)) }
  if (node === 'target' && draw.slip(isWaiting ? 25 : 3)) return { transport: 'fax' }
  return draw.chance(30) ? { transport: 'voice' } : {}
}

/** Which of these forms are bad in the dialect: the relay spec itself leaves open how many digits a number has, and its plus. */
function badNumbers({ known }: RelayState): readonly string[] {
  const isOpen = known.dialect === 'documented'
  return Object.keys(BAD_NUMBERS).filter((form) => !isOpen || BAD_NUMBERS[form] !== WRITING)
}

function mistakes({ known }: RelayState, { values: { number, transport } }: Ask): readonly AskMistake[] {
  const requirement = BAD_NUMBERS[number ?? '']
  if (requirement !== undefined)
    return [{ what: `a number ${number ?? ''}`, requirement, statuses: [BAD_NUMBER], mayCrash: false }]
  if (transport !== 'fax') return []
  const statuses = known.dialect === 'documented' ? [BAD_TRANSPORT] : [BAD_TRANSPORT, 422]
  return [{ what: 'an unknown transport', requirement: 'RELAY-CODE-04', statuses, mayCrash: false }]
}
