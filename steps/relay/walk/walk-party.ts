import type { PushKind } from '#driver/relay/operations.ts'
import { newPushId } from '#driver/relay/parties.ts'
import { newKey } from '../support/prekey-set.ts'
import { isOk } from '../support/session.ts'
import type { RelayNode } from '../support/node.ts'
import type { Randomness } from '../../shared/support/randomness.ts'
import type { Observed } from '../../shared/support/session.ts'
import { newInstall, type Install } from './installs.ts'
import { Names } from './names.ts'

/** A device as the walk has it: the id that it got, and the name of what it was installed with. */
export interface WalkDevice {
  readonly id: number
  readonly install: string
}

/** How an install is drawn: what is odd about its password, and what it has of an earlier registration. */
interface InstallForm {
  readonly form?: string | undefined
  readonly kept?: { readonly part: string; readonly from: string } | null
}

/** The device that confirmation makes. */
export const FIRST = '1'

/** A party of a walk: what was drawn for it, by the names that asks give it. */
export class RelayWalkParty {
  readonly name: string
  readonly number: string
  node: RelayNode
  /** Over which transport a code was asked for last. */
  transport = 'sms'
  /** The code with which it was confirmed last; empty before. */
  usedCode = ''
  readonly devices = new Map<string, WalkDevice>()
  readonly pushIds = new Names<string>((id) => id)
  /** The messages that were accepted for it and may be pushed yet. */
  acceptedCount = 0
  /** The pushes that were seen of it. */
  pushedCount = 0
  readonly #installs = new Map<string, Install>()
  readonly #identityKeys = new Names<string>((key) => key)
  readonly #random: Randomness

  constructor(name: string, number: string, { node, random }: { node: RelayNode; random: Randomness }) {
    this.name = name
    this.number = number
    this.node = node
    this.#random = random
  }

  /** What was drawn for a registration, or for a device that was added; a part may be that of an earlier registration. */
  install(name: string, { form, kept = null }: InstallForm = {}): Install {
    const known = this.#installs.get(name)
    if (known !== undefined) return known
    const taken = [...this.#installs.values()].map(({ registrationId }) => registrationId)
    const drawn = newInstall(this.#random, this.node.secrets, { taken, form })
    const before = kept === null ? drawn : this.install(`registration ${kept.from}`)
    const { signalingKey } = kept?.part === 'signaling key' ? before : drawn
    const { registrationId } = kept?.part === 'registration id' ? before : drawn
    const install = { ...drawn, signalingKey, registrationId }
    this.#installs.set(name, install)
    return install
  }

  /** The one identity key of the client; a new one from each registration on. */
  identityKey(): string {
    return this.#identityKeys.drawn(this.device().install, () => newKey(this.#random))
  }

  /** All that was drawn for it, by name. */
  installs(): ReadonlyMap<string, Install> {
    return this.#installs
  }

  /** The device of that name; one that was never made is device 1 of the first registration. */
  device(name = FIRST): WalkDevice {
    return this.devices.get(name) ?? { id: 1, install: 'registration 1' }
  }

  /** A confirmation was answered: where it was accepted, the device is that of the registration. */
  confirmed(observed: Observed, { registration, code }: { registration: string; code: string }): void {
    if (!isOk(observed)) return
    this.devices.set(FIRST, { id: 1, install: `registration ${registration}` })
    this.usedCode = code
  }

  /** The push id of that kind and name, of so many characters where that is said, or with odd ones. */
  pushId(kind: PushKind, name: string, form?: string): string {
    return this.pushIds.drawn(`${kind} ${name}`, () => {
      const usual = newPushId(kind, this.#random)
      if (form === undefined) return usual
      if (form === 'odd') return `${usual}/x+%41 _Zq:9`
      return usual.repeat(Math.ceil(Number(form) / usual.length)).slice(-Number(form))
    })
  }
}
