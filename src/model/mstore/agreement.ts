import { isSameUrl } from '#protocol/mstore/urls.ts'
import type { Violated } from '../protocol-model.ts'
import type { SeenObject } from './seen.ts'
import { violated } from './verdicts.ts'

const SAME_ID = 'MSTORE-OBJECT-34'
const OWN_FLAGS_URL = 'MSTORE-OBJECT-23'

/** What an object violates whose members name two objects: its id is one, and its flags are below it. */
export function disagreement({ name, facts }: SeenObject): Violated | null {
  const [id, correlation] = [facts.get('Message-Id'), facts.get('correlationId')]
  if (id !== undefined && correlation !== undefined && id !== correlation)
    return violated(SAME_ID, `correlationId of ${name}`, [id, correlation])
  const [own, flags] = [facts.get('resourceURL'), facts.get('flagsURL')]
  if (own === undefined || flags === undefined || isSameUrl(flags, `${own}/flags`)) return null
  return violated(OWN_FLAGS_URL, `flags.resourceURL of ${name}`, [`${own}/flags`, flags])
}
