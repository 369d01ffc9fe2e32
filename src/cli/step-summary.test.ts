import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { badStep, goodStep } from '../../tests/golden/message-stream.ts'
import { namedRun } from '../../tests/golden/named-run.ts'
import { writeStepSummary } from './step-summary.ts'

const ID = 'RELAY-MESSAGE-01'
let folder = ''
let said = ''
const stderr = new Writable({
  write: (chunk: Buffer, _, done) => {
    said += chunk.toString()
    done()
  },
})
const { verdicts, run } = namedRun('a', [{ line: 1, tags: [ID], attempts: [[goodStep(ID)]] }])

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-'))
  said = ''
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

test('the summary is added to what a step has written already', () => {
  const file = join(folder, 'summary')
  writeFileSync(file, 'before\n')
  writeStepSummary(verdicts, run, { env: { GITHUB_STEP_SUMMARY: file }, stderr })
  expect(readFileSync(file, 'utf8')).toMatch(/^before\n# ✓ Conformant/)
  expect(said).toBe('')
})

test('without the variable nothing is written', () => {
  writeStepSummary(verdicts, run, { env: {}, stderr })
  writeStepSummary(verdicts, run, { env: { GITHUB_STEP_SUMMARY: '' }, stderr })
  expect(said).toBe('')
})

test('a file that cannot be written is named in one line', () => {
  writeStepSummary(verdicts, run, { env: { GITHUB_STEP_SUMMARY: folder }, stderr })
  expect(said).toBe(
    `touchstone: GITHUB_STEP_SUMMARY: ${folder} cannot be written (EISDIR: illegal operation on a directory)\n`,
  )
})

test('a summary of more than a step may write is cut at a line', () => {
  const scenarios = Array.from({ length: 400 }, (_, index) => ({
    line: index + 1,
    name: `${index} ${'long '.repeat(800)}`,
    tags: [ID],
    attempts: [[badStep(ID, { expected: String(index) })]],
  }))
  const large = namedRun('b', scenarios)
  const file = join(folder, 'summary')
  writeStepSummary(large.verdicts, large.run, { env: { GITHUB_STEP_SUMMARY: file }, stderr })
  const text = readFileSync(file, 'utf8')
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
  expect(text).toMatch(/\|\n\n… and more: summary\.md has all of it\.\n$/)
})
