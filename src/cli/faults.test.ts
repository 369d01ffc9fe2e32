import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { FAULTS as MSTORE_FAULTS } from '#mocks/mstore/faults.ts'
import { FAULTS as RELAY_FAULTS } from '#mocks/relay/faults.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { faultsNamed, loadFaults, suiteFaultsNamed } from './fault-selection.ts'
import type { CatalogueOptions } from './catalogue.ts'
import { faultsCommand } from './faults.ts'
import { printedBy } from '../../tests/printed.ts'

const ID = 'RELAY-MESSAGE-09/omits-extra-devices'

function printed(options: Partial<CatalogueOptions>): Promise<string> {
  return printedBy((output) => faultsCommand({ action: 'list', json: false, ...options }, output))
}

describe('touchstone faults', () => {
  it('lists every fault under the requirement it violates, within the terminal', async () => {
    const lines = (await printed({})).split('\n')
    expect(lines.filter((line) => /^ {2}\S+\/\S+$/.test(line)).map((line) => line.trim())).toEqual(
      expect.arrayContaining([...RELAY_FAULTS, ...MSTORE_FAULTS].map(({ id }) => id)),
    )
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('lists the faults of a requirement or an area', async () => {
    const { faults } = JSON.parse(await printed({ id: 'relay-message-09', json: true })) as {
      readonly faults: readonly unknown[]
    }
    expect(faults).toContainEqual({
      id: ID,
      protocol: 'relay',
      requirement: 'RELAY-MESSAGE-09',
      dialect: 'documented',
      summary: 'the 409 body has no extraDevices',
      foundBy: 'scenarios',
      kind: null,
    })
    expect(await printed({ id: 'RELAY-AUTH' })).not.toContain('RELAY-PUSH')
  })

  it('shows one with the sentence it violates and how to try it', async () => {
    const text = await printed({ action: 'show', id: ID })
    expect(text).toContain('the 409 body has no extraDevices')
    expect(text).toMatch(/RELAY-MESSAGE-09: The 409 body is JSON with missingDevices/)
    expect(text).toContain(`touchstone mock relay --fault ${ID}\n`)
    expect(await printed({ action: 'show', id: 'RELAY-PUSH-09/uses-sha1' })).toContain(
      'touchstone mock relay --dialect deployed --fault RELAY-PUSH-09/uses-sha1\n',
    )
    expect(JSON.parse(await printed({ action: 'show', id: ID, json: true }))).toMatchObject({ id: ID })
  })

  it.each([
    [
      'a misspelt id',
      'RELAY-MESSAGE-09/omits-extra-device',
      /; did you mean RELAY-MESSAGE-09\/omits-extra-devices\?/,
    ],
    [
      'a fault the requirement has not',
      'RELAY-MESSAGE-06/x',
      /; expected RELAY-MESSAGE-06\/answers-429 or RELAY-MESSAGE-06\/does-not-limit-messages$/,
    ],
    [
      'a misspelt requirement',
      'RELAY-MESAGE-09/omits-extra-devices',
      /; did you mean RELAY-MESSAGE-09\/omits-extra-devices\?$/,
    ],
    ['an unknown area', 'RELAY-NOTHING', /there is no such fault/],
  ] as const)('refuses %s', async (_case, id, message) => {
    const known = await loadFaults(PROTOCOLS)
    expect(() => faultsNamed([id], known)).toThrow(UsageError)
    expect(() => faultsNamed([id], known)).toThrow(message)
  })

  it('says of a fault of another protocol that it is, and takes an area by its name alone', async () => {
    const known = await loadFaults(['mstore'])
    expect(() => faultsNamed([ID], known)).toThrow(`fault ${ID}: it is of relay, and this command of mstore`)
    expect(faultsNamed(['flag'], known)).toEqual(faultsNamed(['MSTORE-FLAG'], known))
  })

  it('marks what only walks find, and leaves it to the suite where its id alone is named', async () => {
    const id = 'RELAY-CODE-09/drops-the-code-for-a-bad-transport'
    expect(await printed({ id })).toMatch(/\(found\s+by walks alone\)/)
    expect(await printed({ action: 'show', id })).toContain('Kind      refused effects\n')
    const known = await loadFaults(PROTOCOLS)
    expect(suiteFaultsNamed(['RELAY-CODE-09', ID], known).map((fault) => fault.id)).not.toContain(id)
    expect(suiteFaultsNamed([id], known)).toMatchObject([{ id, foundBy: 'walks', kind: 'refused effects' }])
  })

  it('refuses to show nothing', async () => {
    await expect(() => printed({ action: 'show' })).rejects.toThrow(/expected the id of a fault/)
  })
})
