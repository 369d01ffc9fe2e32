import { describe, expect, it } from 'vitest'
import { key, push, Story } from '../../../tests/relay-story.ts'

const TO_BOB = { to: 'Bob', as: 'message 1 of Alice' }
const OF_BOB = { of: 'Bob' }

/** Both parties registered, Bob with a tablet, each device of his with a push id. */
function withTablet(): Story {
  const story = Story.registered()
  story.ask('Bob add a device', { as: 'tablet' }, { device: 2 })
  story.ask('Bob set a push id', { as: 'push id 2 of Bob', device: 'tablet' })
  return story
}

describe('a limiter', () => {
  it.each(['Alice set a push id', 'Alice store prekeys', 'Alice clear a push id'])('may stop %s', (asked) => {
    expect(Story.registered().ask(asked, {}, { status: 413 })).toBeNull()
  })

  it.each([
    ['deployed', null],
    ['documented', 'RELAY-MESSAGE-01'],
  ] as const)('of the other node may answer 503 in the dialect %s', (dialect, requirement) => {
    const story = new Story({ dialect })
    story.ask('Alice register', { as: 'registration 1 of Alice' })
    story.ask('Bob register', { as: 'registration 1 of Bob', at: 'peer' })
    const send = (values = {}) => story.ask('Alice send messages', { ...TO_BOB, ...values }, { status: 503 })
    expect(send({ relay: 'peer' })).toBe(requirement)
    expect(send({ relay: 'peer', number: 'an unused number' })).toBe(requirement && 'RELAY-MESSAGE-28')
    const here = Story.registered({ dialect })
    expect(here.ask('Alice send messages', TO_BOB, { status: 503 })).toBe('RELAY-MESSAGE-01')
  })

  it('may stop a registration before its push id', () => {
    const story = new Story()
    const part = { status: 413, part: 'push id' as const }
    expect(story.ask('Alice register', { as: 'registration 1 of Alice' }, part)).toBeNull()
    expect(story.ask('Alice set a push id', { as: 'push id 1 of Alice' }, { status: 401 })).toBe(
      'RELAY-AUTH-01',
    )
  })
})

describe('a number whose first device unregisters', () => {
  it('may be unregistered with its other devices', () => {
    const cleared = () => {
      const story = withTablet()
      story.ask('Bob clear a push id', { id: 'registration 1' })
      return story
    }
    const ofTablet = { device: 'tablet' }
    expect(cleared().ask('Bob query the directory', ofTablet, { status: 401 })).toBeNull()
    const toBoth = { ...TO_BOB, devices: '1, tablet' }
    const nothingMissing = { status: 409, missing: [], extra: [1, 2] }
    expect(cleared().ask('Alice send messages', toBoth, nothingMissing)).toBeNull()
  })

  it('keeps its first device where another unregisters', () => {
    const story = withTablet()
    story.ask('Bob clear a push id', { device: 'tablet', id: '2' })
    expect(story.ask('Bob query the directory', {}, { status: 401 })).toBe('RELAY-AUTH-01')
  })
})

describe('a push id that is taken back', () => {
  const cleared = (id: string, status: number) =>
    Story.registered().ask('Bob clear a push id', { id }, { status })

  it('is named as it was set, and with another name may stay', () => {
    expect(cleared('registration 1', 404)).toBe('RELAY-PUSHID-09')
    expect(cleared('7', 404)).toBeNull()
    const story = Story.registered()
    story.ask('Bob clear a push id', { id: '7' })
    expect(story.ask('Alice send messages', TO_BOB)).toBeNull()
    expect(story.ask('Bob receive what was pushed', {}, { pushes: [push()] })).toBeNull()
  })
})

describe('the identity key of an account', () => {
  const fetched = (identityKey: string) => {
    const story = Story.registered()
    story.ask('Bob store prekeys', { as: 'set 2 of Bob' })
    const keys = [key('Bob 2, key 1', { identityKey })]
    return story.ask('Alice fetch prekeys', OF_BOB, { keys })
  }

  it('may be that of a later upload', () => {
    expect(fetched('Bob 3, last resort')).toBeNull()
    expect(fetched('Bob 1, last resort')).toBe('RELAY-KEYS-09')
    expect(fetched('Alice 3, last resort')).toBe('RELAY-KEYS-09')
  })
})

