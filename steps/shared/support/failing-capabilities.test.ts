import { describe, expect, it } from 'vitest'
import { FailingCapabilities } from './failing-capabilities.ts'

const HANGS = 'verificationCode: command ./code did not end within 30000 ms'

function failed(failing: FailingCapabilities, times: number, message = HANGS): FailingCapabilities {
  for (let time = 0; time < times; time += 1) failing.note(message)
  return failing
}

describe('capabilities that fail', () => {
  it('are tried by three scenarios', () => {
    const failing = new FailingCapabilities()
    failed(failing, 2)
    expect(failing.causeFor(['verificationCode'])).toBeNull()
    failing.note(HANGS)
    expect(failing.causeFor(['limits', 'verificationCode'])).toBe(HANGS)
    expect(failing.causeFor(['limits'])).toBeNull()
  })

  it('are tried on where they work now and then', () => {
    const failing = new FailingCapabilities()
    failed(failing, 2)
    failing.worked(['verificationCode'])
    failing.note(HANGS)
    expect(failing.causeFor(['verificationCode'])).toBeNull()
  })

  it('of an mStore go by the credentials that they give', () => {
    const failing = new FailingCapabilities()
    failed(failing, 3, 'subscribers: POST http://127.0.0.1:1/subscribers: expected 2xx')
    expect(failing.causeFor(['gba'])).toContain('expected 2xx')
  })

  it('are forgotten with the run', () => {
    const failing = new FailingCapabilities()
    failed(failing, 3)
    failing.clear()
    expect(failing.causeFor(['verificationCode'])).toBeNull()
  })
})
