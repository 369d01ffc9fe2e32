import { describe, expect, it } from 'vitest'
import { parseTargetFile } from '../targets/target-file.ts'
import { targetText, type KnownTarget } from './target-text.ts'

const PLACE = {
  shown: 'mine.yaml',
  path: '/home/me/mine.yaml',
  env: {
    ISIM_K: '0'.repeat(32),
    ISIM_OPC: '0'.repeat(32),
    KS_NAF: `${'A'.repeat(43)}=`,
    MAILBOX_PIN: '1234',
  },
}

const relay: KnownTarget = {
  protocol: 'relay',
  url: 'http://127.0.0.1:8080',
  file: 'mine.yaml',
  isLocal: true,
}
const mstore: KnownTarget = { ...relay, protocol: 'mstore', url: 'https://vvm.example.org', isLocal: false }

/** The text with every comment that shows a line made that line; what stands behind a second `# ` stays a comment. */
function uncommented(text: string): string {
  const [head = '', ...rest] = text.split('\n\n')
  return [head, ...rest.map((part) => part.replaceAll(/^# (?=\s*(?:[A-Za-z]+:|#))/gm, ''))].join('\n\n')
}

describe('a target file that is begun', () => {
  it.each([
    { name: 'a relay', known: relay },
    { name: 'an mStore', known: mstore },
    { name: 'a relay with a control plane', known: { ...relay, control: 'http://127.0.0.1:8081' } },
    {
      name: 'an mStore with a control plane, another NAF name and authorities',
      known: { ...mstore, control: 'http://127.0.0.1:8444', naf: 'naf.example.org', ca: 'ca.pem' },
    },
  ])('is one as it stands, for $name', ({ known }) => {
    const text = targetText(known)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
    expect(parseTargetFile(text, PLACE)).toMatchObject({
      protocol: known.protocol,
      url: known.url,
    })
  })

  it.each([
    { name: 'a relay', known: relay },
    { name: 'an mStore', known: mstore },
  ])('is one with all that it shows, for $name', ({ known }) => {
    const part = parseTargetFile(uncommented(targetText(known)), PLACE)
    expect(part.allow).toEqual(['writes', 'sends'])
    expect(Object.keys(part.capabilities ?? {}).length).toBeGreaterThan(3)
  })

  it('says what is known of it', () => {
    expect(targetText({ ...mstore, naf: 'naf.example.org' })).toMatch(/^naf: naf\.example\.org/m)
    expect(targetText({ ...relay, control: 'http://127.0.0.1:8081' })).toContain(
      '  pushes: { control: http://127.0.0.1:8081 }',
    )
  })

  it('fits 100 columns', () => {
    const longest = [relay, mstore]
      .flatMap((known) => targetText(known).split('\n'))
      .map(({ length }) => length)
    expect(Math.max(...longest)).toBeLessThanOrEqual(110)
  })
})
