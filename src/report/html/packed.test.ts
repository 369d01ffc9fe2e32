import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { unpacked } from '../../../tests/golden/unpacked.ts'
import { packed } from './packed.ts'

const html = fc.array(
  fc.constantFrom('<div>', '</div>', '<li>', '<p class="quiet">', '\n', 'a', '→', ' ', '"', '\\'),
)

test.prop([
  fc.dictionary(
    fc.stringMatching(/^[a-z]+-\d+$/),
    html.map((parts) => parts.join('')),
  ),
])('packed texts come out as they went in', (texts) => {
  expect(Object.fromEntries(unpacked(packed(Object.entries(texts))))).toEqual({ ...texts })
})
