import { describe, expect, test } from 'vitest'
import type { RunRecord } from '#evidence/run-record.ts'
import { judge } from '#verdict/judge.ts'
import {
  badStep,
  exchange,
  goodStep,
  messageStream,
  requirements,
  runRecord,
  type ScriptedScenario,
} from '../../../tests/golden/message-stream.ts'
import { REQUIREMENTS, RUN, sampleVerdicts } from '../../../tests/golden/sample-run.ts'
import { unpacked } from '../../../tests/golden/unpacked.ts'
import type { Proofs } from '../proofs.ts'
import { htmlReport } from './page.tsx'

const ID = 'RELAY-MESSAGE-07'

/** What a reader sees: the texts between the tags, each in a line of its own. */
function lines(html: string): readonly string[] {
  return html
    .replace(/<(?:a|b|code|span)(?: [^>]*)?>|<\/(?:a|b|code|span)>/g, '')
    .split(/<[^>]+>/)
    .map((text) => text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&').trim())
    .filter((text) => text !== '')
}

function section(id: string, html: string): string {
  return new RegExp(`<section aria-labelledby="${id}">.*?</section>`, 's').exec(html)?.[0] ?? ''
}

/** What the page says of a scenario before it is opened. */
function scenario(id: string, html: string): string {
  return new RegExp(`<details id="${id}".*?</details>`, 's').exec(html)?.[0] ?? ''
}

/** The steps that are unpacked into a scenario when it is opened. */
function steps(id: string, html: string): string {
  const packed = [...html.matchAll(/<script type="application\/octet-stream"[^>]*>([^<]*)</g)]
  return packed.map(([, text = '']) => unpacked(text).get(id) ?? '').join('')
}

function reportOf(
  scripted: readonly ScriptedScenario[],
  changes: Partial<RunRecord> = {},
  proofs?: ReadonlyMap<string, Proofs>,
): string {
  const run = runRecord(scripted, changes)
  return htmlReport(
    judge(messageStream(scripted), run, requirements({ id: ID }, { id: 'RELAY-MESSAGE-08' })),
    run,
    proofs,
  )
}

const sample = htmlReport(sampleVerdicts(), RUN)

describe('the scenarios of the report', () => {
  test('say of one that passed what held, with its exchanges folded', () => {
    expect(lines(scenario('relay-messages-3', sample))).toEqual([
      '✓ passed delivers a message',
      'line 3 · 250 ms',
    ])
    const passed = steps('relay-messages-3', sample)
    expect(lines(passed).slice(0, 2)).toEqual([
      'Given step 0',
      'PUT /v1/messages/B HTTP/1.1 → HTTP/1.1 204 No Content (3 ms)',
    ])
    expect(lines(passed).at(-1)).toBe(
      '✓ holds, for RELAY-MESSAGE-01: status of PUT /v1/messages/B: expected 409, got 409',
    )
    expect(passed).not.toMatch(/class="bad"|<details open/)
  })

  test('say of one that failed what did not hold, with its exchanges in full', () => {
    expect(lines(scenario('relay-messages-14', sample))).toEqual([
      '✗ failed refuses it twice',
      'status of PUT /v1/messages/B: expected 409 | a list of devices, got 204 <script>alert("x")</script>|`\\u{1b}[31m\\u{202e}]]>\uffff',
      'line 14 · 250 ms',
    ])
    const failed = steps('relay-messages-14', sample)
    expect(lines(failed)[0]).toBe('Given step 0 (failed)')
    expect(failed).toContain('<details open')
    expect(lines(failed).at(-1)).toMatch(/^✗ does not hold, for RELAY-MESSAGE-07: status of /)
    expect(failed).toContain('<pre tabindex="0">PUT /v1/messages/B HTTP/1.1')
    expect(failed).toMatch(/<div class="bad"><span aria-hidden="true">✗/)
  })

  test('say which passed at a later attempt alone', () => {
    expect(lines(scenario('relay-messages-50', sample))[0]).toBe(
      '✓ passed passes at last flaky: passed at attempt 2',
    )
    expect(sample.match(/flaky: passed/g)).toHaveLength(1)
  })

  test('leave out a hook that did nothing, and show one that failed or left evidence', () => {
    const stream = messageStream([{ line: 5, tags: [ID], attempts: [[goodStep(ID), {}, goodStep(ID)]] }])
    const hooked = stream.map((envelope) => {
      const { id, pickleId, testSteps } = envelope.testCase ?? {}
      const hooks = testSteps?.map((step) => ({ id: step.id, hookId: 'h' }))
      return hooks === undefined ? envelope : { testCase: { id, pickleId, testSteps: hooks } }
    }) as typeof stream
    const run = runRecord([{ line: 5 }])
    const html = htmlReport(judge(hooked, run, requirements({ id: ID })), run)
    expect(steps('relay-messages-5', html).match(/<b>Hook<\/b>/g)).toHaveLength(2)
  })
})

describe('an exchange of the report', () => {
  const digest = {
    what: 'digest',
    exchange: 'x-1',
    parts: [
      { name: 'HA1', text: 'H(a)', holds: true },
      { name: 'HA2', text: 'H(<b>)', holds: false },
    ],
  }
  const frame = {
    what: 'sealed frame of a push by gcm',
    exchange: null,
    parts: [{ name: 'IV', text: '00', holds: null }],
  }
  const sent = {
    evidence: { exchanges: [exchange({ id: 'x-1', startedAt: 1_234 })], takenApart: [digest, frame] },
  }
  const judged = badStep(ID, { expected: 'a list of 3 keys', got: 'a list of 2 keys', exchange: 'x-1' })
  const then = { ...judged, evidence: { assertions: judged.evidence?.assertions ?? [] } }
  const html = reportOf([{ line: 5, tags: [ID], attempts: [[sent, then]] }])

  test('is opened where it shows what did not hold, with that beside it and the difference marked', () => {
    const [first = ''] = steps('relay-messages-5', html).split('</li>')
    expect(first).toContain('<details open')
    expect(first).toContain('<dd class="good">a list of <mark>3</mark> keys</dd>')
    expect(first).toContain('<dd class="bad">a list of <mark>2</mark> keys</dd>')
    expect(section('failures', html)).toContain('a list of <mark>2</mark> keys')
  })

  test('says when it was and how long it took', () => {
    expect(lines(steps('relay-messages-5', html))).toContain(
      'exchange x-1, 00:00:01.234 UTC, 3 ms; 100 bytes sent, 42 received',
    )
  })

  test('explains the variables of its command where it failed, and else leads to what does', () => {
    const curl = 'curl -u "$TOUCHSTONE_BTID"'
    const stepOf = (ok: boolean) => {
      const made = ok ? goodStep(ID) : badStep(ID)
      return { ...made, evidence: { ...made.evidence, exchanges: [exchange({ curl })] } }
    }
    const [passed, failed] = [true, false].map((ok) =>
      steps('relay-messages-5', reportOf([{ line: 5, tags: [ID], attempts: [[stepOf(ok)]] }])),
    )
    expect(lines(failed ?? '')).toEqual(
      expect.arrayContaining(['TOUCHSTONE_BTID', expect.stringMatching(/^the B-TID/)]),
    )
    expect(lines(passed ?? '')).toContain('What its variables are')
    expect(passed).toContain('<a href="#by-hand">')
    expect(sample).toContain('id="by-hand"')
  })

  test('has what was taken apart of it, opened where a part is wrong', () => {
    for (const place of [steps('relay-messages-5', html), section('failures', html)]) {
      expect(place).toContain('<details class="apart" open')
      expect(lines(place)).toEqual(
        expect.arrayContaining([
          'digest, part by part',
          'HA1',
          '✓ H(a)',
          '✗ not as it should be: H(&lt;b>)'.replace('&lt;', '<'),
        ]),
      )
    }
    expect(lines(steps('relay-messages-5', html))).toContain('sealed frame of a push by gcm, part by part')
    expect(section('failures', html)).not.toContain('sealed frame')
  })
})

describe('the failures of the report', () => {
  const one: ScriptedScenario = { line: 5, name: 'one', tags: [ID], attempts: [[badStep(ID)]] }

  test('name the others that stopped at the same mismatch where there are any', () => {
    const alone = section('failures', reportOf([one]))
    expect(lines(alone)).toContain('In scenario one ✗ failed · specification: Submitting a message')
    expect(alone).not.toContain('The others')
    const two = section('failures', reportOf([one, { ...one, line: 6, name: 'two' }]))
    expect(lines(two)).toContain('In scenario one ✗ failed and 1 more · specification: Submitting a message')
    expect(two).toMatch(/The others that stopped here<\/summary><ul><li><a href="#relay-messages-6">two/)
  })

  test('leave the exchange to the scenario where there are many', () => {
    const many = Array.from({ length: 32 }, (_, index) => ({
      ...one,
      line: index + 5,
      attempts: [[badStep(ID, { got: String(index), exchange: 'x-1' })]],
    }))
    const failures = section('failures', reportOf(many))
    expect(failures.match(/<article/g)).toHaveLength(32)
    expect(failures.match(/<div class="exchange">/g)).toHaveLength(30)
    expect(failures.match(/Run this scenario again/g)).toHaveLength(32)
    expect(failures.match(/touchstone replay \. --exchange x-1/g)).toHaveLength(32)
  })

  test('are apart from those that the baseline lists', () => {
    expect(lines(section('known', sample))).toEqual([
      'Known deviations',
      'RELAY-PUSHID-02 (MUST): status of PUT /v1/messages/B: expected 200, got 204',
      'is known not to ≈ known deviation by baseline entry 1',
    ])
  })

  test('show why there is no answer', () => {
    const failure = { kind: 'broken-off', detail: 'after 12 bytes' } as const
    const step = { evidence: { exchanges: [exchange({ response: null, failure })], inconclusive: 'gone' } }
    const html = reportOf([{ line: 5, tags: [ID], attempts: [[step]] }])
    expect(lines(steps('relay-messages-5', html))).toContain('broken-off: after 12 bytes')
  })
})

describe('the head of the report', () => {
  test('names a violated MUST before what else is violated, and first what stopped most scenarios', () => {
    const known = requirements(
      { id: 'RELAY-MESSAGE-36', level: 'SHOULD' },
      { id: 'RELAY-MESSAGE-08' },
      { id: ID },
    )
    const failing = ['RELAY-MESSAGE-36', 'RELAY-MESSAGE-36', 'RELAY-MESSAGE-36', 'RELAY-MESSAGE-08', ID, ID]
    const scripted = failing.map((id, index) => ({
      line: index + 5,
      tags: [id],
      attempts: [[badStep(id, { got: String(index) })]],
    }))
    const run = runRecord(scripted)
    const causes = lines(
      /<ol class="causes">.*?<\/ol>/s.exec(
        htmlReport(judge(messageStream(scripted), run, known), run),
      )?.[0] ?? '',
    )
    expect(causes.filter((line) => line.startsWith('The sentence'))).toEqual([
      'The sentence of RELAY-MESSAGE-07. (MUST, 2 scenarios)',
      'The sentence of RELAY-MESSAGE-08. (MUST, 1 scenario)',
      'The sentence of RELAY-MESSAGE-36. (SHOULD, 3 scenarios)',
    ])
  })
})

describe('the rest of the report', () => {
  test('says what was tested, when and by what', () => {
    expect(lines(section('facts', sample))).toEqual([
      'About this run',
      'Tested',
      'relay at http://127.0.0.1:8080',
      'Dialect',
      'documented: the specification, strictly',
      'When',
      '2026-03-01T12:00:00.000Z, for 9.0 s',
      'What',
      'every scenario',
      'Fails on',
      'a violated MUST or SHOULD',
      'Baseline',
      'known.yaml',
      'Evidence',
      '8 assertions over 8 exchanges',
      'By',
      'Touchstone 0.1.0, Node v20.20.2, linux x64, seed seed',
      'Exit code',
      '4',
    ])
  })

  test('has a cell for each requirement that links to it and says its verdict', () => {
    const cells = [
      ...section('coverage', sample).matchAll(/<a class="(\w+)" href="#([^"]*)"[^>]*aria-label="([^"]*)"/g),
    ]
    expect(cells.map(([, , id]) => id)).toEqual([...REQUIREMENTS.keys()])
    expect(cells.find(([, , id]) => id === ID)?.slice(1)).toEqual(['bad', ID, `${ID} (MUST): violated`])
  })

  test('says what could not be judged and why', () => {
    const unjudged = lines(section('unjudged', sample))
    expect(unjudged.filter((line) => !/^(Run this scenario again|touchstone verify)/.test(line))).toEqual([
      'What could not be judged, or passed unexpectedly',
      'works by now ! unexpected pass',
      'passed although baseline entry 2 expects it to fail',
      'stays silent ? inconclusive',
      'the target is unreachable: connect ECONNREFUSED 127.0.0.1:8080',
      'has no such step ⚠ harness error',
      'step "Given step 0" is undefined',
    ])
    const harness = reportOf([{ line: 5, tags: [ID], attempts: [[goodStep(ID)]] }], {
      harnessErrors: ['no mock'],
    })
    expect(lines(section('unjudged', harness))).toContain('no mock')
  })

  test('says which remarks of the baseline fail the run', () => {
    expect(lines(section('baseline', sample)).at(-1)).toMatch(/remove the entry \(fails the run\)$/)
    const entries = [{ requirement: 'RELAY-MESSAGE-08', expect: 'x', reason: 'y' }]
    const baseline = { file: 'b.yaml', entries }
    const selection = {
      ...runRecord([]).selection,
      only: [ID],
      scenarios: ['features/relay/messages.feature:5'],
    }
    const narrowed = reportOf([{ line: 5, tags: [ID], attempts: [[goodStep(ID)]] }], { baseline, selection })
    expect(lines(section('baseline', narrowed)).at(-1)).toMatch(/was selected \(a note\)$/)
  })

  test('says what was skipped and what it needs, and what was found', () => {
    expect(lines(section('skipped', sample)).slice(2)).toEqual([
      'Missing',
      'To enable, or what was seen',
      'Scenarios',
      'capability pushes',
      'capabilities: { pushes: … }',
      '1',
      'is pushed ○ skipped',
    ])
    expect(lines(section('findings', sample)).slice(2)).toEqual([
      '1 of note',
      'Requirement',
      'What was sent, and what came of it',
      'RELAY-CODE-13',
      expect.stringMatching(/^Status of PUT \/v1\/messages\/B: expected 400 or 415, got <script>/),
      'A server may answer <either>.',
    ])
  })

  test('counts each area, and gives each requirement its verdict, reason and scenarios', () => {
    const whole = lines(section('requirements', sample))
    expect(whole).toContain('RELAY-CODE 1 not verified')
    expect(whole).toContain('RELAY-MESSAGE 3 verified, 1 violated, 2 not verified')
    const at = whole.indexOf(ID)
    expect(whole.slice(at, at + 7)).toEqual([
      ID,
      'MUST',
      '✗ violated',
      'A message for a device that is not registered returns 409.',
      whole[at + 4],
      'Why MUST, and 2 scenarios',
      'A server that does otherwise is non-conformant: the specification says so. Submitting a message',
    ])
    expect(whole[at + 4]).toMatch(/^status of PUT .*: expected 409 \| a list of devices, got 204/)
    const verified = whole.indexOf('RELAY-MESSAGE-01')
    expect(whole.slice(verified, verified + 6)).toEqual([
      'RELAY-MESSAGE-01',
      'SHOULD',
      '✓ verified',
      'The sentence of RELAY-MESSAGE-01.',
      'Why SHOULD, and 1 scenario',
      'A server that does otherwise is non-conformant, unless only a MUST counts (--fail-on must): the specification says so. Submitting a message',
    ])
  })
})

test('a requirement names the faults and the variants that its scenarios were proved by', () => {
  const proofs = new Map([[ID, { killers: [`${ID}/a`, `${ID}/b`], variants: [`${ID}/c`] }]])
  const html = reportOf([{ line: 5, tags: [ID], attempts: [[goodStep(ID)]] }], {}, proofs)
  expect(lines(section('requirements', html))).toEqual(
    expect.arrayContaining([
      `Deliberate faults that its scenarios find (touchstone faults show ID): ${ID}/a, ${ID}/b`,
      `Other ways to meet it that they accept (touchstone variants show ID): ${ID}/c`,
    ]),
  )
  expect(section('requirements', sample)).not.toContain('Deliberate faults')
})

describe('the head of the report', () => {
  const head = (html: string) => lines(/<header>.*<\/header>/s.exec(html)?.[0] ?? '')

  test('has the verdict, its reasons and the counts that are not 0', () => {
    expect(head(sample)).toEqual([
      'Skip to the results',
      '⚠ Harness error: relay at http://127.0.0.1:8080',
      'Touchstone itself failed somewhere, so this run is no judgement of the server.',
      'What to do: see below where Touchstone failed; it is no fault of the server. Run again, and report it where it stays.',
      'the harness itself failed in 1 scenario',
      '1 MUST requirement violated',
      'known.yaml: entry 2 ("works by now") did not come true: expected "got 204", but "works by now" passed; remove the entry',
      '1 scenario could not be judged',
      'A message for a device that is not registered returns 409. (MUST, 2 scenarios)',
      expect.stringMatching(/^status of PUT .*: expected 409 \| a list of devices, got 204 <script>/),
      'Requirements',
      '3 ✓ verified',
      '1 ✗ violated',
      '1 ≈ known deviation',
      '6 ○ not verified',
      'Not verified: 1 skipped, 1 untestable, 1 of the client, 1 inconclusive, 1 optional and absent, 1 harness error',
      'Scenarios',
      '3 ✓ passed',
      '2 ✗ failed',
      '1 ≈ known deviation',
      '1 ! unexpected pass',
      '1 ○ skipped',
      '1 ? inconclusive',
      '1 ⚠ harness error',
      '1 ! of them flaky',
      ...['Coverage', 'What failed', 'Not judged', 'Baseline', 'Known deviations', 'Skipped', 'Findings'],
      ...['Requirements', 'Scenarios', 'Commands by hand', 'About this run'],
    ])
  })

  test('of a good run has no reasons, no count of 0 and no contents that are not there', () => {
    const good = [{ line: 5, tags: [ID], attempts: [[goodStep(ID)]] }]
    const { selection, options } = runRecord(good)
    const html = reportOf(good, {
      selection: { ...selection, only: ['x'], tags: '@y', shard: '1/2' },
      options: { ...options, failOn: 'must' },
      dialect: 'deployed',
    })
    expect(head(html).slice(1, 11)).toEqual([
      '✓ Conformant in the one requirement of shard 1/2: relay at http://127.0.0.1:8080',
      'The server does what its documentation says in all that was checked.',
      'What to do: nothing; what could not be verified is listed by its reason below.',
      'Requirements',
      '1 ✓ verified',
      '1 ○ not verified',
      'Not verified: 1 without a scenario',
      'Scenarios',
      '1 ✓ passed',
      'Coverage',
    ])
    expect(lines(section('facts', html))).toEqual(
      expect.arrayContaining([
        'deployed: what the known implementations do',
        'only x, tags @y, shard 1/2',
        'a violated MUST',
        'none',
      ]),
    )
    expect(head(html).slice(-4)).toEqual(['Requirements', 'Scenarios', 'Commands by hand', 'About this run'])
    expect(lines(section('facts', html)).at(-1)).toBe('0')
  })

  test.each([
    ['inconclusive', { evidence: { inconclusive: 'gone' } }],
    ['a harness error', { status: 'UNDEFINED' }],
  ] as const)('leads to what is %s', (_, step) => {
    expect(head(reportOf([{ line: 5, tags: [ID], attempts: [[step]] }]))).toContain('Not judged')
  })
})
