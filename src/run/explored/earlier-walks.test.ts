import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { featureUri } from '../feature-files.ts'
import { parseFeature } from '../features.ts'
import { removeEarlierWalks } from './earlier-walks.ts'

const WALK = 'Feature: Explored: RELAY-CODE-01\n\n  @RELAY-CODE-01\n  Scenario: one\n    Then it is\n'

let path: string

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'walks-'))
})

afterEach(() => {
  rmSync(path, { recursive: true })
})

const remove = (scenarios: ReturnType<typeof parseFeature> = []) => {
  removeEarlierWalks({ reports: { path, shown: 'reports' }, selection: { scenarios, order: 'defined' } })
}

it('removes what earlier walks have left, save what is run now, and nothing else', () => {
  mkdirSync(join(path, 'explored'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(path, 'explored', name), text)
    return join(path, 'explored', name)
  }
  const [earlier, running] = [file('earlier.feature', WALK), file('running.feature', WALK)]
  const others = [file('own.feature', 'Feature: own\n'), file('notes.txt', WALK)]
  remove(parseFeature(WALK, featureUri(realpathSync(running))))
  expect(existsSync(earlier)).toBe(false)
  expect([running, ...others].map((each) => existsSync(each))).toEqual([true, true, true])
})

it('has nothing to do where no walk was saved', () => {
  expect(remove).not.toThrow()
})
