import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { RISKS } from '#protocol/requirements.ts'
import { redactedTarget } from './redacted-target.ts'
import { resolveTargets, type NamedProtocols, type TargetOptions } from './resolve-target.ts'

let cwd: string

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'touchstone-target-'))
  writeFileSync(
    join(cwd, 'mine.yaml'),
    [
      'protocol: relay',
      'url: https://relay.example.org/',
      'dialect: deployed',
      'allow: [writes]',
      'timeouts: { answerMs: 1000 }',
      'capabilities:',
      '  verificationCode: { fixed: "123456" }',
      '  devices: { command: [add, --token, hunter2] }',
    ].join('\n'),
  )
  writeFileSync(join(cwd, 'nowhere.yaml'), 'protocol: relay\n')
  writeFileSync(
    join(cwd, 'voicemail.yaml'),
    [
      'protocol: mstore',
      'url: https://wsg.example.org',
      'mailbox: "+15551234567"',
      'capabilities:',
      '  gba:',
      '    isim:',
      '      impi: alice@ims.example.org',
      '      k: 0123456789ABCDEF0123456789ABCDEF',
      '      opc: fedcba9876543210fedcba9876543210',
      '      sqn: "000000000001"',
      '    bsf: { url: "http://bsf.example.org", fqdn: bsf.example.org }',
      '  pin: "1397"',
    ].join('\n'),
  )
})

afterAll(() => {
  rmSync(cwd, { recursive: true })
})

const resolve = (options: TargetOptions, named?: NamedProtocols) =>
  resolveTargets(named, options, { cwd, env: {}, featured: ['relay', 'mstore'] })

function deployment(options: TargetOptions, named?: NamedProtocols) {
  const [chosen] = resolve(options, named ?? (options.target === undefined ? 'relay' : undefined))
  if (chosen?.kind !== 'deployment') throw new Error('expected a deployment')
  return chosen.target
}

describe('a server in production', () => {
  const url = 'https://wsg.t-mobile.com'

  it('is refused until the command line allows it', () => {
    expect(() => resolve({ url }, 'mstore')).toThrow(/serves real people/)
    expect(() => resolve({ url, allow: ['writes'] }, 'mstore')).toThrow(/serves real people/)
    expect(deployment({ url, allow: ['writes', 'production'] }, 'mstore').allow).toEqual(['reads', 'writes'])
  })

  it('is refused until the target file allows it', () => {
    const written = `protocol: mstore\nurl: ${url}\n`
    writeFileSync(join(cwd, 'refused.yaml'), written)
    writeFileSync(join(cwd, 'allowed.yaml'), `${written}allow: [reads, production]\n`)
    expect(() => resolve({ target: 'refused.yaml' })).toThrow(/serves real people/)
    expect(deployment({ target: 'allowed.yaml' }).allow).toEqual(['reads'])
    expect(deployment({ target: 'allowed.yaml', allow: ['writes'] }).allow).toEqual(['reads', 'writes'])
  })
})

