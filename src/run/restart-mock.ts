import type { Target } from '#driver/target.ts'
import { formatOf } from './targets/formats.ts'
import type { MockDifferences } from './targets/mock-differences.ts'

/** How a mock is to begin again: with which seed, faults for all numbers and requests, and variants. */
export interface MockRestart extends MockDifferences {
  readonly seed: string
}

/**
 * Puts a mock, and the peer it federates with, back to its start: state, clock, journal, limits and seed.
 * Throws where the target has no control plane, or where that refuses.
 */
export async function restartMock(target: Target, { seed, faults, variants }: MockRestart): Promise<void> {
  const [own, ...peers] = formatOf(target.protocol).planes(target)
  if (own === undefined)
    throw new Error('a mock is put back to its start over its control plane: expected one, got none')
  await post(own.url, '/reset', { seed })
  for (const { url, peer } of peers) await post(url, '/reset', { seed: `${seed} ${peer ?? ''}` })
  if (variants.length > 0) await send('PUT', `${own.url}/variants`, { ids: variants })
  for (const id of faults) await post(own.url, '/faults', { id })
}

function post(plane: string, path: string, body: object): Promise<void> {
  return send('POST', `${plane}${path}`, body)
}

async function send(method: 'POST' | 'PUT', url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${url}: expected 2xx, got ${answer.status}`)
  await answer.arrayBuffer()
}
