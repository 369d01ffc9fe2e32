import { ownCredentials } from './credentials.ts'
import { leftOut, type RelayPerformer } from './walk.ts'

/** Adds a device to the party's account through the capability. */
export const addADevice: RelayPerformer = async (walk, ask) => {
  const party = walk.party(ask.party)
  const { as: name = '' } = ask.values
  if (party.devices.has(name)) return leftOut('it is there already')
  const { password, signalingKey, registrationId } = party.install(name)
  const owner = { number: party.number, credentials: ownCredentials(walk, { ...ask, values: {} }) }
  const device = await party.node.capabilities.devices.add(owner, {
    password,
    signalingKey,
    registrationId,
    supportsSms: false,
  })
  party.devices.set(name, { id: device, install: name })
  return { status: null, text: `device ${device} was added`, exchange: null, device }
}
