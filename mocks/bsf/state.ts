import type { Amf, SharedKeys } from '#protocol/gba/milenage.ts'
import type { Bootstrap, BsfChange, IssuedChallenge } from './outcomes.ts'
import { SettingsStore } from './settings.ts'

/** A subscriber as the home network knows it. */
export interface HomeSubscriber extends SharedKeys {
  /** The private identity. */
  readonly impi: string
  /** The last sequence number that was used; the next challenge has a greater one. */
  readonly sqn: number
  /** The field that goes with each challenge; two zero bytes where it is left out. */
  readonly amf?: Amf
  /** The number by which the clock and faults can be moved for this subscriber alone. */
  readonly number?: string
}

/** All that the bootstrapping server remembers, as the rules see it: to read, never to write. */
export interface BsfState {
  /** By private identity. */
  readonly subscribers: ReadonlyMap<string, HomeSubscriber>
  /** By nonce. */
  readonly challenges: ReadonlyMap<string, IssuedChallenge>
  /** By B-TID, oldest first. */
  readonly bootstraps: ReadonlyMap<string, Bootstrap>
  readonly settings: Pick<SettingsStore, 'lifetimeMs' | 'fault'>
}

/** How many challenges, and how many bootstraps, are remembered. */
const BOUND = 10_000

/** The state of one bootstrapping server. Only `apply` changes what requests change. */
export class BsfStore implements BsfState {
  readonly subscribers = new Map<string, HomeSubscriber>()
  readonly challenges = new Map<string, IssuedChallenge>()
  readonly bootstraps = new Map<string, Bootstrap>()
  readonly settings = new SettingsStore()

  /** Makes the changes, in order. */
  apply(changes: readonly BsfChange[]): void {
    for (const change of changes) this.#applyOne(change)
  }

  /** Forgets everything, the subscribers too. */
  clear(): void {
    this.subscribers.clear()
    this.challenges.clear()
    this.bootstraps.clear()
    this.settings.clear()
  }

  #applyOne(change: BsfChange): void {
    switch (change.kind) {
      case 'challenge-issued':
        keep(this.challenges, change.nonce, change.challenge)
        return
      case 'challenge-used':
        this.challenges.delete(change.nonce)
        return
      case 'sqn-moved':
        this.#moveSqn(change.impi, change.sqn)
        return
      case 'fault-served':
        this.settings.countDown(change.holder)
        return
      case 'bootstrapped':
        keep(this.bootstraps, change.bootstrap.btid, change.bootstrap)
        return
      default:
        change satisfies never
    }
  }

  #moveSqn(impi: string, sqn: number): void {
    const subscriber = this.subscribers.get(impi)
    if (subscriber !== undefined) this.subscribers.set(impi, { ...subscriber, sqn })
  }
}

/** Adds an entry as the latest, and drops the oldest where there are too many. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.size > BOUND ? map.keys() : []
  if (oldest !== undefined) map.delete(oldest)
}
