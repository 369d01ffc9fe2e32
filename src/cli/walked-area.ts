import { area, loadRegister, wholeArea } from '#protocol/register.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { UsageError } from '#evidence/usage-error.ts'
import { didYouMean } from '#run/nearest.ts'
import { ofAnotherProtocol } from '#run/requirement-terms.ts'

/**
 * The area of these protocols that `term` names: `PREKEY` for `PREKEY` and for `RELAY-PREKEY`, in any case. Throws a
 * UsageError where they have none of that name.
 */
export function walkedArea(term: string, protocols: readonly Protocol[]): string {
  const ids = protocols.flatMap((protocol) => [...loadRegister(protocol).requirements.keys()])
  const upper = term.toUpperCase()
  const found = ids.find((id) => area(id) === upper || wholeArea(id) === upper)
  if (found !== undefined) return area(found)
  const near = didYouMean(term, new Set([...ids.map(wholeArea), ...ids.map(area)]))
  throw new UsageError(`--only ${term}: ${ofAnotherProtocol(term, ids) ?? `there is no such area${near}`}`)
}
