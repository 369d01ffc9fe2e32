import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bareTarget } from '../../../tests/relay-targets.ts'
import { createCapabilities } from './create-capabilities.ts'
import { CapabilityFailure } from './failures.ts'

const NUMBER = '+14155550100'
const PUSH = { number: NUMBER, channel: 'gcm', to: 'id-1', notification: 'AaCh' }

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-files-'))
  path = join(folder, 'sent.ndjson')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** The capabilities of files; `meanwhile` is done when something is first waited for. */
function fromFile(from = 0, meanwhile: () => void = () => undefined) {
  let nowMs = 0
  const io = {
    now: () => nowMs,
    wait: (ms: number) => {
      if (nowMs === 0) meanwhile()
      nowMs += ms
      return Promise.resolve()
    },
  }
  const file = { kind: 'file', path, shown: 'sent.ndjson', from } as const
  return createCapabilities(bareTarget({ verificationCode: file, pushes: file }), io)
}

function append(...values: readonly unknown[]): void {
  appendFileSync(path, values.map((value) => `${JSON.stringify(value)}\n`).join(''))
}

const code = (digits: string | number, transport = 'sms') => ({ number: NUMBER, transport, code: digits })

describe('a file of codes', () => {
  it('gives the last code by that transport, as it is shown, read out, or counted', async () => {
    append(code('111-111'), code('1, 2, 3, 4, 5, 6', 'voice'), code(222_222), { ...code('9'), number: '+1' })
    const { verificationCodes } = fromFile()
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('222222')
    expect(await verificationCodes.latest(NUMBER, 'voice')).toBe('123456')
    expect(await verificationCodes.sent(NUMBER)).toHaveLength(3)
  })

  it('waits for what another program appends', async () => {
    const { verificationCodes } = fromFile(0, () => {
      append(code('333333'))
    })
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('333333')
  })

  it('waits for the rest of a line that was cut in half', async () => {
    const line = `${JSON.stringify(code('444444'))}\n`
    writeFileSync(path, line.slice(0, 30))
    const { verificationCodes } = fromFile(0, () => {
      appendFileSync(path, line.slice(30))
    })
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('444444')
  })

  it('passes over what was there before the run', async () => {
    append(code('555555'))
    const before = JSON.stringify(code('555555')).length + 1
    append(code('666666'))
    const { verificationCodes } = fromFile(before)
    expect((await verificationCodes.sent(NUMBER)).map(({ code: sent }) => sent)).toEqual(['666666'])
  })

  it('reads a file that was begun anew from its beginning', async () => {
    append(code('777777'), code('777778'))
    const { verificationCodes } = fromFile()
    expect(await verificationCodes.sent(NUMBER)).toHaveLength(2)
    writeFileSync(path, `${JSON.stringify(code('888888'))}\n`)
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('888888')
  })

  it('reads each line once, however long the file is', async () => {
    append(...Array.from({ length: 3000 }, (_, index) => code(String(100_000 + index))))
    const { verificationCodes } = fromFile()
    expect(await verificationCodes.sent(NUMBER)).toHaveLength(3000)
    expect(await verificationCodes.latest(NUMBER, 'sms')).toBe('102999')
  })

  it('says what is missing where no code comes, also where there is no file', async () => {
    await expect(fromFile().verificationCodes.latest(NUMBER, 'sms')).rejects.toThrow(
      'verificationCode: expected a code to +14155550100 by sms, got none',
    )
  })

  it.each([
    ['123456 for you', /line 2 of this run: expected a JSON object, got ###### for you$/],
    ['{"number":"+1","code":"1"}', /line 2 of this run: body: expected member transport, got none$/],
  ])('says where a line is %j', async (line, message) => {
    append(code('999999'))
    appendFileSync(path, `${line}\n`)
    const { verificationCodes } = fromFile()
    await expect(verificationCodes.latest(NUMBER, 'sms')).rejects.toThrow(CapabilityFailure)
    await expect(verificationCodes.latest(NUMBER, 'sms')).rejects.toThrow(message)
  })
})

describe('a file of pushes', () => {
  it.each([
    ['the payload alone', 'AaCh', 'AaCh'],
    ['data members as text', '{"type":"message","message":"AaCh"}', '{"type":"message","message":"AaCh"}'],
    [
      'data members',
      { data: { type: 'message', message: 'AaCh' } },
      '{"data":{"type":"message","message":"AaCh"}}',
    ],
    ['what Apple is handed', { aps: { alert: 'x' }, m: 'AaCh' }, '{"aps":{"alert":"x"},"m":"AaCh"}'],
  ])('reads %s', async (_form, notification, text) => {
    append({ ...PUSH, notification }, { ...PUSH, number: '+1' })
    expect(await fromFile().pushes.received({ number: NUMBER }, 1)).toEqual([
      { ...PUSH, device: 1, at: 0, notification: text },
    ])
  })
})
