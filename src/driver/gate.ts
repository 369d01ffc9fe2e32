import type { Skip } from '#evidence/step-evidence.ts'
import type { Requirement } from '#protocol/register.ts'
import { CAPABILITIES, RISKS, type Capability, type Risk } from '#protocol/requirements.ts'
import { enabling, hasCapability } from './capabilities/has-capability.ts'
import type { Target } from './target.ts'

/** What the register says of the requirements a scenario is tagged with, as far as it bears on running it. */
type Preconditions = readonly Pick<Requirement, 'needs' | 'risks'>[]

/**
 * Why a scenario must not run against `target`: it would do what the target does not allow, or it needs
 * what the target does not offer. Null where it may. `tags` are its own tags, without the `@`; the names of
 * risks and capabilities among them add to what its requirements bring. The mildest risk that is not
 * allowed is named, else what the target declares not to have, else the first capability that is missing.
 */
export function gate(requirements: Preconditions, tags: readonly string[], target: Target): Skip | null {
  const risk = risksOf(requirements, tags).find((each) => each !== 'reads' && !target.allow.includes(each))
  if (risk !== undefined) return { code: 'risk', name: risk, enable: allowing(risk, target) }
  const absent = absentArea(tags, target)
  if (absent !== null) return absent
  const missing = needsOf(requirements, tags).find((need) => !hasCapability(target, need))
  return missing === undefined
    ? null
    : { code: 'capability', name: missing, enable: enabling(missing, target.protocol) }
}

/** All that keeps a scenario from running against `target`: each risk that is not allowed, and each capability that is missing. */
export function obstacles(
  requirements: Preconditions,
  tags: readonly string[],
  target: Target,
): readonly Skip[] {
  const risks = risksOf(requirements, tags).filter((each) => each !== 'reads' && !target.allow.includes(each))
  const allow = RISKS.filter((each) => risks.includes(each) || target.allow.includes(each)).join(', ')
  const absent = absentArea(tags, target)
  const missing = needsOf(requirements, tags).filter((need) => !hasCapability(target, need))
  return [
    ...risks.map((name) => ({ code: 'risk', name, enable: `allow: [${allow}]` }) as const),
    ...(absent === null ? [] : [absent]),
    ...missing.map(
      (name) => ({ code: 'capability', name, enable: enabling(name, target.protocol) }) as const,
    ),
  ]
}

/** Why nothing is asked of the areas that these requirements are of: the target file says that they are not implemented; else null. */
export function absentArea(
  requirements: readonly string[],
  { unimplemented = [] }: Pick<Target, 'unimplemented'>,
): Skip | null {
  const area = requirements.map(areaOf).find((each) => unimplemented.includes(each))
  return area === undefined
    ? null
    : { code: 'absent', name: area, enable: `unimplemented: [${area}], says the target file` }
}

/** The area of a requirement as a target file names it: `directory` of RELAY-DIRECTORY-01. */
function areaOf(requirement: string): string {
  return /^[A-Z]+-([A-Z]+)-\d+$/.exec(requirement)?.[1]?.toLowerCase() ?? ''
}

/** What a scenario does to a live system, mildest first; it always reads. */
export function risksOf(requirements: Preconditions, tags: readonly string[]): readonly Risk[] {
  const named = new Set<string>(['reads', ...tags, ...requirements.flatMap(({ risks }) => risks)])
  return RISKS.filter((risk) => named.has(risk))
}

/** Why nothing can be said of a scenario, since the target file was found to be wrong in what it needs; else null. */
export function mistakeFor(
  requirements: Preconditions,
  tags: readonly string[],
  { mistakes = {} }: Target,
): string | null {
  const wrong = needsOf(requirements, tags).find((need) => mistakes[need] !== undefined)
  return wrong === undefined ? null : (mistakes[wrong] ?? null)
}

/** What a scenario needs besides the protocol. */
export function needsOf(requirements: Preconditions, tags: readonly string[]): readonly Capability[] {
  const named = new Set<string>([...requirements.flatMap(({ needs }) => needs), ...tags])
  return CAPABILITIES.filter((capability) => named.has(capability))
}

function allowing(risk: Risk, { allow }: Target): string {
  return `allow: [${RISKS.filter((each) => each === risk || allow.includes(each)).join(', ')}]`
}
