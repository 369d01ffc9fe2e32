import { afterEach, describe, expect, it, vi } from 'vitest'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { bareMStoreTarget } from '../../../tests/mstore-targets.ts'
import { formatOf } from './formats.ts'
import { NO_DIFFERENCES } from './mock-differences.ts'
import { bundledTarget } from './resolve-target.ts'
import { startTargets } from './start-targets.ts'

const BOTH = [bundledTarget('relay', {}), bundledTarget('mstore', {})]

afterEach(() => {
  vi.restoreAllMocks()
})

/** Has the bundled relay start without a mock; `close` is what ends it. */
function relayStarts() {
  const close = vi.fn(() => Promise.resolve())
  const start = vi.spyOn(formatOf('relay'), 'start').mockResolvedValue({ target: bareTarget(), close })
  return { start, close }
}

describe('startTargets', () => {
  it('closes the mocks that could start where another could not', async () => {
    const { close } = relayStarts()
    vi.spyOn(formatOf('mstore'), 'start').mockRejectedValue(new Error('no port is free'))
    await expect(startTargets(BOTH, 's')).rejects.toThrow('no port is free')
    expect(close).toHaveBeenCalledOnce()
  })

  it('gives the targets in the order of the plan, and each error of a mock in a line', async () => {
    const { start, close } = relayStarts()
    const mstore = { target: bareMStoreTarget(), close: () => Promise.resolve() }
    vi.spyOn(formatOf('mstore'), 'start').mockResolvedValue(mstore)
    const running = await startTargets(BOTH, 's')
    expect(running.targets).toEqual([bareTarget(), bareMStoreTarget()])
    start.mock.calls[0]?.[0].onError(new Error('no such account'))
    expect(running.errors()).toEqual(['bundled mock: no such account'])
    expect(close).not.toHaveBeenCalled()
    await running.close()
    expect(close).toHaveBeenCalledOnce()
  })

  it('starts nothing for a server of the user', async () => {
    const { start } = relayStarts()
    const target = bareTarget()
    const running = await startTargets(
      [{ kind: 'deployment', target, control: false, differs: NO_DIFFERENCES }],
      's',
    )
    await running.close()
    expect(running.targets).toEqual([target])
    expect(start).not.toHaveBeenCalled()
  })
})
