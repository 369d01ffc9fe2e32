import type { Assertion, ComparedWords, Finding, Skip, StepEvidence } from '#evidence/step-evidence.ts'
import type { Exchange, RecordedBytes } from '#evidence/exchange.ts'
import type { Part, TakenApart } from '#evidence/taken-apart.ts'

type ValueCheck = (value: unknown) => boolean
type Shape<T> = { readonly [Key in keyof T]-?: ValueCheck }

/**
 * The evidence written in `text`. Null where it is no JSON or not of the form of `StepEvidence`: the rules
 * of the verdict rely on its form.
 */
export function parseEvidence(text: string): StepEvidence | null {
  const value = parsed(text)
  return isEvidence(value) ? value : null
}

const isString: ValueCheck = (value) => typeof value === 'string'
const isNumber: ValueCheck = (value) => typeof value === 'number'
const isBoolean: ValueCheck = (value) => typeof value === 'boolean'
const orNull =
  (check: ValueCheck): ValueCheck =>
  (value) =>
    value === null || check(value)
const orAbsent =
  (check: ValueCheck): ValueCheck =>
  (value) =>
    value === undefined || check(value)
const listOf =
  (check: ValueCheck): ValueCheck =>
  (value) =>
    Array.isArray(value) && value.every(check)
const oneOf =
  (...words: readonly string[]): ValueCheck =>
  (value) =>
    typeof value === 'string' && words.includes(value)

function shaped<T>(shape: Shape<T>): ValueCheck {
  const checks = Object.entries<ValueCheck>(shape)
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    checks.every(([key, check]) => check((value as Record<string, unknown>)[key]))
}

const isText = shaped<RecordedBytes & { kind: 'text' }>({
  kind: oneOf('text'),
  text: isString,
  bytes: isNumber,
  cut: isBoolean,
})
const isBinary = shaped<RecordedBytes & { kind: 'base64' }>({
  kind: oneOf('base64'),
  base64: isString,
  bytes: isNumber,
  cut: isBoolean,
})
const isBody: ValueCheck = (value) => isText(value) || isBinary(value)
const isHeaders = listOf((value) => Array.isArray(value) && value.length === 2 && value.every(isString))

const isExchange = shaped<Exchange>({
  id: isString,
  operation: isString,
  url: isString,
  startedAt: isNumber,
  durationMs: isNumber,
  request: shaped({ line: isString, headers: isHeaders, body: isBody }),
  response: orNull(shaped({ line: isString, status: isNumber, headers: isHeaders, body: isBody })),
  failure: orNull(shaped({ kind: isString, detail: isString })),
  sentBytes: isNumber,
  receivedBytes: isNumber,
  curl: isString,
})

const isCompared = shaped<ComparedWords>({ thing: isString, expected: isString, got: isString })
const isAssertion = shaped<Required<Assertion>>({
  requirement: isString,
  thing: isString,
  expected: isString,
  got: isString,
  lasting: orAbsent(isCompared),
  ok: isBoolean,
  exchange: orNull(isString),
})
const isFinding = shaped<Required<Finding>>({
  requirement: isString,
  text: isString,
  exchange: orAbsent(isString),
})
const isSkip = shaped<Skip>({
  code: oneOf('capability', 'absent', 'risk', 'dialect', 'given-up', 'budget', 'unimplemented'),
  name: isString,
  enable: isString,
})

const isPart = shaped<Part>({ name: isString, text: isString, holds: orNull(isBoolean) })
const isTakenApart = shaped<TakenApart>({ what: isString, exchange: orNull(isString), parts: listOf(isPart) })

const hasEvidence = shaped<Required<StepEvidence>>({
  exchanges: listOf(isExchange),
  assertions: listOf(isAssertion),
  findings: listOf(isFinding),
  skip: orNull(isSkip),
  inconclusive: orNull(isString),
  takenApart: orAbsent(listOf(isTakenApart)),
})

function isEvidence(value: unknown): value is StepEvidence {
  return hasEvidence(value)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
