import { UsageError } from '#evidence/usage-error.ts'
import type { Target } from '#driver/target.ts'

/** Domains of which the two specifications name production servers, or whose owners run them. */
const PRODUCTION = ['t-mobile.com', 'whispersystems.org', 'signal.org']

/** What of those domains the mStore spec names as staging. */
const STAGING = ['stg.sip.t-mobile.com']

/** The host of `url` where people depend on it: one that a specification names, or its owner runs; else null. */
export function productionHost(url: string): string | null {
  if (!URL.canParse(url)) return null
  const host = new URL(url).hostname.replace(/\.+$/, '')
  const isOf = (domain: string): boolean => host === domain || host.endsWith(`.${domain}`)
  return PRODUCTION.some(isOf) && !STAGING.some(isOf) ? host : null
}

/** Throws a UsageError where the target, its bootstrapping server or its peer is in production and that is not allowed. */
export function refuseProduction(target: Target): void {
  if (target.production === true) return
  const host = urlsOf(target)
    .map(productionHost)
    .find((each) => each !== null)
  if (host === undefined) return
  throw new UsageError(
    `${host} serves real people: expected allow: [production] in the target file or --allow production, got neither; nothing was sent`,
  )
}

/** Every URL to which a run would send requests of the protocol. */
function urlsOf(target: Target): readonly string[] {
  if (target.protocol === 'relay')
    return [target.url, ...[target.capabilities.federation?.url].filter((url) => url !== undefined)]
  const { gba } = target.capabilities
  return gba?.kind === 'isim' ? [target.url, gba.bsf.url] : [target.url]
}
