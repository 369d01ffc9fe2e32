import type { WireFailure, WireFailureKind } from '#evidence/exchange.ts'
import { PROBERS, type Probe, type ProbeResult, type Prober } from './probe.ts'

/** What a server answered to a probe. */
interface AnsweredProbe {
  readonly probe: Probe
  readonly status: number
  readonly mistake: string | null
}

/**
 * Why a server cannot be verified at all, by what it made of requests that are to be refused: it answered none of them,
 * there is no server behind the gateway, it accepts everything, or it is of another protocol. One line, without the
 * server's address; null where it can be verified.
 */
export function objectionTo(results: readonly ProbeResult[]): string | null {
  const answers = results.flatMap(answersOf)
  return answers.length === 0
    ? unanswered(results)
    : (behindGateway(answers) ?? acceptsEverything(answers) ?? otherProtocol(answers))
}

/**
 * Why the results of a run do not count, by how the server answered requests that are to be refused, during the scenarios
 * or after them: it accepts everything. One line; null where it refuses, and where it no longer answers, which the
 * scenarios show.
 */
export function lateObjectionTo(results: readonly ProbeResult[]): string | null {
  return acceptsEverything(results.flatMap(answersOf))
}

function answersOf({ probe, result }: ProbeResult): readonly AnsweredProbe[] {
  if (result.kind === 'failed') return []
  const { answer } = result
  return [{ probe, status: answer.status, mistake: probe.mistake?.(answer) ?? null }]
}

function unanswered(results: readonly ProbeResult[]): string | null {
  const failures = results.flatMap(({ result }) => (result.kind === 'failed' ? [result.failure] : []))
  const [first] = failures
  return first === undefined ? null : failed(first)
}

function failed({ kind, detail }: WireFailure): string {
  // What failed for a certificate says itself what to do.
  const isAdvised = detail.includes('; ')
  return `expected an answer in HTTP/1.x, got: ${detail}${isAdvised ? '' : `; ${ADVICE[kind]}`}`
}

const ADVICE: Readonly<Record<WireFailureKind, string>> = {
  unreachable: 'start the server or correct the URL',
  'no-answer': 'look at the server, or allow more time with --timeout MS',
  'broken-off': 'look at the server; for TLS the URL starts with https://',
  malformed: 'is this the right port? for TLS the URL starts with https://',
  oversized: 'is this the right server?',
}

/** What a gateway sends when its server is down. */
const GATEWAY_FAILURES = [502, 503, 504]

function behindGateway(answers: readonly AnsweredProbe[]): string | null {
  return answers.every(({ status }) => GATEWAY_FAILURES.includes(status))
    ? `${asked(answers)}: expected a refusal such as 401, got ${statuses(answers)}; is the server behind the gateway running?`
    : null
}

const ASKING: Readonly<Record<Prober, string>> = {
  'no-credentials': 'without credentials',
  'unissued-credentials': 'with credentials that were never given out',
}

/** Every request is accepted. A server that checks no credentials still knows what is not there. */
function acceptsEverything(answers: readonly AnsweredProbe[]): string | null {
  for (const prober of PROBERS) {
    const own = answers.filter(({ probe }) => probe.prober === prober)
    if (own.length > 0 && own.every(({ status }) => status >= 200 && status < 300))
      return `${asked(own)} ${ASKING[prober]}: expected a refusal such as 401, got ${statuses(own)}; a server that accepts everything cannot be verified`
  }
  return null
}

function otherProtocol(answers: readonly AnsweredProbe[]): string | null {
  const revealing = answers.filter(({ probe }) => probe.mistake !== undefined)
  const [first] = revealing
  return first === undefined || revealing.some(({ mistake }) => mistake === null)
    ? null
    : `${first.probe.operation} ${ASKING[first.probe.prober]}: ${String(first.mistake)}`
}

function asked(answers: readonly AnsweredProbe[]): string {
  return answers.map(({ probe }) => probe.operation).join(', ')
}

function statuses(answers: readonly AnsweredProbe[]): string {
  return [...new Set(answers.map(({ status }) => status))].join(', ')
}
