import { mstoreModel } from '#model/mstore/model.ts'
import { relayModel } from '#model/relay/model.ts'
import type { ProtocolModel, Seen } from '#model/protocol-model.ts'
import type { WalkedServer } from '#explore/walked-server.ts'
import type { Protocol } from '#protocol/requirements.ts'
import { openMStoreWalk } from '../../mstore/walk/open-walk.ts'
import { openRelayWalk } from '../../relay/walk/open-walk.ts'
import type { ScenarioServices } from './scenario-services.ts'

/** A protocol's model and its server, as one walk has them. */
export interface OpenWalk<State, Answer extends Seen> {
  readonly model: ProtocolModel<State, Answer>
  readonly server: WalkedServer<Answer>
}

/** Opens a walk with parties of its own. No request is made yet. */
export type WalkOpener<State, Answer extends Seen> = (services: ScenarioServices) => OpenWalk<State, Answer>

/** Hands over how walks through servers of a protocol are opened. */
export function openerOf<Result>(
  protocol: Protocol,
  use: <State, Answer extends Seen>(open: WalkOpener<State, Answer>) => Result,
): Result {
  switch (protocol) {
    case 'relay':
      return use((services) => {
        const { server, known } = openRelayWalk(services)
        return { server, model: relayModel(known) }
      })
    case 'mstore':
      return use((services) => {
        const { server, known } = openMStoreWalk(services)
        return { server, model: mstoreModel(known) }
      })
    default:
      return protocol satisfies never
  }
}
