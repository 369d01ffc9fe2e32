import { expect, it } from 'vitest'
import type { ProbeResult } from './probe.ts'
import { objectionTo } from './judge-probes.ts'

function unreachable(detail: string): readonly ProbeResult[] {
  const result = { kind: 'failed', failure: { kind: 'unreachable', detail } }
  return [{ result } as unknown as ProbeResult]
}

it('says what to do about a server that does not answer, once', () => {
  expect(objectionTo(unreachable('refused'))).toBe(
    'expected an answer in HTTP/1.x, got: refused; start the server or correct the URL',
  )
  expect(
    objectionTo(unreachable('certificate of a is not trusted (b); name its authority with --ca FILE')),
  ).toBe(
    'expected an answer in HTTP/1.x, got: certificate of a is not trusted (b); name its authority with --ca FILE',
  )
})
