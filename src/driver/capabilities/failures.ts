import type { Capability } from '#protocol/requirements.ts'
import { enabling } from './has-capability.ts'

/** The target file does not offer a capability that a scenario needs. */
export class MissingCapability extends Error {
  override readonly name = 'MissingCapability'
  readonly code: 'capability' | 'absent' = 'capability'
  readonly capability: Capability
  /** The line of the target file that would offer it. */
  readonly enable: string

  constructor(capability: Capability, enable: string = enabling(capability)) {
    super(`capability ${capability} is not configured; add to the target file: ${enable}`)
    this.capability = capability
    this.enable = enable
  }
}

/** The target file says that the target has nothing of that kind, which no other line of it would change. */
export class DeclaredAbsent extends MissingCapability {
  override readonly code = 'absent'
}

/**
 * A capability is configured and did not do its work: the control plane cannot be reached or answers
 * nonsense, a command fails. It says nothing of the target. The message is one line: thing, expected, got; and what to do,
 * where the failure shows it.
 */
export class CapabilityFailure extends Error {
  override readonly name = 'CapabilityFailure'
  /** The message without what to do. */
  readonly got: string
  /** What to do, beginning with a verb; null where the failure does not show it. */
  readonly todo: string | null

  constructor(got: string, todo: string | null = null) {
    super(todo === null ? got : `${got}; ${todo}`)
    this.got = got
    this.todo = todo
  }
}
