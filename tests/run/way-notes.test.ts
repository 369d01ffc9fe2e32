import { createColors } from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { closingText } from '#report/console.ts'
import { htmlReport } from '../../src/report/html/page.tsx'
import { junitXml } from '#report/junit.ts'
import { markdownSummary } from '#report/markdown.ts'
import { summarise } from '#report/summary.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { RUN, sampleVerdicts } from '../golden/sample-run.ts'
import { bareTarget } from '../relay-targets.ts'
import { wayNotes } from '#run/targets/way-notes.ts'

const TLS = { cert: 'PEM-OF-CERT', key: 'PEM-OF-KEY' }
const PROXY = { url: 'http://user:hunter22@proxy.test:3128', from: 'target file', except: '' } as const
const URL = 'https://relay.test'

/** A target that is reached in no usual way, and what is said of each part. */
const WAYS = [
  { target: { tls: { ca: null, insecure: true } }, note: 'any certificate accepted' },
  { target: { tls: { ca: null, insecure: false, ...TLS } }, note: 'with a client certificate' },
  { target: { proxy: PROXY }, note: 'through the proxy http://proxy.test:3128 of the target file' },
  { target: { headers: { 'X-Gateway': 'let me in' } }, note: 'with X-Gateway in each request' },
] as const

const FORMATS: readonly (readonly [string, (verdicts: Verdicts, run: RunRecord) => string])[] = [
  ['summary.json', (verdicts, run) => JSON.stringify(summarise(verdicts, run))],
  ['junit.xml', junitXml],
  ['summary.md', markdownSummary],
  ['report.html', htmlReport],
  [
    'the closing text',
    (verdicts, run) =>
      closingText(verdicts, run, { colors: createColors(false), columns: 80, reports: 'reports' }),
  ],
]

describe.each(FORMATS)('in %s', (_name, format) => {
  it.each(WAYS)('it is said that a server was reached $note', ({ target, note }) => {
    const way = wayNotes({ ...bareTarget(), url: URL, ...target })
    const targets = [{ protocol: 'relay', url: URL, kind: 'deployment', control: false, way }] as const
    const text = format(sampleVerdicts(), { ...RUN, targets })
      .replaceAll('`', '')
      .replace(/\s+/g, ' ')
    expect(text).toContain(note)
    expect(text).not.toMatch(/hunter22|let me in|PEM-OF/)
  })
})

it('is nothing of the usual way', () => {
  expect(wayNotes(bareTarget())).toEqual([])
})
