import { Then, When } from '@cucumber/cucumber'
import { withBody, withTarget } from '#driver/wire-request.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import type { CodeReference } from './support/parameter-types.ts'
import type { TouchstoneWorld } from '../shared/world.ts'
import { authorizedAs } from './support/authorization.ts'
import { useUp } from './support/limits.ts'
import type { Party } from './support/party.ts'
import { codeSent, confirmation, drawDevice, replaceDevices } from './support/registration.ts'
import type { RelaySession } from './support/session.ts'

const WRONG_CODE_STATUS = 403
const RIGHT: CodeReference = { kind: 'sent', to: null, change: null }
const WRONG: CodeReference = { kind: 'sent', to: null, change: 'plus one' }

When(
  '{party} confirms/confirmed with {code}',
  async function (this: TouchstoneWorld, name: string, code: CodeReference) {
    await confirmWith(this.relay, name, { code })
  },
)

When(
  '{party} confirms with {code} and the Authorization {string}',
  async function (this: TouchstoneWorld, name: string, code: CodeReference, notation: string) {
    const change = authorizedAs(this.relay, readyToConfirm(this.relay, name), notation)
    await confirmWith(this.relay, name, { code, change })
  },
)

When(
  '{party} confirms with the body {string}',
  async function (this: TouchstoneWorld, name: string, body: string) {
    await confirmWith(this.relay, name, { change: (request) => withBody(request, body) })
  },
)

When(
  '{party} confirms under the path {string}',
  async function (this: TouchstoneWorld, name: string, path: string) {
    const code = await codeSent(readyToConfirm(this.relay, name))
    await confirmWith(this.relay, name, { change: (request) => renamed(request, path, code) })
  },
)

When(
  '{party} confirms with a wrong code until the limit is passed',
  async function (this: TouchstoneWorld, name: string) {
    await useUpConfirmations(this.relay, this.relay.party(name))
    await confirmWith(this.relay, name, { code: WRONG })
  },
)

Then('the code sent still confirms {party}', async function (this: TouchstoneWorld, name: string) {
  await assertConfirms(this.relay, readyToConfirm(this.relay, name))
})

Then(
  'the code sent still confirms {party} once the {string} limit has refilled',
  async function (this: TouchstoneWorld, name: string, limiter: string) {
    if (limiter !== 'verify') throw new Error(`no step knows how to refill the limit "${limiter}"`)
    const party = this.relay.party(name)
    await party.node.capabilities.limits.refill(limiter, party.number)
    await assertConfirms(this.relay, party)
  },
)

/** Uses up the confirmations of the party's number, with a wrong code. */
export async function useUpConfirmations(session: RelaySession, { name }: Party): Promise<void> {
  const party = readyToConfirm(session, name)
  const request = confirmation(party, await codeOf(session, party, WRONG))
  await useUp(session, { limiter: 'verify', request: () => request, passes: [WRONG_CODE_STATUS] })
}

interface Attempt {
  readonly code?: CodeReference
  readonly change?: (request: WireRequest) => WireRequest
}

const unchanged = (request: WireRequest): WireRequest => request

async function confirmWith(session: RelaySession, name: string, attempt: Attempt): Promise<void> {
  const { code = RIGHT, change = unchanged } = attempt
  const party = readyToConfirm(session, name)
  await session.act(change(confirmation(party, await codeOf(session, party, code))))
}

/** The party, with a device to confirm: the one it has, else a new one. */
function readyToConfirm(session: RelaySession, name: string): Party {
  const party = session.party(name)
  if (party.devices.length === 0) replaceDevices(party, drawDevice(session, party))
  return party
}

async function assertConfirms(session: RelaySession, party: Party): Promise<void> {
  const { requirement } = session.check
  await session.succeed(confirmation(party, await codeSent(party)), { requirement, node: party.node })
}

function renamed(request: WireRequest, path: string, code: string): WireRequest {
  return { ...withTarget(request, `${path}${code}`), operation: `PUT ${path}{code}` }
}

const changes: Readonly<Record<string, (code: string) => string>> = {
  'plus one': (code) => String(Number(code) + 1).padStart(code.length, '0'),
  'without its last digit': (code) => code.slice(0, -1),
  'without its first digit': (code) => code.slice(1),
  'behind a zero': (code) => `0${code}`,
  'followed by a letter': (code) => `${code}a`,
}

async function codeOf(session: RelaySession, party: Party, reference: CodeReference): Promise<string> {
  if (reference.kind === 'given') return reference.code
  const code = await codeSent(reference.to === null ? party : session.party(reference.to))
  return reference.change === null ? code : (changes[reference.change]?.(code) ?? code)
}
