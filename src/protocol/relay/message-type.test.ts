import protobuf from 'protobufjs'
import { describe, expect, test } from 'vitest'
import { fromHex } from '../bytes.ts'
import { packagedText } from '../package-root.ts'
import { messageType } from './message-type.ts'
import { END_SESSION, GROUP_TYPES } from './push-message-content.ts'
import { SIGNAL_FIELDS, SIGNAL_TYPES } from './signals.ts'

function root(file: string): protobuf.Root {
  return protobuf.parse(packagedText(`proto/${file}`), { keepCase: true }).root
}

describe('the .proto files', () => {
  const signals = root('incoming-push-message-signal.proto')
  const contents = root('push-message-content.proto')

  test('RELAY-ENCODING-12: list the types of a signal', () => {
    expect(signals.lookupEnum('IncomingPushMessageSignal.Type').values).toEqual(SIGNAL_TYPES)
  })

  test('RELAY-ENCODING-11: number the fields of a signal', () => {
    const { fieldsArray } = signals.lookupType('IncomingPushMessageSignal')
    expect(Object.fromEntries(fieldsArray.map(({ name, id }) => [name, id]))).toEqual(SIGNAL_FIELDS)
  })

  test('RELAY-ENCODING-08: list the types of a group', () => {
    expect(contents.lookupEnum('PushMessageContent.GroupContext.Type').values).toEqual(GROUP_TYPES)
  })

  test('RELAY-ENCODING-10: list the one flag', () => {
    expect(contents.lookupEnum('PushMessageContent.Flags').values).toEqual({ END_SESSION })
  })
})

describe('a message type', () => {
  const type = messageType('incoming-push-message-signal.proto', 'IncomingPushMessageSignal')

  test('carries 64-bit integers and unlisted enum values exactly', () => {
    const members = { type: 99, timestamp: 2n ** 64n - 1n }
    expect(type.encode(members)).toEqual(fromHex('086328ffffffffffffffffff01'))
    expect(type.decode(type.encode(members))).toMatchObject({ members, unknown: [] })
  })

  test('takes the last of a field that came twice', () => {
    expect(type.decode(fromHex('086308012801280a'))).toMatchObject({ members: { type: 1, timestamp: 10n } })
  })

  test('does not decode a view of other bytes by mistake', () => {
    expect(type.decode(fromHex('ffff0801ffff').subarray(2, 4))).toMatchObject({ members: { type: 1 } })
  })
})
