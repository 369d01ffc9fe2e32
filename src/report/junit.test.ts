import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create } from 'xmlbuilder2'
import { describe, expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import { goodStep, messageStream, requirements, runRecord } from '../../tests/golden/message-stream.ts'
import { RUN, sampleVerdicts } from '../../tests/golden/sample-run.ts'
import { junitXml } from './junit.ts'

interface JUnitCase {
  readonly '@name': string
  readonly '@classname': string
  readonly failure?: { readonly '@type': string; readonly '@message': string; readonly '#': string }
  readonly error?: { readonly '@type': string; readonly '@message': string }
  readonly skipped?: string
  readonly 'system-out': string
}
interface Validator {
  readonly validateXML: (document: {
    readonly xml: readonly { readonly fileName: string; readonly contents: string }[]
    readonly schema: readonly string[]
  }) => Promise<{ readonly errors: readonly { readonly message: string }[] }>
}
type Suite = Record<`@${string}`, string> & { readonly testcase: JUnitCase | readonly JUnitCase[] }

function suitesOf(xml: string): { root: Record<string, string>; suites: readonly Suite[] } {
  const document = create(xml).end({ format: 'object' }) as {
    testsuites: Record<string, string> & { testsuite: readonly Suite[] }
  }
  return { root: document.testsuites, suites: document.testsuites.testsuite }
}

function casesOf({ testcase }: Suite): readonly JUnitCase[] {
  return [testcase].flat()
}

describe('junit.xml', () => {
  const { root, suites } = suitesOf(junitXml(sampleVerdicts(), RUN))
  const cases = suites.flatMap(casesOf)
  const named = (name: string): JUnitCase | undefined => cases.find((one) => one['@name'] === name)

  const linesOf = (name: string): readonly string[] => named(name)?.['system-out'].split('\n') ?? []

  test('counts what it holds', () => {
    expect(root).toMatchObject({ '@tests': '11', '@failures': '3', '@errors': '3' })
    expect(cases).toHaveLength(11)
    expect(cases.filter(({ failure }) => failure !== undefined)).toHaveLength(3)
    expect(cases.filter(({ error }) => error !== undefined)).toHaveLength(3)
    expect(cases.filter(({ skipped }) => skipped !== undefined)).toHaveLength(2)
    expect(suites.map((suite) => suite['@name'])).toEqual(['The run as a whole', 'relay.Messages'])
  })

  test('counts requirements, and those that are not verified by the reason', () => {
    const whole = suites.find((suite) => suite['@name'] === 'The run as a whole')
    expect(whole).toMatchObject({
      properties: {
        property: expect.arrayContaining([
          { '@name': 'headline', '@value': 'harness error' },
          { '@name': 'requirements.verified', '@value': '3' },
          { '@name': 'requirements.not-verified.skipped', '@value': '1' },
          { '@name': 'requirements.not-verified.client', '@value': '1' },
        ]),
      },
    })
  })

  test('says each outcome in its own way', () => {
    expect(named('refuses it twice')?.failure).toMatchObject({
      '@type': 'RELAY-MESSAGE-07',
      '@message': expect.stringMatching(/^RELAY-MESSAGE-07: /),
    })
    expect(named('refuses it twice')?.failure?.['#'].split('\n').slice(0, 2)).toEqual([
      'features/relay/messages.feature:14',
      'RELAY-MESSAGE-07 (MUST) A message for a device that is not registered returns 409.',
    ])
    expect(linesOf('refuses it twice')).toContain('violated: RELAY-MESSAGE-07')
    expect(named('works by now')?.failure).toMatchObject({ '@type': 'unexpected-pass' })
    expect(named('is known not to')?.skipped).toMatch(/^known deviation \(baseline entry 1\)/)
    expect(named('is pushed')?.skipped).toMatch(/^capability pushes/)
    expect(named('stays silent')?.error).toMatchObject({ '@type': 'inconclusive' })
    expect(named('has no such step')?.error).toMatchObject({ '@type': 'harness-error' })
    expect(linesOf('passes at last')).toContain(
      'flaky: passed at attempt 2; before: status of PUT /v1/messages/B: expected 409, got 204',
    )
    expect(named('delivers a message')).toMatchObject({ '@classname': 'relay.Messages' })
    expect(linesOf('delivers a message')).toEqual([
      'features/relay/messages.feature:3',
      'requirement: RELAY-MESSAGE-01',
      'outcome: passed',
    ])
  })

  test('keeps what a server sent, except what XML cannot contain', () => {
    const isFailure = ({ node }: ReturnType<typeof create>): boolean => node.nodeName === 'failure'
    const failure = create(junitXml(sampleVerdicts(), RUN)).root().find(isFailure, false, true)
    const { attributes } = failure?.node as unknown as {
      attributes: Iterable<{ name: string; value: string }>
    }
    expect([...attributes].map(({ name, value }) => [name, value])).toContainEqual([
      'message',
      'RELAY-MESSAGE-07: status of PUT /v1/messages/B: expected 409 | a list of devices, got 204 <script>alert("x")</script>|`\\u{1b}[31m\\u{202e}]]>\ufffd',
    ])
  })

  test('has no two cases of one name', () => {
    const alike = [3, 9, 12].map((line) => ({
      ...{ line, name: 'is so', tags: ['RELAY-CODE-01'] },
      attempts: [[goodStep('RELAY-CODE-01')]],
    }))
    const run = runRecord(alike)
    const register = requirements({ id: 'RELAY-CODE-01' })
    const { suites: written } = suitesOf(junitXml(judge(messageStream(alike), run, register), run))
    expect(written.flatMap(casesOf).map((one) => one['@name'])).toEqual([
      ...['is conformant', 'is so', 'is so (line 9)', 'is so (line 12)'],
    ])
  })

  test('has a case that is red whenever the run is', () => {
    expect(named('is conformant')?.error).toMatchObject({ '@type': 'harness-error' })
    const scripted = [{ line: 1, tags: ['RELAY-CODE-01'], attempts: [[goodStep('RELAY-CODE-01')]] }]
    const register = requirements({ id: 'RELAY-CODE-01' })
    const run = runRecord(scripted)
    const good = suitesOf(junitXml(judge(messageStream(scripted), run, register), run))
    expect(good.root).toMatchObject({ '@tests': '2', '@failures': '0', '@errors': '0' })
    const unreached = runRecord([], { preflight: 'no answer' })
    const bad = create(junitXml(judge([], unreached, register), unreached)).end({ format: 'object' })
    expect(bad).toMatchObject({ testsuites: { '@tests': '1', '@errors': '1' } })
  })
})

const HOSTILE = '&#0; &#xFFFE; &nothing; &lt; & <a> ]]> "x" \ud800 \u0000 \ufffe'
const hostile = [
  {
    line: 3,
    tags: ['RELAY-CODE-01'],
    attempts: [[{ status: 'FAILED' as const, evidence: {}, exception: HOSTILE }]],
    name: HOSTILE,
  },
]
const hostileRun = { ...runRecord(hostile), harnessErrors: [HOSTILE] }
const HOSTILE_XML = junitXml(
  judge(messageStream(hostile), hostileRun, requirements({ id: 'RELAY-CODE-01' })),
  hostileRun,
)

describe('the schema of JUnit', () => {
  const require = createRequire(import.meta.url)
  const { validateXML } = require('xmllint-wasm') as Validator
  const schema = readFileSync(new URL('../../fixtures/junit/jenkins-junit.xsd', import.meta.url), 'utf8')

  /** What the schema finds wrong. */
  async function faultsOf(xml: string): Promise<readonly string[]> {
    const { errors } = await validateXML({
      xml: [{ fileName: 'junit.xml', contents: xml }],
      schema: [schema],
    })
    return errors.map(({ message }) => message)
  }

  test('is kept by runs of every outcome, by hostile text and by a run of nothing', async () => {
    expect(await faultsOf(junitXml(sampleVerdicts(), RUN))).toEqual([])
    const unreached = runRecord([], { preflight: 'no answer' })
    const register = requirements({ id: 'RELAY-CODE-01' })
    expect(await faultsOf(junitXml(judge([], unreached, register), unreached))).toEqual([])
    expect(await faultsOf(HOSTILE_XML)).toEqual([])
  })

  test('is not kept by an attribute that JUnit does not know', async () => {
    const xml = junitXml(sampleVerdicts(), RUN)
    expect(await faultsOf(xml.replace('<testcase ', '<testcase line="3" '))).not.toEqual([])
  })
})

describe('text of a hostile server', () => {
  test('has no reference that XML does not know, and no character that it does not allow', () => {
    expect(HOSTILE_XML.match(/&(?!(?:amp|lt|gt|quot|apos);).{0,9}/g)).toBeNull()
    expect(HOSTILE_XML).not.toMatch(/[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/u)
  })

  // What reads XML here takes references in text that has none, so it is read by hand.
  test('reads as it was sent, but for those characters', () => {
    const known: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
    const [, written = ''] = /<testcase name="([^"]*)" classname="relay/.exec(HOSTILE_XML) ?? []
    const read = written.replace(/&(\w+);/g, (reference, name: string) => known[name] ?? reference)
    expect(read).toBe(HOSTILE.replace(/\p{Cs}|\p{Cc}|\ufffe/gu, '\uFFFD'))
  })
})
