import { expect, it } from 'vitest'
import { rerunArguments } from './rerun-arguments.ts'

it('says again how the target was described, quoted for a shell, and nothing of what was selected', () => {
  expect(
    rerunArguments('relay', {
      url: 'http://127.0.0.1:8080',
      target: "my server's.yaml",
      allow: ['reads', 'sends'],
      timeout: 250,
      insecure: true,
    }),
  ).toBe(
    `verify relay --url http://127.0.0.1:8080 --target 'my server'\\''s.yaml' --allow reads,sends --timeout 250 --insecure`,
  )
})

it('is short for the bundled mocks', () => {
  expect(rerunArguments('relay', {})).toBe('verify relay')
})

it('leaves to the target file what the command line did not name', () => {
  expect(rerunArguments(undefined, { target: 'mine.yaml' })).toBe('verify --target mine.yaml')
})
