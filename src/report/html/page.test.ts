import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { judge } from '#verdict/judge.ts'
import { runRecord } from '../../../tests/golden/message-stream.ts'
import { REQUIREMENTS, RUN, sampleVerdicts } from '../../../tests/golden/sample-run.ts'
import { htmlReport } from './page.tsx'

const html = htmlReport(sampleVerdicts(), RUN)

function all(pattern: RegExp, text = html): string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found)
}

describe('report.html', () => {
  test('needs nothing from outside and runs nothing but its own script', () => {
    const [script = ''] = all(/<script>(.*?)<\/script>/gs)
    expect(html.replace(script, '')).not.toMatch(/<link|<img|<iframe|@import|url\(|\son\w+=/i)
    expect(all(/<script([^>]*)>/g).map((attributes) => attributes.split('"')[1] ?? '')).toEqual([
      'application/octet-stream',
      '',
    ])
    expect(html).toContain('&lt;script>alert(')
  })

  test('lets a browser run its own script alone, by their digests', () => {
    const [script = ''] = all(/<script>(.*?)<\/script>/gs)
    const [style = ''] = all(/<style>(.*?)<\/style>/gs)
    const digest = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    expect(html).toContain(
      `content="default-src 'none'; style-src ${digest(style)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'"`,
    )
  })

  test('has one heading for the verdict, landmarks, a language and a title', () => {
    expect(all(/<h1>(.*?)<\/h1>/g)).toHaveLength(1)
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/)
    expect(all(/<(header|main|footer|nav)[ >]/g)).toEqual(['header', 'nav', 'main', 'footer'])
    expect(all(/<title>(.*?)<\/title>/g)).toEqual([
      'harness error: relay at http://127.0.0.1:8080 — Touchstone',
    ])
    expect(all(/(<th)(?! scope="(?:row|col)")[ >]/g)).toEqual([])
  })

  test('can be linked into at every requirement and scenario, and every link arrives', () => {
    const ids = all(/ id="([^"]*)"/g)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toEqual(expect.arrayContaining([...REQUIREMENTS.keys(), 'relay-messages-8']))
    expect(all(/ href="#([^"]*)"/g).filter((target) => !ids.includes(target))).toEqual([])
    expect(all(/ href="([^#][^"]*)"/g)).toEqual([])
  })

  test('shows a failure first, with the exchange that proves it', () => {
    const [first = ''] = all(/<article class="failure" id="failure-1">(.*?)<\/article>/gs)
    expect(first).toContain('A message for a device that is not registered returns 409.')
    expect(first).toContain('409 | a list of devices')
    expect(first).toContain('PUT /v1/messages/+14155550100 HTTP/1.1\nHost: 127.0.0.1:8080')
    expect(first).toContain('00000000  ff ff ff ff')
    expect(first).toContain('--only')
    expect(html.indexOf('class="failure"')).toBeLessThan(html.indexOf('id="requirements"'))
  })

  test('shows no character that a server could hide behind', () => {
    // eslint-disable-next-line no-control-regex -- such characters are what must not be there
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/)
  })

  test('says why nothing was executed', () => {
    const run = runRecord([], { preflight: 'the target says <yes> to everything' })
    const page = htmlReport(judge([], run, REQUIREMENTS), run)
    expect(page).toContain('nothing was executed: the target says &lt;yes> to everything')
    expect(page).not.toContain('id="scenarios"')
  })
})
