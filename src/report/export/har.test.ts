import { createRequire } from 'node:module'
import { Ajv, type AnySchemaObject } from 'ajv'
import { describe, expect, test } from 'vitest'
import { namedRun } from '../../../tests/golden/named-run.ts'
import { assertion, exchange } from '../../../tests/golden/message-stream.ts'
import { har } from './har.ts'

const require = createRequire(import.meta.url)
const ajv = new Ajv({ strict: false, validateFormats: false })
ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json') as AnySchemaObject)
for (const schema of Object.values(require('har-schema') as Record<string, AnySchemaObject>))
  ajv.addSchema(schema)

const ID = 'RELAY-MESSAGE-01'

function harOf(...exchanges: readonly ReturnType<typeof exchange>[]): unknown {
  const step = { evidence: { exchanges, assertions: [assertion(ID)] } }
  const { verdicts, run } = namedRun('a', [{ line: 1, tags: [ID], attempts: [[step]] }])
  return JSON.parse(JSON.stringify(har(verdicts, run)))
}

/** What the schema of HAR 1.2 finds wrong; null where nothing. */
function faultsOf(document: unknown): unknown {
  return ajv.validate('har.json#', document) ? null : ajv.errors
}

const unanswered = exchange({
  id: 'x-2',
  response: null,
  failure: { kind: 'no-answer', detail: 'no answer within 5000 ms' },
})
const withBytes = exchange({
  id: 'x-3',
  url: 'http://127.0.0.1:8080/search?maxEntries=3&cursor=a%20b',
  request: {
    line: 'PUT /search HTTP/1.1',
    headers: [['Content-Type', 'application/octet-stream']],
    body: { kind: 'base64', base64: 'AAEC', bytes: 900, cut: true },
  },
  response: {
    line: 'HTTP/1.1 302 Moved For A While',
    status: 302,
    headers: [
      ['location', 'http://127.0.0.1:8080/b'],
      ['CONTENT-TYPE', 'audio/amr'],
    ],
    body: { kind: 'base64', base64: 'AQ==', bytes: 1, cut: false },
  },
})

describe('har', () => {
  test('is valid by the schema of HAR 1.2, with and without answers, and as a run of nothing', () => {
    expect(faultsOf(harOf(exchange(), unanswered, withBytes))).toBeNull()
    expect(faultsOf(harOf())).toBeNull()
    expect(faultsOf({ log: { version: '1.2', entries: [{}] } })).not.toBeNull()
  })

  test('of a request with the name of a secret in its target has version and URL all the same', () => {
    const { request, url } = exchange()
    const confirmed = exchange({
      url: `${new URL(url).origin}/v1/accounts/code/‹verification code›`,
      request: { ...request, line: 'PUT /v1/accounts/code/‹verification code› HTTP/1.1' },
    })
    expect(harOf(confirmed)).toMatchObject({
      log: {
        entries: [
          {
            request: {
              method: 'PUT',
              url: `${new URL(url).origin}/v1/accounts/code/%E2%80%B9verification%20code%E2%80%BA`,
              httpVersion: 'HTTP/1.1',
            },
          },
        ],
      },
    })
  })

  test('shows an exchange whole', () => {
    expect(harOf(withBytes)).toMatchObject({
      log: {
        pages: [{ id: 'features/relay/messages.feature:1', title: 'scenario 1', comment: 'passed' }],
        entries: [
          {
            pageref: 'features/relay/messages.feature:1',
            startedDateTime: '1970-01-01T00:00:01.000Z',
            time: 3,
            request: {
              method: 'PUT',
              queryString: [
                { name: 'maxEntries', value: '3' },
                { name: 'cursor', value: 'a b' },
              ],
              postData: {
                mimeType: 'application/octet-stream',
                text: 'AAEC',
                comment: 'Base64, the first part of 900 bytes',
              },
              bodySize: 900,
            },
            response: {
              status: 302,
              statusText: 'Moved For A While',
              redirectURL: 'http://127.0.0.1:8080/b',
              content: { mimeType: 'audio/amr', text: 'AQ==', encoding: 'base64' },
            },
          },
        ],
      },
    })
  })

  test('says why there is no answer', () => {
    expect(harOf(unanswered)).toMatchObject({
      log: {
        entries: [
          { response: { status: 0 }, comment: 'submit messages: no-answer: no answer within 5000 ms' },
        ],
      },
    })
  })
})
