import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { RUN, sampleVerdicts } from '../../../tests/golden/sample-run.ts'
import { badStep } from '../../../tests/golden/message-stream.ts'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { printable } from '#evidence/printable.ts'
import { annotations } from './annotations.ts'

const ID = 'RELAY-MESSAGE-01'

describe('annotations', () => {
  const lines = annotations(sampleVerdicts(), RUN).trimEnd().split('\n')

  test('are one line for each scenario that did not pass, by how it ended', () => {
    expect(lines.map((line) => /^::(\w+) file=([^,]+),line=(\d+),title=/.exec(line)?.slice(1))).toEqual([
      ['error', 'features/relay/messages.feature', '8'],
      ['error', 'features/relay/messages.feature', '14'],
      ['notice', 'features/relay/messages.feature', '20'],
      ['error', 'features/relay/messages.feature', '26'],
      ['warning', 'features/relay/messages.feature', '38'],
      ['error', 'features/relay/messages.feature', '44'],
    ])
  })

  test('name the requirement, and how to run the scenario again', () => {
    expect(lines[1]).toContain('title=RELAY-MESSAGE-07%3A refuses it twice::')
    expect(lines[1]).toContain(
      '::RELAY-MESSAGE-07 (MUST) A message for a device that is not registered returns 409.%0A',
    )
    expect(lines[1]).toContain(
      "%0Atouchstone verify relay --url http://127.0.0.1:8080 --only 'refuses it twice'",
    )
  })
})

/** Text of a command as a runner reads it. */
function readBack(data: string): string {
  return data
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%')
}

property.prop([fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 20 })])(
  'whatever a server and a feature say, there is one command, with their text in it',
  (said, title) => {
    const got = `${said}\r\n::error::forged%0A::set-env name=x::y`
    const name = `${title},line=9::forged%0A`
    const { verdicts, run } = namedRun('a', [
      { line: 1, name, tags: [ID], attempts: [[badStep(ID, { got })]] },
    ])
    const [line = '', ...rest] = annotations(verdicts, run).split('\n')
    expect(rest).toEqual([''])
    const [, properties = '', text = ''] = /^::error ([^]*?)::([^]*)$/.exec(line) ?? []
    expect(properties.split(',').map((each) => each.split('=')[0])).toEqual(['file', 'line', 'title'])
    expect(readBack(properties)).toContain(`line=1,title=${ID}: ${printable(name)}`)
    expect(readBack(text)).toContain(printable(got))
  },
)
