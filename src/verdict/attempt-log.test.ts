import type { Attachment, TestCaseFinished, TestStepFinished, Timestamp } from '@cucumber/messages'
import { describe, expect, test } from 'vitest'
import { EVIDENCE_MEDIA_TYPE } from '#evidence/step-evidence.ts'
import { AttemptLog } from './attempt-log.ts'

const nothing = { exchanges: [], assertions: [], findings: [], skip: null, inconclusive: null }
const steps = [
  { id: 's-1', keyword: 'Given', text: 'one' },
  { id: 's-2', keyword: 'Hook', text: '' },
]

function attachment(body: string, changes: object = {}): Attachment {
  const whole = { testStepId: 's-1', body, contentEncoding: 'IDENTITY', mediaType: EVIDENCE_MEDIA_TYPE }
  return { ...whole, ...changes } as unknown as Attachment
}

function finished(testStepId: string, status: string, message?: string): TestStepFinished {
  return { testStepId, testStepResult: { status, message } } as unknown as TestStepFinished
}

function at(seconds: number, nanos = 0): Pick<Timestamp, 'seconds' | 'nanos'> {
  return { seconds, nanos }
}

function begun(): AttemptLog {
  return new AttemptLog(steps, at(2, 7_999_999))
}

describe('an attempt', () => {
  test('takes evidence as text and in Base64, step by step', () => {
    const log = begun()
    const text = JSON.stringify({ ...nothing, inconclusive: 'gone' })
    log.attach(attachment(text))
    log.attach(attachment(Buffer.from(text).toString('base64'), { contentEncoding: 'BASE64' }))
    expect(log.attempt().steps.map(({ evidence }) => evidence.length)).toEqual([2, 0])
    expect(log.attempt().unreadable).toBeNull()
  })

  test('ignores other attachments, and names the first step whose evidence cannot be read', () => {
    const log = begun()
    log.attach(attachment('{', { mediaType: 'text/plain' }))
    expect(log.attempt().unreadable).toBeNull()
    log.attach(attachment('{'))
    log.attach(attachment('{', { testStepId: 's-2' }))
    expect(log.attempt().unreadable).toBe('evidence of "Given one" is not of the known form')
  })

  test('keeps the first exception, and the status of each step', () => {
    const log = begun()
    log.stepFinished(finished('s-1', 'FAILED', 'the first'))
    log.stepFinished(finished('s-2', 'FAILED', 'the second'))
    expect(log.attempt()).toMatchObject({
      exception: 'the first',
      steps: [{ status: 'failed' }, { status: 'failed' }],
    })
  })

  test('has times in milliseconds, and no end until there is one', () => {
    const log = begun()
    expect(log.attempt()).toMatchObject({ startedAt: 2007, finishedAt: null, willBeRetried: false })
    log.finished({ timestamp: at(3), willBeRetried: true } as unknown as TestCaseFinished)
    expect(log.attempt()).toMatchObject({
      finishedAt: 3000,
      willBeRetried: true,
      steps: [{ status: 'unfinished' }, {}],
    })
  })
})
