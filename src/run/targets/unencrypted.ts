import type { TargetPart } from '#driver/merge-target.ts'
import { isRequirementId, wholeArea } from '#protocol/register.ts'
import type { PlannedScenario } from '../features.ts'

const UNENCRYPTED = 'http://127.0.0.1'

/** What is about TLS. */
const ENCRYPTED = '-TRANSPORT'

/**
 * The part of a bundled mock's target that lets it speak plain text, as most of the time of a short run would go into
 * handshakes; nothing where one of those areas, as `MSTORE-TRANSPORT`, is about TLS.
 */
export function unencryptedIn(areas: readonly string[]): TargetPart {
  return areas.some((area) => area.endsWith(ENCRYPTED)) ? {} : { url: UNENCRYPTED }
}

/** The same for the areas of some scenarios. */
export function unencryptedFor(scenarios: readonly PlannedScenario[]): TargetPart {
  return unencryptedIn(scenarios.flatMap(areasOf))
}

/** Those of the scenarios that plain text serves, and those that are about TLS; a part without any is left out. */
export function partsByEncryption(
  scenarios: readonly PlannedScenario[],
): readonly (readonly PlannedScenario[])[] {
  const isPlain = (scenario: PlannedScenario): boolean => unencryptedFor([scenario]).url !== undefined
  const parts = [scenarios.filter(isPlain), scenarios.filter((scenario) => !isPlain(scenario))]
  return parts.filter((part) => part.length > 0)
}

function areasOf({ tags }: PlannedScenario): readonly string[] {
  return tags.filter(isRequirementId).map(wholeArea)
}
