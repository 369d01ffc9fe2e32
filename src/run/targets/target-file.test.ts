import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { parseTargetFile } from './target-file.ts'

const parse = (text: string, env = {}) =>
  parseTargetFile(text, { shown: 'mine.yaml', path: '/etc/touchstone/mine.yaml', env })

const WHOLE = `
protocol: relay
url: https://relay.example.org/base
dialect: deployed
username: number.device
reachableBy: confirmation
registrationId: text
allow: [writes, sends]
capabilities:
  verificationCode: { fixed: { env: RELAY_CODE } }
  pushes: { control: "http://127.0.0.1:8081" }
  devices: { command: [./add-device, --quiet] }
  limits: { fixed: { sms: { burst: 2, refillMs: 30000 }, retrievals: none } }
  federation:
    name: south
    knownAs: north
    url: http://south.example.org
    verificationCode: { fixed: "123456" }
    pushes: { command: [read-pushes] }
    synchronise: { command: [./exchange] }
timeouts: { answerMs: 2500, pushMs: 4000 }
limits: { requestsPerSecond: 2.5 }
tls: { ca: certificates/ca.pem, insecure: false }
`

describe('parseTargetFile', () => {
  it('reads all that a target file can say, secrets from the environment, paths beside the file', () => {
    expect(parse(WHOLE, { RELAY_CODE: '654321' })).toEqual({
      protocol: 'relay',
      url: 'https://relay.example.org/base',
      dialect: 'deployed',
      username: 'number.device',
      reachableBy: 'confirmation',
      places: { verificationCode: 'mine.yaml:10: capabilities.verificationCode' },
      registrationId: 'text',
      allow: ['writes', 'sends'],
      capabilities: {
        verificationCode: { kind: 'fixed', value: '654321' },
        pushes: { kind: 'mock-control', url: 'http://127.0.0.1:8081' },
        devices: { kind: 'command', command: ['/etc/touchstone/add-device', '--quiet'] },
        limits: { kind: 'fixed', limits: { sms: { burst: 2, refillMs: 30000 }, retrievals: 'none' } },
        federation: {
          name: 'south',
          knownAs: 'north',
          url: 'http://south.example.org',
          verificationCode: { kind: 'fixed', value: '123456' },
          pushes: { kind: 'command', command: ['read-pushes'] },
          devices: null,
          synchronise: { kind: 'command', command: ['/etc/touchstone/exchange'] },
        },
      },
      timeouts: { answerMs: 2500, pushMs: 4000 },
      requestsPerSecond: 2.5,
      tls: { ca: '/etc/touchstone/certificates/ca.pem', insecure: false },
    })
  })

  it('needs no more than the protocol', () => {
    expect(parse('protocol: relay')).toEqual({ protocol: 'relay', capabilities: {}, timeouts: {}, tls: {} })
  })

  it.each([
    ['protocol', 'url: http://a', /^mine\.yaml:1: protocol is missing$/],
    [
      'misspelt key',
      'protocol: relay\nulr: http://a',
      /^mine\.yaml:2: ulr: unknown key; did you mean url\?$/,
    ],
    [
      'strange key',
      'protocol: relay\ntimeouts:\n  forever: 1',
      /^mine\.yaml:3: timeouts\.forever: unknown key; allowed here: answerMs, pushMs$/,
    ],
    [
      'dialect',
      'protocol: relay\ndialect: liberal',
      /^mine\.yaml:2: dialect: expected one of documented, deployed$/,
    ],
    [
      'risk',
      'protocol: relay\nallow:\n  - reads\n  - burns',
      /^mine\.yaml:4: allow\.1: expected one of reads, writes/,
    ],
    [
      'scheme',
      'protocol: relay\nurl: ftp://a',
      /^mine\.yaml:2: url: expected an http:\/\/ or https:\/\/ URL$/,
    ],
    [
      'credentials in a URL',
      'protocol: relay\nurl: http://me:secret@a',
      /^mine\.yaml:2: url: expected a URL without credentials/,
    ],
    [
      'query in a URL',
      'protocol: relay\nurl: http://a/?b',
      /^mine\.yaml:2: url: expected a URL without query/,
    ],
    [
      'time',
      'protocol: relay\ntimeouts: { answerMs: soon }',
      /^mine\.yaml:2: timeouts\.answerMs: expected integer, got string$/,
    ],
    [
      'two sources',
      'protocol: relay\ncapabilities: { pushes: { control: "http://a", command: [b] } }',
      /capabilities\.pushes: expected exactly one of control, file, command$/,
    ],
    [
      'code that is a number',
      'protocol: relay\ncapabilities: { verificationCode: { fixed: 123456 } }',
      /verificationCode\.fixed: expected string or object, got number; write it in quotes$/,
    ],
    [
      'source of pushes',
      'protocol: relay\ncapabilities: { pushes: { fixed: "1" } }',
      /capabilities\.pushes\.fixed: unknown key/,
    ],
    [
      'control plane',
      'protocol: relay\ncapabilities: { pushes: { control: "http://x:y@a" } }',
      /^mine\.yaml:2: capabilities\.pushes\.control: expected a URL without credentials/,
    ],
    [
      'environment',
      'protocol: relay\ncapabilities:\n  verificationCode: { fixed: { env: RELAY_CODE } }',
      /^mine\.yaml:3: .*the environment variable RELAY_CODE is not set$/,
    ],
    ['key twice', 'protocol: relay\nurl: http://a\nurl: http://b', /^mine\.yaml:3: Map keys must be unique/],
    ['empty file', '', /^mine\.yaml:1: expected object, got nothing$/],
    [
      'alias bomb',
      'a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c]',
      /^mine\.yaml:1: /,
    ],
  ])('refuses a wrong %s at its line', (_, text, message) => {
    expect(() => parse(text)).toThrow(UsageError)
    expect(() => parse(text)).toThrow(message)
  })

  it('reports all errors at once, a line each', () => {
    expect(() => parse('protocol: rely\ncolour: red\ntls: { insecure: 1 }')).toThrow(
      /^mine\.yaml:2: colour: .*\nmine\.yaml:3: tls\.insecure: .*boolean.*\nmine\.yaml:1: protocol: expected one of relay, mstore$/,
    )
  })

  it('never repeats a value, which may be a secret', () => {
    const secret = 'hunter2hunter2'
    expect(() =>
      parse(`protocol: relay\ncapabilities: { verificationCode: { fixed: [${secret}] } }`),
    ).toThrow(expect.not.objectContaining({ message: expect.stringContaining(secret) }))
  })
})

describe('areas that are not implemented', () => {
  const read = (areas: string) =>
    parseTargetFile(`protocol: relay\nunimplemented: ${areas}\n`, {
      shown: 'a.yaml',
      path: '/a.yaml',
      env: {},
    })

  it('are kept as the gate knows them', () => {
    expect(read('[Directory, pushid]').unimplemented).toEqual(['directory', 'pushid'])
  })

  it('are refused where the register has none of that name', () => {
    expect(() => read('[directry]')).toThrow(
      /^a\.yaml:2: unimplemented: expected areas from .*directory.*, got "directry".*did you mean directory/,
    )
  })
})