describe('an upload of a last resort key alone', () => {
  const upload = (dialect: 'documented' | 'deployed', count: string, status = 415) =>
    Story.registered({ dialect }).ask('Bob store prekeys', { as: 'set 1 of Bob', count }, { status })

  it('may be refused in the documented dialect', () => {
    expect(upload('documented', '0')).toBeNull()
    expect(upload('documented', '1')).toBe('RELAY-KEYS-01')
    expect(upload('documented', '0', 401)).toBe('RELAY-AUTH-01')
    expect(upload('deployed', '0')).toBe('RELAY-KEYS-01')
  })

  it('leaves the keys as they were where it is refused', () => {
    const story = Story.registered()
    story.ask('Bob store prekeys', { as: 'set 1 of Bob', count: '1' })
    story.ask('Bob store prekeys', { as: 'set 2 of Bob', count: '0' }, { status: 415 })
    const fetch = (name: string) => story.ask('Alice fetch prekeys', OF_BOB, { keys: [key(name)] })
    expect(fetch('Bob 2, last resort')).not.toBeNull()
    expect(fetch('Bob 1, key 1')).toBeNull()
  })
})

describe('a query without tokens', () => {
  it.each([
    ['documented', null],
    ['deployed', 'RELAY-DIRECTORY-01'],
  ] as const)('may be refused where the list is only shown with some in it: %s', (dialect, requirement) => {
    const query = (status: number, values = {}) =>
      Story.registered({ dialect }).ask('Alice query the directory', values, { status })
    expect(query(400)).toBe(requirement)
    expect(query(401)).toBe('RELAY-AUTH-01')
    expect(query(400, { contacts: 'Bob' })).toBe('RELAY-DIRECTORY-01')
  })
})

describe('a size that the relay spec does not name', () => {
  it.each([
    ['1000', 'RELAY-ATTACHMENT-07'],
    ['32768', null],
  ])('of a blob of %s bytes', (size, requirement) => {
    const story = Story.registered()
    story.ask('Alice allocate an attachment', { as: 'attachment 1 of Alice' })
    const upload = { attachment: 'attachment 1 of Alice', as: 'blob 1 of Alice', size }
    expect(story.ask('Alice upload to an attachment', upload, { status: 400 })).toBe(requirement)
  })

  it.each([
    ['25', 'RELAY-DIRECTORY-01'],
    ['26', null],
  ])('of a query for %s unused numbers', (unused, requirement) => {
    const asked = Story.registered().ask(
      'Alice query the directory',
      { 'unused numbers': unused },
      { status: 422 },
    )
    expect(asked).toBe(requirement)
  })
})

describe('an odd set that is accepted', () => {
  it.each([0, 1, 2])('for one device twice may be pushed %d times', (count) => {
    const story = Story.registered()
    story.ask('Alice send messages', { ...TO_BOB, devices: '1, 1' })
    const pushes = Array.from({ length: count }, () => push())
    expect(story.ask('Bob receive what was pushed', {}, { pushes })).toBeNull()
  })

  it('may be pushed under any type where its own is not listed', () => {
    const story = Story.registered()
    story.ask('Alice send messages', { ...TO_BOB, type: '128' })
    expect(story.ask('Bob receive what was pushed', {}, { pushes: [push({ type: '0' })] })).toBeNull()
  })

  it.each(['127', '0'])(
    'leaves the push to the same bytes of a type that is listed, pushed as %s',
    (type) => {
      for (const types of [
        ['128', '4'],
        ['4', '127'],
      ]) {
        const story = Story.registered()
        for (const each of types) story.ask('Alice send messages', { ...TO_BOB, type: each })
        const pushes = [push({ type: '4' }), push({ type })]
        expect(story.ask('Bob receive what was pushed', {}, { pushes })).toBeNull()
        const other = Story.registered()
        for (const each of types) other.ask('Alice send messages', { ...TO_BOB, type: each })
        expect(
          other.ask('Bob receive what was pushed', {}, { pushes: [push({ type }), push({ type: '3' })] }),
        ).toBe('RELAY-MESSAGE-23')
      }
    },
  )
})

describe('a message without bytes', () => {
  it('is not taken for another that need not be pushed', () => {
    const story = Story.registered()
    story.ask('Bob add a device', { as: 'tablet' }, { device: 2 })
    const empty = (number: number, over = {}) => ({
      to: 'Bob',
      as: `message ${number} of Alice`,
      size: '0',
      ...over,
    })
    story.ask('Alice send messages', empty(1, { devices: '1, 1' }))
    story.ask('Alice send messages', empty(2))
    const pushes = [push({ message: 'nothing' })]
    expect(story.ask('Bob receive what was pushed', {}, { pushes })).toBeNull()
  })
})

