import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '#evidence/usage-error.ts'
import { RISKS } from '#protocol/requirements.ts'
import { redactedTarget } from './redacted-target.ts'
import { resolveTarget, type TargetOptions } from './resolve-target.ts'

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
})

afterAll(() => {
  rmSync(cwd, { recursive: true })
})

const resolve = (options: TargetOptions) => resolveTarget(options, { cwd, env: {} })

function deployment(options: TargetOptions) {
  const chosen = resolve(options)
  if (chosen.kind !== 'deployment') throw new Error('expected a deployment')
  return chosen.target
}

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

  it('is the bundled mocks where no server is named', () => {
    expect(resolve({ dialect: 'deployed' })).toMatchObject({
      kind: 'bundled',
      settings: { dialect: 'deployed', allow: RISKS },
    })
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
    expect(() => resolve(options)).toThrow(UsageError)
    expect(() => resolve(options)).toThrow(message)
  })
})

it('shows a target without its codes and the arguments of its commands', () => {
  const shown = JSON.stringify(redactedTarget(deployment({ target: 'mine.yaml' })))
  expect(shown).not.toMatch(/123456|hunter2/)
  expect(shown).toContain('"command":["add","…"]')
})
