import { expect, it } from 'vitest'
import { CapabilityFailure } from '#driver/capabilities/failures.ts'
import type { RelayTarget } from '#driver/target.ts'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { check, type DoctorCheck } from './check.ts'
import { examine } from './examine.ts'

interface Facts {
  readonly account: string
}

type Row = DoctorCheck<RelayTarget, Facts>

const advice = {
  bad: { blame: 'file', at: ['url'], todo: (value: string) => `write  url: ${value}` },
} as const

function row(name: string, run: Row['run'], over: Partial<Row> = {}): Row {
  return {
    ...check<RelayTarget, Facts, 'bad'>({
      name,
      needs: [],
      risks: [],
      run: () => Promise.resolve({ kind: 'well', said: '' }),
      advice,
    }),
    run,
    ...over,
  }
}

function well(name: string, over: Partial<Row> = {}): Row {
  return row(name, () => Promise.resolve({ kind: 'well', said: 'yes' }), over)
}

async function shown(rows: readonly Row[], interrupted = new AbortController().signal) {
  const { findings } = await examine(bareTarget(), rows, { onResult: () => undefined, interrupted })
  return findings.map((finding) =>
    finding.kind === 'wrong'
      ? `${finding.name} ${finding.got}: ${finding.todo}`
      : `${finding.name} ${finding.said}`,
  )
}

it('does not try what needs a check that found something wrong', async () => {
  const broken = row('TCP', () =>
    Promise.resolve({ kind: 'wrong', code: 'bad', got: 'refused', value: 'another' }),
  )
  expect(await shown([broken, well('HTTP', { needs: ['TCP'] }), well('clock', { needs: ['HTTP'] })])).toEqual(
    ['TCP refused: write  url: another', 'HTTP not tried: needs TCP', 'clock not tried: needs HTTP'],
  )
})

it('goes on as if the file said what it ought to say', async () => {
  const mended = row('base path', (target) =>
    Promise.resolve({
      kind: 'wrong',
      code: 'bad',
      got: '404',
      value: 'x',
      mended: { ...target, url: 'http://x' },
    }),
  )
  const behind = row('refusals', ({ url }) => Promise.resolve({ kind: 'well', said: url }), {
    needs: ['base path'],
  })
  expect(await shown([mended, behind])).toEqual(['base path 404: write  url: x', 'refusals http://x'])
})

it('hands on what a check found out', async () => {
  const account = row('code', () =>
    Promise.resolve({ kind: 'well', said: 'yes', learned: { account: 'Alice' } }),
  )
  const behind = row('push', (_, facts) => Promise.resolve({ kind: 'well', said: String(facts.account) }))
  expect(await shown([account, behind])).toEqual(['code yes', 'push Alice'])
})

it('does nothing that the target does not allow', async () => {
  expect(await shown([well('code', { risks: ['writes', 'sends'] })])).toEqual([
    'code not tried: needs --allow writes,sends',
  ])
})

it('takes what there is nothing to look at as settled, and a note as open', async () => {
  const idle = well('TLS', { idle: () => 'none: the URL is http:' })
  const note = row('code', () => Promise.resolve({ kind: 'note', said: 'not in the file' }))
  expect(
    await shown([idle, well('HTTP', { needs: ['TLS'] }), note, well('push', { needs: ['code'] })]),
  ).toEqual(['TLS none: the URL is http:', 'HTTP yes', 'code not in the file', 'push not tried: needs code'])
})

it('notes a capability that fails where no check foresees it', async () => {
  const failing = row('push', () => Promise.reject(new CapabilityFailure('pushes: no answer')))
  expect(await shown([failing])).toEqual(['push pushes: no answer'])
})

it('begins no further check once it is interrupted', async () => {
  expect(await shown([well('TCP')], AbortSignal.abort())).toEqual([])
})

it('puts back what checks have changed when all is looked at, the last first, and says what it could not', async () => {
  const undone: string[] = []
  const changing = (name: string, why: string | null): Row =>
    row(name, (_target, _facts, undo) => {
      undo.add(`what ${name} made`, () => Promise.resolve(undone.push(name)).then(() => why))
      return Promise.resolve({ kind: 'well', said: 'yes' })
    })
  expect(await shown([changing('one', '500'), changing('two', null), well('three')])).toEqual([
    'one yes',
    'two yes',
    'three yes',
    'left behind what one made: 500',
  ])
  expect(undone).toEqual(['two', 'one'])
})

it('puts back what a check has changed where another one fails', async () => {
  const undone: string[] = []
  const changing = row('one', (_target, _facts, undo) => {
    undo.add('it', () => Promise.resolve(undone.push('one')).then(() => null))
    return Promise.resolve({ kind: 'well', said: 'yes' })
  })
  const failing = row('two', () => Promise.reject(new Error('a mistake of ours')))
  await expect(shown([changing, failing])).rejects.toThrow('a mistake of ours')
  expect(undone).toEqual(['one'])
})
