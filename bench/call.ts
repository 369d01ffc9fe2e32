import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { testCertificate } from '#mocks/edge/test-certificate.ts'
import { answerChallenge, parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { digestUri } from '#protocol/mstore/digest-uri.ts'
import { endpointPath, endpointTarget } from '#protocol/mstore/endpoints.ts'
import { FOLDERS } from '#protocol/mstore/folders.ts'
import { profileBody } from '#protocol/mstore/profile.ts'
import { searchBody } from '#protocol/mstore/search.ts'
import { simpleUrl } from '#protocol/mstore/urls.ts'

/** The calls of the mStore that are measured. */
export const CALLS = ['get', 'put', 'search'] as const
/** One of the calls of the mStore that are measured. */
export type CallName = (typeof CALLS)[number]

/** Whose mailbox is called, and with which bootstrapped credentials. */
export interface BenchCaller {
  readonly msisdn: string
  readonly username: string
  readonly password: string
}

const { ca } = testCertificate()

/**
 * One call: the request, the challenge, and the request again with its digest, each on a connection of its own.
 * Gives the answer; rejects where it is not 2xx.
 */
export async function callOnce(url: string, caller: BenchCaller, name: CallName): Promise<string> {
  const { method, target, body } = requestOf(url, caller, name)
  const leg = (authorization: string): Promise<string> =>
    exchange(
      url,
      `${method} ${target} HTTP/1.1\r\nHost: ${new URL(url).host}\r\nUser-Agent: 3gpp-gba\r\nConnection: close\r\n` +
        `${authorization}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  const challenge = parseChallenge(/\r\nwww-authenticate: (.*)/i.exec(await leg(''))?.[1] ?? '')
  if (challenge.kind === 'parse-error') throw new Error(`load: first leg: ${challenge.reason}`)
  const uri = digestUri({ origin: url, target }, 'absolute') ?? ''
  const digest = answerChallenge(challenge, { ...caller, method, uri, cnonce: 'c0ffee' })
  const answer = await leg(`Authorization: ${digest}\r\n`)
  if (!/^HTTP\/1\.[01] 2/.test(answer))
    throw new Error(`load: expected 2xx, got ${answer.slice(0, 60)} to ${name}`)
  return answer
}

function requestOf(url: string, { msisdn }: BenchCaller, name: CallName) {
  switch (name) {
    case 'get':
      return { method: 'GET', target: endpointTarget(msisdn, { kind: 'profile' }), body: '' }
    case 'put':
      return {
        method: 'PUT',
        target: endpointTarget(msisdn, { kind: 'profile' }),
        body: JSON.stringify(profileBody([['nut', 'false']])),
      }
    case 'search': {
      const folder = { kind: 'folder', folderId: FOLDERS.voicemails.id, filter: null } as const
      const scope = simpleUrl(url, endpointPath(msisdn, folder))
      const body = JSON.stringify(searchBody({ maxEntries: 10, scope }))
      return { method: 'POST', target: endpointTarget(msisdn, { kind: 'search' }), body }
    }
    default:
      return name satisfies never
  }
}

/** Sends bytes on a connection of their own, and gives all that comes until it ends. */
function exchange(url: string, bytes: string): Promise<string> {
  const { protocol, hostname, port } = new URL(url)
  const place = { host: hostname, port: Number(port) }
  const socket = protocol === 'http:' ? connectPlain(place) : connectTls({ ...place, ca })
  return new Promise((resolve, reject) => {
    let answer = ''
    socket.setNoDelay().setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('end', () => {
      socket.destroy()
      resolve(answer)
    })
    socket.write(bytes, 'latin1')
  })
}
