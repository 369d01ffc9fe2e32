import { describe, expect, it } from 'vitest'
import { KINDS } from '#protocol/kinds.ts'
import { loadRegister, protocolOfId } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { loadFaults } from '../../src/cli/fault-selection.ts'
import { OPERATIONS } from '../kinds/asked-operations.ts'
import { loadKinds, type BlindSpot } from '../kinds/kinds-file.ts'
import { operationsTried, scenariosOf, SITUATIONS, tried } from '../kinds/tried.ts'

const kinds = loadKinds()
const operations = PROTOCOLS.flatMap((protocol) => Object.keys(OPERATIONS[protocol]))

/** Lines that name a kind and something of it. */
function each(of: (kind: BlindSpot) => readonly string[]): readonly string[] {
  return kinds.flatMap((kind) => of(kind).map((text) => `${kind.kind}: ${text}`))
}

describe('the kinds of blind spot', () => {
  it('are those that the code knows', () => {
    expect(kinds.map(({ kind }) => kind)).toEqual([...KINDS])
  })

  it('name requirements of the registers', () => {
    const known = new Set(PROTOCOLS.flatMap((protocol) => [...loadRegister(protocol).requirements.keys()]))
    expect(each(({ scenarios }) => scenarios.map(({ id }) => id).filter((id) => !known.has(id)))).toEqual([])
  })

  it('name words of scenarios, and not of all', () => {
    const idle = each(({ scenarios }) =>
      scenarios.flatMap(({ id, only = [] }) =>
        only
          .filter((words) => scenariosOf({ id, only: [words] }).length === 0)
          .map((words) => `${id} has no "${words}"`),
      ),
    )
    expect(idle).toEqual([])
    const needless = each(({ scenarios }) =>
      scenarios
        .filter(
          ({ id, only }) =>
            only !== undefined && scenariosOf({ id, only }).length === scenariosOf({ id }).length,
        )
        .map(({ id }) => id),
    )
    expect(needless).toEqual([])
  })

  it('have an operation for each of their requirements', () => {
    const none = each(({ scenarios }) =>
      scenarios.filter((entry) => operationsTried(entry).length === 0).map(({ id }) => id),
    )
    expect(none).toEqual([])
  })

  it('name operations of the protocol', () => {
    const unknown = each(({ scenarios, open }) => [
      ...scenarios.flatMap(({ id, on = [] }) => on.filter((name) => !(name in OPERATIONS[protocolOfId(id)]))),
      ...open
        .flatMap(({ of }) => of)
        .filter((name) => !operations.includes(name) && !PROTOCOLS.some((protocol) => protocol === name)),
    ])
    expect(unknown).toEqual([])
  })

  it('name situations of the models', () => {
    const known = new Set(PROTOCOLS.flatMap((protocol) => [...SITUATIONS[protocol].values()].flat()))
    const unknown = each(({ walks }) =>
      walks === 'everywhere' ? [] : walks.filter((one) => !known.has(one)),
    )
    expect(unknown).toEqual([])
  })

  it('leave nothing open that a scenario tries', () => {
    const stale = each((kind) => {
      const left = PROTOCOLS.flatMap((protocol) => tried(protocol, kind).open)
      return kind.open
        .flatMap(({ of }) => of)
        .filter((name) => operations.includes(name) && !left.includes(name))
    })
    expect(stale).toEqual([])
  })

  it('are one each for what walks alone find', async () => {
    const none = (await loadFaults(PROTOCOLS)).filter(
      ({ foundBy, kind }) => foundBy === 'walks' && kind === null,
    )
    expect(none.map(({ id }) => id)).toEqual([])
  })

  it('are tried on operations that the models have', () => {
    const modelled = PROTOCOLS.flatMap((protocol) => [...SITUATIONS[protocol].keys()])
    expect(operations.filter((name) => !modelled.includes(name))).toEqual([])
  })
})
