import { describe, expect, it } from 'vitest'
import { GivenUp, Outages } from './outages.ts'

const CONFIRM = 'PUT /v1/accounts/code/{code}'
const requirement = 'RELAY-VERIFY-01'

function noted(outages: Outages, statuses: readonly (number | null)[]): Outages {
  for (const status of statuses)
    outages.note({ operation: CONFIRM, status, text: String(status), requirement })
  return outages
}

describe('an operation that fails for every party', () => {
  it('is given up after three of them, with what is violated', () => {
    const outages = noted(new Outages(), [500, 500])
    expect(() => {
      outages.refuse(CONFIRM)
    }).not.toThrow()
    noted(outages, [503])
    expect(() => {
      outages.refuse(CONFIRM)
    }).toThrow(GivenUp)
    expect(() => {
      outages.refuse(CONFIRM)
    }).toThrow('RELAY-VERIFY-01 is violated: 3 ordinary requests in a row got 503')
  })

  it('is given up where it is never answered', () => {
    expect(() => {
      noted(new Outages(), [null, null, null]).refuse(CONFIRM)
    }).toThrow(GivenUp)
  })

  it('is not where it is refused: that is an answer of its own', () => {
    expect(() => {
      noted(new Outages(), [500, 500, 403, 500, 500]).refuse(CONFIRM)
    }).not.toThrow()
  })

  it('takes longer where it has worked before', () => {
    const outages = noted(new Outages(), [200, ...Array<number>(11).fill(500)])
    expect(() => {
      outages.refuse(CONFIRM)
    }).not.toThrow()
    noted(outages, [500])
    expect(() => {
      outages.refuse(CONFIRM)
    }).toThrow(GivenUp)
  })

  it('keeps scenarios from beginning that cannot do without it', () => {
    const outages = noted(new Outages(), [500, 500, 500])
    expect(outages.skipFor(['limits', 'verificationCode'])).toMatchObject({ code: 'given-up', name: CONFIRM })
    expect(outages.skipFor(['limits'])).toBeNull()
  })

  it('leaves other operations, and the next run, alone', () => {
    const outages = noted(new Outages(), [500, 500, 500])
    expect(() => {
      outages.refuse('PUT /v1/keys/')
    }).not.toThrow()
    outages.clear()
    expect(() => {
      outages.refuse(CONFIRM)
    }).not.toThrow()
  })
})