describe('resolveTarget', () => {
  it('lets the command line outweigh the file, and the file the defaults', () => {
    const target = deployment({ target: 'mine.yaml', url: 'http://other.example.org', timeout: 50 })
    expect(target).toMatchObject({
      url: 'http://other.example.org',
      dialect: 'deployed',
      username: 'number',
      reachableBy: 'push-id',
      allow: ['reads', 'writes'],
      timeouts: { answerMs: 50, pushMs: 5000 },
      requestsPerSecond: null,
      tls: { ca: null, insecure: false },
    })
  })

  it('allows everything on loopback and reads alone elsewhere', () => {
    expect(deployment({ url: 'http://127.0.0.1:8080' }).allow).toEqual(RISKS)
    expect(deployment({ url: 'http://relay.example.org' }).allow).toEqual(['reads'])
    expect(deployment({ url: 'http://127.0.0.1', allow: ['sends'] }).allow).toEqual(['reads', 'sends'])
  })

  it('takes from a control plane what the file does not supply', () => {
    const { capabilities } = deployment({ target: 'mine.yaml', control: 'http://127.0.0.1:8081/' })
    const plane = { kind: 'mock-control', url: 'http://127.0.0.1:8081' }
    expect(capabilities).toMatchObject({ verificationCode: { kind: 'fixed' }, pushes: plane, limits: plane })
  })

  it.each<[NamedProtocols, readonly string[]]>([
    [undefined, ['relay', 'mstore']],
    ['all', ['relay', 'mstore']],
    ['mstore', ['mstore']],
  ])('is the bundled mocks of %s where no server is named', (named, protocols) => {
    expect(resolve({ dialect: 'deployed' }, named)).toMatchObject(
      protocols.map((protocol) => ({
        kind: 'bundled',
        target: { protocol, dialect: 'deployed', allow: RISKS },
      })),
    )
  })

  it('takes the protocol of a server from the target file, or as it is named', () => {
    expect(deployment({ target: 'voicemail.yaml' }).protocol).toBe('mstore')
    expect(deployment({ target: 'voicemail.yaml' }, 'mstore').protocol).toBe('mstore')
    expect(deployment({ url: 'http://127.0.0.1' }, 'mstore').protocol).toBe('mstore')
  })

  it('knows an mStore by its mailbox, and gives its gateway time', () => {
    expect(deployment({ target: 'voicemail.yaml' })).toMatchObject({
      mailbox: '+15551234567',
      allow: ['reads'],
      timeouts: { answerMs: 5000, gatewayMs: 65_000 },
      capabilities: {
        subscribers: null,
        gba: { kind: 'isim' },
        voicemail: null,
        greeting: false,
        pin: '1397',
      },
    })
  })

  it('lets a control plane of an mStore make the subscribers, unless the file has credentials of its own', () => {
    const control = 'http://127.0.0.1:8444/'
    const plane = { kind: 'mock-control', url: 'http://127.0.0.1:8444' }
    expect(deployment({ url: 'https://127.0.0.1', control }, 'mstore').capabilities).toEqual({
      subscribers: plane,
      gba: plane,
      voicemail: plane,
      greeting: true,
      pin: null,
    })
    expect(deployment({ target: 'voicemail.yaml', control }).capabilities).toMatchObject({
      subscribers: null,
      gba: { kind: 'isim' },
      voicemail: plane,
    })
  })

  it.each<[string, [NamedProtocols, TargetOptions], RegExp]>([
    [
      'none is named',
      [undefined, { url: 'http://a' }],
      /^http:\/\/a is one server, of one protocol: expected relay or mstore behind the command, got none$/,
    ],
    ['all are', ['all', { url: 'http://a' }], /: expected relay or mstore behind the command, got all$/],
    [
      'all are, and the file has one',
      ['all', { target: 'voicemail.yaml' }],
      /: expected mstore behind the command, got all$/,
    ],
    [
      'it is not that of the file',
      ['relay', { target: 'voicemail.yaml' }],
      /^voicemail\.yaml describes a target of protocol mstore: expected mstore, got relay$/,
    ],
  ])('refuses a server whose protocol is not clear, for %s', (_, [named, options], message) => {
    expect(() => resolve(options, named)).toThrow(UsageError)
    expect(() => resolve(options, named)).toThrow(message)
  })

  it.each<[string, TargetOptions, RegExp]>([
    [
      'file that is not there',
      { target: 'none.yaml' },
      /^--target: cannot read none\.yaml: there is no such file$/,
    ],
    ['file that is a folder', { target: '.' }, /^--target: cannot read \.: it is a folder$/],
    ['file that names no server', { target: 'nowhere.yaml' }, /^nowhere\.yaml names no server/],
    ['url', { url: 'relay' }, /^--url: expected a URL such as http:\/\/127\.0\.0\.1:8080, got "relay"$/],
    ['control plane without a server', { control: 'http://127.0.0.1:1' }, /^--control needs --url/],
    ['authority without a server', { ca: 'nowhere.yaml' }, /^--ca needs --url/],
    [
      'authority that is not there',
      { url: 'https://a', ca: 'ca.pem' },
      /^--ca: cannot read .*there is no such file$/,
    ],
  ])('refuses a %s', (_, options, message) => {
    expect(() => resolve(options, 'relay')).toThrow(UsageError)
    expect(() => resolve(options, 'relay')).toThrow(message)
  })
})

it('shows a target without its codes and the arguments of its commands', () => {
  const shown = JSON.stringify(redactedTarget(deployment({ target: 'mine.yaml' })))
  expect(shown).not.toMatch(/123456|hunter2/)
  expect(shown).toContain('"command":["add","…"]')
})

it('shows an mStore target without its keys and its PIN', () => {
  const shown = JSON.stringify(redactedTarget(deployment({ target: 'voicemail.yaml' })))
  expect(shown).not.toMatch(/0123456789abcdef|fedcba9876543210|1397/i)
  expect(shown).toContain('alice@ims.example.org')
})
