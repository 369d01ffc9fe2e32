import { directoryToken } from '#protocol/relay/tokens.ts'
import { documented } from './rulebook.ts'

const { federation } = documented

/** Goes to the node that lists a number, also where the request names none (relay spec, relay is optional). */
export const routedByListing: typeof federation.route = (relay, scene, number) => {
  const peer = scene.state.peerListings.of(directoryToken(number))?.peer
  return relay !== null || peer === undefined || scene.state.accounts.has(number)
    ? federation.route(relay, scene, number)
    : { kind: 'peer', name: peer }
}
