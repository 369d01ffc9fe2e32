import type { Fault } from '#mocks/engine/active-faults.ts'
import type { MStoreRulebook, MStorePatch } from './rulebook.ts'

/** A deliberate violation of a requirement of the mStore. */
export interface MStoreFault extends Fault<MStoreRulebook> {
  /** The dialect in which it is one. */
  readonly dialect: 'documented' | 'deployed'
}

/** A fault of that id, `REQUIREMENT/what-is-wrong`; the summary says in a few words what the server does. */
export function fault(id: string, summary: string, patch: MStorePatch): MStoreFault {
  const [requirement = ''] = id.split('/')
  return { id, requirement, summary, patch, dialect: 'documented' }
}

/** A fault of a server that is read as deployed; what it does may be right by the page. */
export function deployedFault(id: string, summary: string, patch: MStorePatch): MStoreFault {
  return { ...fault(id, summary, patch), dialect: 'deployed' }
}
