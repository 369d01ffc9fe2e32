import { area, loadRegister, wholeArea } from '#protocol/register.ts'
import { PROTOCOLS } from '#protocol/requirements.ts'
import { didYouMean } from './nearest.ts'

/**
 * Whether `term` names the requirement `id`: by its id, its area with its protocol (`RELAY-PUSH`) or without (`PUSH`), or its
 * protocol alone. Case counts for nothing.
 */
export function isNamedBy(term: string, id: string): boolean {
  return [id, wholeArea(id), area(id), protocolName(id)].includes(term.toUpperCase())
}

/** That a term which names none of `ids` names requirements of another protocol; null where it names nothing. */
export function ofAnotherProtocol(term: string, ids: readonly string[]): string | null {
  const here = new Set(ids.map(protocolName))
  const other = PROTOCOLS.filter((protocol) => !here.has(protocol.toUpperCase())).find((protocol) =>
    [...loadRegister(protocol).requirements.keys()].some((id) => isNamedBy(term, id)),
  )
  return other === undefined || here.size === 0
    ? null
    : `it is of ${other}, and this command of ${[...here].join(' and ').toLowerCase()}`
}

/** How a message about a term that names none of `ids`, nor of `names`, ends: with what was probably meant. */
export function meantBy(term: string, ids: readonly string[], names: readonly string[] = []): string {
  if (term.includes(',')) return '; to name several, give the option once for each'
  const whole = ids.find((id) => id.endsWith(`-${term.toUpperCase()}`))
  if (whole !== undefined) return `; did you mean ${whole}?`
  return didYouMean(term, new Set([...names, ...ids, ...ids.map(wholeArea), ...ids.map(area)]))
}

function protocolName(id: string): string {
  return id.slice(0, id.indexOf('-'))
}
