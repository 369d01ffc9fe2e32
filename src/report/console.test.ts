import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import {
  badStep,
  goodStep,
  messageStream,
  requirements,
  runRecord,
} from '../../tests/golden/message-stream.ts'
import { RUN, sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { closingText } from './console.ts'
import type { Terminal } from './terminal-lines.ts'

const plain: Terminal = { colors: pc.createColors(false), columns: 80, reports: 'reports' }
const ID = 'RELAY-MESSAGE-07'

describe('the closing text', () => {
  test('of a failure has all that is needed to see it', () => {
    const scripted = [
      { line: 1, name: "Bob's list", tags: [ID], attempts: [[badStep(ID)]] },
      { line: 9, tags: [ID], attempts: [[badStep(ID)]] },
    ]
    const run = runRecord(scripted)
    const verdicts = judge(
      messageStream(scripted),
      run,
      requirements({ id: ID, sentence: 'It answers 409.' }),
    )
    expect(closingText(verdicts, run, plain)).toBe(`✗ Bob's list
  requirement      RELAY-MESSAGE-07 (MUST) It answers 409.
  checked          status of PUT /v1/messages/B
  expected         409
  got              204
  exchange         PUT /v1/messages/B HTTP/1.1 → HTTP/1.1 204 No Content (3 ms)
  also             1 other scenario of this run
  run again        touchstone verify relay --url http://127.0.0.1:8080 --only 'Bob'\\''s list' --seed seed
  send again       touchstone replay reports --exchange x-1
  by hand          curl -X PUT -u "$NUMBER:$PASSWORD" 'http://127.0.0.1:8080/v1/messages/B'

To accept these, paste into a file for --baseline and write each a reason:
- requirement: RELAY-MESSAGE-07
  dialect: documented
  expect: expected 409, got 204
  reason: why this deviation is accepted

relay at http://127.0.0.1:8080, documented dialect, in 9.0 s
2 scenarios: 2 failed
1 requirement: 1 violated
Violated in message submission (1 of 1 checked)
Report: reports/report.html

✗ NON-CONFORMANT
  The server does not do what its documentation says.
  - 1 MUST requirement violated
`)
  })

  test('wraps the name of a scenario', () => {
    const name = 'writes all ids as integers where one tries to send a message for a device too many'
    const scripted = [{ line: 1, name, tags: [ID], attempts: [[badStep(ID)]] }]
    const run = runRecord(scripted)
    const text = closingText(judge(messageStream(scripted), run, requirements({ id: ID })), run, plain)
    expect(text.split('\n').slice(0, 2)).toEqual([
      '✗ writes all ids as integers where one tries to send a message for a device too',
      '  many',
    ])
  })

  test('wraps what is not to be copied, with what follows set in', () => {
    const enable = 'capabilities.pushes: a file to which pushes are appended, a program or a control plane'
    const skip = { code: 'capability', name: 'pushes', enable } as const
    const why = 'nothing answered at the address of the target file, neither at once nor after the waits'
    const scripted = [
      { line: 1, tags: [ID], attempts: [[{ status: 'SKIPPED' as const, evidence: { skip } }]] },
    ]
    const run = runRecord(scripted, { preflight: why, harnessErrors: [why] })
    const lines = closingText(
      judge(messageStream(scripted), run, requirements({ id: ID })),
      run,
      plain,
    ).split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    const at = lines.findIndex((line) => line.startsWith('  1 without capability pushes'))
    expect(lines[at + 1]).toMatch(/^ {4}\S/)
    const reason = lines.findIndex((line) => line.startsWith(`  - ${why.slice(0, 20)}`))
    expect(lines[reason + 1]).toMatch(/^ {4}\S/)
  })

  test('says what the server does of its choices, in words, and how much it refused', () => {
    const observed = (line: number, name: string, status: number) => {
      const findings = [{ requirement: ID, text: `PUT /v1/keys/ answered ${status}` }]
      return { line, name, tags: [ID], attempts: [[goodStep(ID), { evidence: { findings } }]] }
    }
    const many = Array.from({ length: 5 }, (_, index) =>
      observed(index + 2, `reports what becomes of the id ${index}`, 204),
    )
    const scripted = [observed(1, 'reports what becomes of the id -1', 415), ...many]
    const run = runRecord(scripted)
    const verdicts = judge(messageStream(scripted), run, requirements({ id: ID }))
    expect(closingText(verdicts, run, plain))
      .toContain(`Where the specification leaves a choice, the server does so:
  RELAY-MESSAGE-07: The id 0; the id 1; the id 2; 2 more: taken, 204 (5 times)
  and 1 odd request refused, as a server may: see the report
`)
  })

  test('calls flaky what passed only when tried again, allowed or not', () => {
    const flaky = [{ line: 1, name: 'is pushed', tags: [ID], attempts: [[badStep(ID)], [goodStep(ID)]] }]
    const { options } = runRecord([])
    const said = (allowFlaky: boolean): string => {
      const run = runRecord(flaky, { options: { ...options, retry: 1, allowFlaky } })
      return closingText(judge(messageStream(flaky), run, requirements({ id: ID })), run, plain)
    }
    expect(said(true)).toMatch(
      /^Flaky, for they passed only when tried again:\n {2}is pushed: passed at attempt 2; before: .*\n1 scenario: 1 passed \(1 flaky\)\n.*✓ CONFORMANT\n/s,
    )
    expect(said(false)).toMatch(
      /1 scenario: 1 failed \(1 flaky\)\n.*✗ NON-CONFORMANT\n.*- 1 flaky scenario: passed when tried again, which --allow-flaky would accept\n/s,
    )
  })

  test('stays within the columns, except for commands and what is to be pasted', () => {
    const lines = closingText(sampleVerdicts(), RUN, plain).split('\n')
    const long = lines.filter((line) => line.length > 80)
    expect(long.every((line) => /^ {2}(run again|by hand|expect:) /.test(line))).toBe(true)
    expect(long.length).toBeGreaterThan(0)
  })

  test('sends nothing to the terminal that a server made up', () => {
    // eslint-disable-next-line no-control-regex -- such characters are what must not be there
    expect(closingText(sampleVerdicts(), RUN, plain)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
  })

  test('is coloured where colours are given', () => {
    const colors = pc.createColors(true)
    expect(closingText(sampleVerdicts(), RUN, { ...plain, colors })).toContain('\u001b[1m')
  })

  test.each([
    [25, /^… and 5 more: reports\/report\.html$/m],
    [20, /^(?!.* more: )/s],
  ])('of %i failures shows twenty, and names what it leaves out', (count, remark) => {
    const many = Array.from({ length: count }, (_, index) => {
      return { line: index + 1, tags: [ID], attempts: [[badStep(ID, { got: String(500 + index) })]] }
    })
    const run = runRecord(many)
    const text = closingText(judge(messageStream(many), run, requirements({ id: ID })), run, plain)
    expect(text.match(/^✗ scenario/gm)).toHaveLength(20)
    expect(text).toMatch(remark)
  })

  test('of a good run ends in its verdict', () => {
    const scripted = [{ line: 1, tags: [ID], attempts: [[goodStep(ID)]] }]
    const run = runRecord(scripted)
    const text = closingText(judge(messageStream(scripted), run, requirements({ id: ID })), run, plain)
    expect(text).toMatch(/^relay at .*\n\n✓ CONFORMANT\n {2}The server does what [^\n]*\n$/s)
  })
})
