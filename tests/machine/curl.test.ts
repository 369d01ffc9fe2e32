import { execFileSync } from 'node:child_process'
import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { Repeatable } from '#driver/curl.ts'
import { curlLine } from '#driver/curl.ts'
import { Secrets } from '#driver/secrets.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const request: Omit<Repeatable, 'recorded'> = {
  method: 'PUT',
  url: 'http://127.0.0.1:8080/v1/messages/+14155550100',
  headers: [
    ['Host', '127.0.0.1:8080'],
    ['Authorization', 'Basic KzE0MTU1NTUwMTAwOjAxMjM0NTY3ODlhYmNkZWY='],
    ['Content-Type', 'application/json'],
    ['Content-Length', '7'],
    ['Connection', 'close'],
  ],
  body: bytes('{"a":1}'),
  insecure: false,
  authority: false,
}
const curl = (change: Partial<Repeatable>, secrets = new Secrets()) => {
  const changed = { ...request, ...change }
  return curlLine({ ...changed, recorded: secrets.redactBytes(changed.body ?? new Uint8Array()) }, secrets)
}

/** The words a POSIX shell makes of the line, with `curl` as a function that prints them, NUL-separated. */
function shellWords(line: string, env: Readonly<Record<string, string>> = {}): readonly string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${line}`
  const output = execFileSync('/bin/sh', ['-c', script], { env })
  return output.toString('utf8').split('\0').slice(0, -1)
}

describe('curlLine', () => {
  it('repeats the request, with the credentials in a variable', () => {
    expect(curl({})).toBe(
      `curl -sS -i -X PUT -H "Authorization: Basic $TOUCHSTONE_AUTH" -H 'Content-Type: application/json' ` +
        `--data-binary '{"a":1}' 'http://127.0.0.1:8080/v1/messages/+14155550100'`,
    )
  })

  it.each([
    ['Basic !!!!', '-H "Authorization: Basic $TOUCHSTONE_AUTH"'],
    ['Basic', '-H "Authorization: Basic"'],
    ['secret', '-H "Authorization: $TOUCHSTONE_AUTH"'],
    ['Bearer secret', '-H "Authorization: Bearer $TOUCHSTONE_AUTH"'],
  ])('never shows what an Authorization %j holds', (value, option) => {
    expect(curl({ headers: [['Authorization', value]] })).toContain(option)
  })

  it('leaves a digest to curl, with the path as a server takes it that hashes the decoded one', () => {
    const headers = [['Authorization', 'Digest username="u", response="r"']] as const
    const line = curl({
      headers,
      url: 'https://h/tel%3A%2B1%2F%41/vvm?attrFilter=%3A',
      method: 'GET',
      body: null,
    })
    expect(line).toBe(
      `curl -sS -i -X GET --digest -u "$TOUCHSTONE_BTID:$TOUCHSTONE_KEY" 'https://h/tel:+1%2F%41/vvm?attrFilter=%3A'`,
    )
  })

  it('trusts the authorities of a file where the run did', () => {
    expect(curl({ authority: true })).toMatch(/^curl -sS -i --cacert "\$TOUCHSTONE_CA" -X PUT/)
  })

  it('names secrets in URL and body as variables, by their form', () => {
    const secrets = new Secrets()
    secrets.add('123456', 'verification code')
    secrets.add('p"ss word', 'password')
    const line = curl(
      { url: 'http://h/code/123456', body: bytes(JSON.stringify({ a: 'p"ss word' })) },
      secrets,
    )
    expect(line).toContain(`'http://h/code/'"$TOUCHSTONE_VERIFICATION_CODE"`)
    expect(line).toContain(`'{"a":"'"$TOUCHSTONE_PASSWORD_JSON"'"}'`)
    const words = shellWords(line, {
      TOUCHSTONE_VERIFICATION_CODE: '123456',
      TOUCHSTONE_PASSWORD_JSON: 'p\\"ss word',
    })
    expect(words.slice(-2)).toEqual(['{"a":"p\\"ss word"}', 'http://h/code/123456'])
  })

  it('has the name of a header that hides its value read as it is, whatever a shell makes of its characters', () => {
    const secrets = new Secrets()
    const name = "X-$(a)`b`!$TOUCHSTONE_AUTH'"
    secrets.addHeader(name, 'let me in')
    const line = curl({ headers: [[name, 'let me in']], body: null }, secrets)
    expect(line).not.toContain('let me in')
    const [variable = ''] = /TOUCHSTONE_X\w+(?=" )/.exec(line) ?? []
    expect(shellWords(line, { [variable]: 'let me in' })).toContain(`${name}: let me in`)
  })

  it('keeps curl from tidying paths, from globbing, and from adding a type', () => {
    expect(curl({ url: 'http://h/a/../b' })).toContain('--path-as-is')
    expect(curl({ url: 'http://h/[1]' })).toContain(' -g ')
    expect(curl({ headers: [] })).toContain("-H 'Content-Type:'")
    expect(curl({ headers: [], body: null })).not.toContain('Content-Type')
    expect(curl({ headers: [['X', '']] })).toContain("-H 'X;'")
  })

  it('asks for a head with --head', () => {
    expect(curl({ method: 'HEAD', body: null })).toMatch(/-i --head -H/)
  })

  it.each([
    ['binary', Uint8Array.of(0, 255, 10)],
    ['text of several lines', bytes('a\nb')],
    ['text that curl would take for a file name', bytes('@/etc/hosts')],
  ])('pipes a body that is %s through base64', (_what, body) => {
    const line = curl({ body })
    expect(line).toBe(
      `printf %s '${Buffer.from(body).toString('base64')}' | base64 -d | ${line.slice(line.indexOf('curl'))}`,
    )
    expect(line).toContain('--data-binary @-')
    const piped = execFileSync('sh', ['-c', `curl() { cat; }\n${line}`])
    expect([...piped]).toEqual([...body])
  })

  it('leaves a large body to a file and says how large it was', () => {
    expect(curl({ body: new Uint8Array(5000) })).toMatch(
      /--data-binary @body\.bin .* # body\.bin: the 5000 bytes that were sent$/,
    )
  })

  test.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' })], { numRuns: 25 })(
    'is one line, and the shell reads back what was sent',
    (text, name) => {
      const url = `http://h/${encodeURIComponent(name)}'$(x)\`"`
      const body = bytes(text.replace(/[\p{Cc}]/gu, '').replace(/^@+/, ''))
      const line = curl({ url, body })
      expect(line).not.toMatch(/[\r\n]/)
      expect(shellWords(line).slice(-2)).toEqual([new TextDecoder().decode(body), url])
    },
  )
})