describe('a message for a device without a push id', () => {
  it('may wait until there is one, under the key of a later registration', () => {
    const story = Story.registered()
    story.ask('Bob ask for a code')
    story.ask('Bob confirm a number', { as: 'registration 2 of Bob' })
    story.ask('Alice send messages', TO_BOB)
    expect(story.ask('Bob receive what was pushed', {}, { pushes: [] })).toBeNull()
    story.ask('Bob set a push id', { as: 'push id 2 of Bob' })
    const late = push({ to: 'gcm 2', install: 'registration 2' })
    expect(story.ask('Bob receive what was pushed', {}, { pushes: [late] })).toBeNull()
    expect(story.ask('Bob receive what was pushed', {}, { pushes: [] })).toBe('RELAY-MESSAGE-36')
  })
})

describe('a request for a prekey that meets another', () => {
  it.each([
    ['deployed', null],
    ['documented', 'RELAY-PREKEY-01'],
  ] as const)('may fail in the dialect %s', (dialect, requirement) => {
    const story = Story.registered({ dialect })
    story.ask('Bob store prekeys', { as: 'set 1 of Bob' })
    expect(story.ask('Alice fetch prekeys', OF_BOB, { status: 500, atOnce: 4 })).toBe(requirement)
    expect(story.ask('Alice fetch prekeys', OF_BOB, { status: 500 })).toBe('RELAY-PREKEY-01')
  })
})

describe('a number of the other node', () => {
  const known = { dialect: 'documented', reachableBy: 'push-id' } as const
  const atPeer = (synchronise: boolean) => {
    const can = { codes: true, pushes: true, devices: true, peer: true, synchronise }
    const story = new Story({ ...known, can })
    story.ask('Alice register', { as: 'registration 1 of Alice' })
    story.ask('Bob register', { as: 'registration 1 of Bob', at: 'peer' })
    return story
  }

  it.each([
    [false, null, null],
    [true, 'RELAY-PREKEY-01', 'RELAY-DIRECTORY-13'],
  ])('may not be known yet where it cannot be observed: %s', (synchronise, fetching, querying) => {
    const story = atPeer(synchronise)
    story.ask('Bob store prekeys', { as: 'set 1 of Bob' })
    const elsewhere = { ...OF_BOB, relay: 'peer' }
    expect(story.ask('Alice fetch prekeys', elsewhere, { status: 404 })).toBe(fetching)
    const contacts = [{ owner: 'Bob', relay: 'peer', supportsSms: true }]
    expect(story.ask('Alice query the directory', { contacts: 'Bob' }, { contacts })).toBe(querying)
  })
})

describe('an id that a device seldom has', () => {
  it('is not asked for as an unassigned one where a device has it', () => {
    const story = Story.registered()
    const send = () =>
      story.ask('Alice send messages', { ...TO_BOB, devices: '9' }, { status: 409, missing: [1], extra: [9] })
    const fetch = () => story.ask('Alice fetch prekeys', { ...OF_BOB, target: '9' }, { status: 404 })
    expect([send(), fetch()]).toEqual([null, null])
    story.ask('Bob add a device', { as: 'tablet' }, { device: 9 })
    expect(send).toThrow('does not apply')
    expect(fetch).toThrow('does not apply')
  })
})

describe('a one-time key that two callers get', () => {
  const twice = (dialect: 'documented' | 'deployed', steps: readonly (number | null)[]) => {
    const story = new Story({ dialect })
    for (const party of ['Alice', 'Bob']) story.ask(`${party} register`, { as: `registration 1 of ${party}` })
    story.ask('Bob store prekeys', { as: 'set 1 of Bob' })
    const fetch = (party: string, step: number | null = null) =>
      story.ask(`${party} fetch prekeys`, OF_BOB, {
        keys: [key('Bob 1, key 1')],
        ...(step === null ? {} : { atOnce: step }),
      })
    return [fetch('Alice', steps[0]), fetch('Bob', steps[1])]
  }

  it('was given out at once, or in the deployed dialect', () => {
    expect(twice('documented', [null, null])).toEqual([null, null])
    expect(twice('documented', [3, 4])).toEqual([null, null])
    expect(twice('documented', [3, 3])).toEqual([null, 'RELAY-PREKEY-04'])
    expect(twice('deployed', [null, null])).toEqual([null, 'RELAY-PREKEY-03'])
  })
})
