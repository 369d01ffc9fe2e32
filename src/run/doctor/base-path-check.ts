import type { Target } from '#driver/target.ts'
import type { Answer, WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { asked, gotOf } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'
import { nearerToRoot } from './nearer-to-root.ts'

/** How to recognise a server of the protocol: requests without credentials, and what it answers to them. */
export interface Signature<Whole extends Target> {
  readonly requests: (target: Whole) => readonly WireRequest[]
  readonly isOwn: (answer: Answer) => boolean
  /** What would show that the server is one of the other protocol. */
  readonly other: OtherProtocol
}

/** A request without credentials of the other protocol, and whether the answer shows that. */
interface OtherProtocol {
  readonly protocol: Protocol
  readonly request: WireRequest
  readonly isOwn: (answer: Answer) => boolean
}

/**
 * Whether the paths of the protocol begin where the URL ends. Where nothing of the protocol is there, it is looked for
 * nearer to the root, since the URL may end with what every path begins with, and where a redirection leads.
 */
export function basePathCheck<Whole extends Target, Facts>(
  signature: Signature<Whole>,
): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'elsewhere' | 'other-protocol' | 'nowhere'>({
    name: 'base path',
    needs: ['HTTP'],
    risks: [],
    run: async (target) => {
      const results = await signed(target, signature)
      if (results.some((result) => isOwn(result, signature)))
        return { kind: 'well', said: `the ${target.protocol} API is there` }
      const got = `nothing of the ${target.protocol} API is there: ${seenAt(target, signature, results)}`
      for (const url of nearerToRoot(target.url)) {
        const mended = { ...target, url }
        const found = await signed(mended, signature)
        if (found.some((result) => isOwn(result, signature)))
          return { kind: 'wrong', code: 'elsewhere', got, value: url, mended }
      }
      const { protocol, request, isOwn: isOther } = signature.other
      const other = await asked(target, request)
      return other.kind === 'answered' && isOther(other.answer)
        ? { kind: 'wrong', code: 'other-protocol', got: `the ${protocol} API is there`, value: protocol }
        : { kind: 'wrong', code: 'nowhere', got }
    },
    advice: {
      elsewhere: { blame: 'file', at: ['url'], todo: (url) => `write  url: ${url}` },
      'other-protocol': { blame: 'file', at: ['protocol'], todo: (name) => `write  protocol: ${name}` },
      nowhere: {
        blame: 'target',
        at: ['url'],
        todo: () => 'correct the URL: it ends before the paths that the specification prints',
      },
    },
  })
}

function signed<Whole extends Target>(
  target: Whole,
  { requests }: Signature<Whole>,
): Promise<readonly WireResult[]> {
  return Promise.all(requests(target).map((request) => asked(target, request)))
}

function isOwn<Whole extends Target>(result: WireResult, signature: Signature<Whole>): boolean {
  return result.kind === 'answered' && signature.isOwn(result.answer)
}

/** What came of the requests: those with the same result together. */
function seenAt<Whole extends Target>(
  target: Whole,
  { requests }: Signature<Whole>,
  results: readonly WireResult[],
): string {
  const prefix = new URL(target.url).pathname.replace(/\/+$/, '')
  const lines = requests(target).map(
    ({ method, target: path }) => `${method} ${prefix}${path.split('?', 1)[0] ?? ''}`,
  )
  const outcomes = results.map(gotOf)
  return [...new Set(outcomes)]
    .map((got) => `${lines.filter((_, index) => outcomes[index] === got).join(', ')} got ${got}`)
    .join('; ')
}
