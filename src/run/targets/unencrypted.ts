import type { TargetPart } from '#driver/merge-target.ts'

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
