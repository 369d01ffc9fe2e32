import { expect, test } from 'vitest'
import { needsOf } from '#driver/gate.ts'
import { loadRegister } from '#protocol/register.ts'
import type { Capability } from '#protocol/requirements.ts'
import { loadFeatures } from '#run/features.ts'

/** What a step of the relay says that makes use of a capability. */
const USES: Readonly<Partial<Record<Capability, RegExp>>> = {
  pushes: /receives?\b|pushed|signal|notification|\bpush(es)?\b|frame|by (gcm|apn)|reach|open the attachment/,
  devices: /(second|third) device|each device|devices/,
  federation: /peer|PEER|TARGET|node/,
  limits: /limit/,
}

test('a scenario of the relay needs nothing that none of its steps makes use of', () => {
  const { requirements } = loadRegister('relay')
  const idle = loadFeatures('relay').flatMap(({ tags, steps = [], location }) => {
    const rows = tags.flatMap((tag) => requirements.get(tag) ?? [])
    return needsOf(rows, tags)
      .filter((need) => !steps.some((step) => USES[need]?.test(step) ?? true))
      .map((need) => `${location} ${need}`)
  })
  expect(idle).toEqual([])
})
