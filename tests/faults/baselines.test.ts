import { expect, it } from 'vitest'
import type { EntryReport } from '#run/prove-baseline.ts'
import { command } from '../cli/in-process.ts'

/** Faults whose messages quote a number, a token, and flags of objects in an order that the server draws. */
const FAULTS = [
  'RELAY-PUSHID-15/keeps-the-first-id',
  'RELAY-DIRECTORY-03/hashes-with-sha-256',
  'MSTORE-FLAG-01/lists-both',
]

it('entries that a run prints hold in a run with another seed, also where drawn values are quoted', async () => {
  const named = FAULTS.flatMap((id) => ['--fault', id])
  const { exitCode, stdout } = await command([
    'prove',
    '--baselines',
    ...named,
    '--json',
    '--seed',
    'entries',
  ])
  const { reports } = JSON.parse(stdout) as { readonly reports: readonly EntryReport[] }
  expect(reports.map(({ fault, outcome, reasons }) => ({ fault, outcome, reasons }))).toEqual(
    FAULTS.map((fault) => ({ fault, outcome: 'held', reasons: [] })),
  )
  const [pushIds, tokens] = reports.map(({ entries }) => entries)
  expect(pushIds).toContain('got APA91bfirst-‹number of Bob›')
  expect(tokens).toContain('got a token of no account of the scenario')
  expect(exitCode).toBe(0)
})
