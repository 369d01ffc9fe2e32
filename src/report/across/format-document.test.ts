import { describe, expect, test } from 'vitest'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { badStep, goodStep } from '../../../tests/golden/message-stream.ts'
import { compareRuns } from './compare-runs.ts'
import { comparisonDocument } from './comparison-document.ts'
import { DOCUMENT_FORMATS, formatDocument } from './format-document.ts'
import { matrixDocument } from './matrix-document.ts'
import { trendDocument } from './trend-document.ts'

const ID = 'RELAY-MESSAGE-01'
const good = namedRun('a', [{ line: 1, tags: [ID], attempts: [[goodStep(ID)]] }])
const bad = namedRun('b', [{ line: 1, tags: [ID], attempts: [[badStep(ID)]] }], {
  startedAt: '2026-03-02T12:00:00.000Z',
})
const hostile = namedRun('c', [
  {
    line: 1,
    name: 'a <script>alert(1)</script> | with \u001b[31m and \u009b\u202e',
    tags: [ID],
    attempts: [[badStep(ID, { got: '<img src=x onerror=alert(1)>\u0007' })]],
  },
])

describe('a comparison', () => {
  test('is answered in its first line and fits the terminal', () => {
    const text = formatDocument(comparisonDocument(compareRuns(good, bad)), 'text', 60)
    expect(text.split('\n')[0]).toBe('✗ Worse: 1 requirement newly violated')
    expect(text).toContain('Newly violated:\n  RELAY-MESSAGE-01 (MUST)\n')
    expect(text.split('\n').every((line) => line.length <= 60)).toBe(true)
  })

  test('between equal runs says so', () => {
    const text = formatDocument(comparisonDocument(compareRuns(good, good)), 'text', 80)
    expect(text).toContain('✓ No worse: nothing changed in what the requirements say')
  })
})

describe('a matrix', () => {
  test('counts by area and lists what differs', () => {
    const { sections } = matrixDocument([good, bad])
    expect(sections.map(({ table }) => table?.rows)).toEqual([
      [
        ['RELAY-MESSAGE', '1✓ 1○', '1✗ 1○'],
        ['RELAY-PUSH', '1○', '1○'],
      ],
      [[ID, '✓ verified', '✗ violated']],
    ])
  })

  test('says — in every cell of what a run did not judge, and breaks no line behind a sign', () => {
    const { verdicts } = bad
    const requirements = verdicts.requirements.filter(({ requirement }) => requirement.id !== 'RELAY-PUSH-01')
    const less = { ...bad, verdicts: { ...verdicts, requirements } }
    const document = matrixDocument([good, less])
    expect(document.sections[0]?.table?.rows.at(-1)).toEqual(['RELAY-PUSH', '1○', '—'])
    const widths = Array.from({ length: 60 }, (_, index) => index + 40)
    const texts = widths.flatMap((width) =>
      [document, trendDocument([good, bad])].map((one) => formatDocument(one, 'text', width)),
    )
    expect(texts.filter((text) => /[,.] [✗✓○≈?—]$/m.test(text))).toEqual([])
  })
})

describe('a trend', () => {
  test('orders runs by time and distinguishes a flaky scenario from one that changed once', () => {
    const later = namedRun('d', [{ line: 1, tags: [ID], attempts: [[goodStep(ID)]] }], {
      startedAt: '2026-03-03T12:00:00.000Z',
    })
    const titles = (document: ReturnType<typeof trendDocument>): unknown =>
      document.sections.map(({ title, table }) => [title, table?.rows[0]?.[0]])
    expect(titles(trendDocument([bad, good]))).toEqual([
      ['Changed once', '✓✗'],
      ['Slowest', '250 ms'],
    ])
    expect(titles(trendDocument([later, bad, good]))).toEqual([
      ['Flaky', '✓✗✓'],
      ['Slowest', '250 ms'],
    ])
  })
})

describe.each(DOCUMENT_FORMATS)('as %s', (format) => {
  test('shows hostile text as text', () => {
    const documents = [
      comparisonDocument(compareRuns(good, hostile)),
      matrixDocument([good, hostile]),
      trendDocument([good, hostile]),
    ]
    const written = documents.map((document) => formatDocument(document, format, 80)).join('')
    expect(written).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
    if (format === 'html' || format === 'markdown') expect(written).not.toMatch(/(?<!\\)<(script|img)/)
  })
})
