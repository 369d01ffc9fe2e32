import { describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { parseTargetFile } from './target-file.ts'

const parse = (text: string, env = {}) =>
  parseTargetFile(text, { shown: 'mine.yaml', path: '/etc/touchstone/mine.yaml', env })

const K = '000102030405060708090A0B0C0D0E0F'
const KEY = Buffer.alloc(32, 7).toString('base64')

const WHOLE = `
protocol: mstore
url: https://wsg.example.org
dialect: deployed
mailbox: "+15551234567"
naf: wsg.example.org
digestUri: path
allow: [writes]
capabilities:
  gba:
    isim: { impi: alice@ims.example.org, k: { env: K }, opc: { env: OPC }, sqn: "00000000000A" }
    bsf: { url: "http://bsf.example.org:8080", fqdn: bsf.example.org }
  voicemail: { command: [./leave-voicemail] }
  greeting: true
  pin: { env: PIN }
timeouts: { answerMs: 2500 }
limits: { requestsPerSecond: 2, gatewayTimeoutMs: 30000 }
tls: { ca: ca.pem }
`

const ENV = { K, OPC: K, PIN: '1397' }

/** A file whose capabilities are those, as YAML in one line, and its mailbox is known. */
const having = (capabilities: string) =>
  `protocol: mstore\nmailbox: "+15551234567"\ncapabilities: ${capabilities}`

describe('parseTargetFile, of an mStore', () => {
  it('reads all that it can say, secrets from the environment, paths beside the file', () => {
    expect(parse(WHOLE, ENV)).toEqual({
      protocol: 'mstore',
      url: 'https://wsg.example.org',
      dialect: 'deployed',
      mailbox: '+15551234567',
      naf: 'wsg.example.org',
      digestUri: 'path',
      places: { pin: 'mine.yaml:15: capabilities.pin' },
      allow: ['writes'],
      capabilities: {
        subscribers: null,
        gba: {
          kind: 'isim',
          isim: {
            impi: 'alice@ims.example.org',
            k: K.toLowerCase(),
            opc: K.toLowerCase(),
            sqn: '00000000000a',
          },
          bsf: { url: 'http://bsf.example.org:8080', fqdn: 'bsf.example.org' },
        },
        voicemail: { kind: 'command', command: ['/etc/touchstone/leave-voicemail'] },
        greeting: true,
        pin: '1397',
      },
      timeouts: { answerMs: 2500, gatewayMs: 30000 },
      requestsPerSecond: 2,
      tls: { ca: '/etc/touchstone/ca.pem' },
    })
  })

  it('needs no more than the protocol', () => {
    expect(parse('protocol: mstore')).toEqual({ protocol: 'mstore', capabilities: {}, timeouts: {}, tls: {} })
  })

  it.each<[string, string, object]>([
    [
      'a fixed key',
      `{ gba: { fixed: { btid: b, key: ${KEY} } } }`,
      { gba: { kind: 'fixed', btid: 'b', key: KEY } },
    ],
    ['a command', '{ gba: { command: [gba, -x] } }', { gba: { kind: 'command', command: ['gba', '-x'] } }],
    [
      'a control plane, which makes subscribers too',
      '{ gba: { control: "http://127.0.0.1:1" } }',
      {
        gba: { kind: 'mock-control', url: 'http://127.0.0.1:1' },
        subscribers: { kind: 'mock-control', url: 'http://127.0.0.1:1' },
      },
    ],
    [
      'voicemails that are there',
      '{ voicemail: { fixed: true } }',
      { voicemail: { kind: 'fixed', value: 'true' } },
    ],
  ])('reads %s', (_, capabilities, expected) => {
    expect(parse(having(capabilities)).capabilities).toMatchObject(expected)
  })

  it('needs no mailbox where subscribers are made', () => {
    const file = parse('protocol: mstore\ncapabilities: { gba: { control: "http://127.0.0.1:1" } }')
    expect(file).toMatchObject({ mailbox: undefined })
  })

  it.each([
    [
      'mailbox that is a number',
      'protocol: mstore\nmailbox: +15551234567',
      /^mine\.yaml:2: mailbox: expected string, got number; write it in quotes$/,
    ],
    [
      'mailbox',
      'protocol: mstore\nmailbox: "555-1234"',
      /^mine\.yaml:2: mailbox: expected a number in E\.164 form, such as "\+15551234567"$/,
    ],
    [
      'key of a relay',
      'protocol: mstore\nusername: number',
      /^mine\.yaml:2: username: unknown key; allowed here: protocol, url, dialect, mailbox/,
    ],
    [
      'number of sources',
      having(`{ gba: { command: [a], control: "http://a" } }`),
      /^mine\.yaml:3: capabilities\.gba: expected exactly one of isim, fixed, command, control$/,
    ],
    ['source', having('{ gba: {} }'), /expected exactly one of isim, fixed, command, control$/],
    [
      'ISIM without a BSF',
      having(`{ gba: { isim: { impi: a, k: ${K}, opc: ${K}, sqn: "000000000000" } } }`),
      /capabilities\.gba: expected isim and bsf together, got one of them$/,
    ],
    [
      'BSF without an ISIM',
      having('{ gba: { command: [a], bsf: { url: "http://a", fqdn: a } } }'),
      /capabilities\.gba: expected isim and bsf together, got one of them$/,
    ],
    [
      'K',
      having(
        `{ gba: { isim: { impi: a, k: "0123", opc: ${K}, sqn: "000000000000" }, bsf: { url: "http://a", fqdn: a } } }`,
      ),
      /^mine\.yaml:3: capabilities\.gba\.isim\.k: expected 32 hexadecimal digits, got 4 characters that are something else$/,
    ],
    [
      'SQN',
      having(
        `{ gba: { isim: { impi: a, k: ${K}, opc: ${K}, sqn: "1" }, bsf: { url: "http://a", fqdn: a } } }`,
      ),
      /capabilities\.gba\.isim\.sqn: expected 12 hexadecimal digits/,
    ],
    [
      'key',
      having('{ gba: { fixed: { btid: b, key: c2hvcnQ= } } }'),
      /capabilities\.gba\.fixed\.key: expected Ks_NAF, 32 bytes in Base64 with padding, got 8 characters/,
    ],
    [
      'environment',
      having('{ pin: { env: NO_PIN } }'),
      /capabilities\.pin: the environment variable NO_PIN is not set$/,
    ],
    [
      'PIN',
      having('{ pin: "13a7" }'),
      /capabilities\.pin: expected 4 to 16 decimal digits, got 4 characters/,
    ],
    [
      'PIN that is a number',
      having('{ pin: 1397 }'),
      /capabilities\.pin: expected string or object, got number; write it in quotes$/,
    ],
    [
      'credentials of no mailbox',
      'protocol: mstore\ncapabilities: { gba: { command: [a] } }',
      /mailbox is missing: expected the number that the credentials are for, such as "\+15551234567"$/,
    ],
    [
      'URL of a BSF',
      having(
        `{ gba: { isim: { impi: a, k: ${K}, opc: ${K}, sqn: "000000000000" }, bsf: { url: "http://u:p@a", fqdn: a } } }`,
      ),
      /capabilities\.gba\.bsf\.url: expected a URL without credentials/,
    ],
    [
      'URL of a control plane',
      having('{ gba: { control: "http://u:p@a" } }'),
      /^mine\.yaml:3: capabilities\.gba\.control: expected a URL without credentials/,
    ],
    [
      'URL of the control plane of voicemails',
      having('{ voicemail: { control: "http://a?b" } }'),
      /^mine\.yaml:3: capabilities\.voicemail\.control: expected a URL without query/,
    ],
    [
      'K beside a PIN that is not set',
      having(
        `{ gba: { isim: { impi: a, k: "12", opc: ${K}, sqn: "000000000000" }, bsf: { url: "http://a", fqdn: a } }, pin: { env: NO_PIN } }`,
      ),
      /^mine\.yaml:3: capabilities\.pin: the environment variable NO_PIN is not set$/,
    ],
    ['voicemail', having('{ voicemail: { fixed: "1" } }'), /capabilities\.voicemail\.fixed: expected true$/],
  ])('refuses a wrong %s', (_, text, message) => {
    expect(() => parse(text)).toThrow(UsageError)
    expect(() => parse(text)).toThrow(message)
  })

  it('never repeats a secret, not even a wrong one of the environment', () => {
    const env = { ...ENV, K: 'hunter2hunter2' }
    expect(() => parse(WHOLE, env)).toThrow(/isim\.k: expected 32 hexadecimal digits, got 14 characters/)
    expect(() => parse(WHOLE, env)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    )
  })
})
