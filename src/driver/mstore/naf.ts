import type { MStoreTarget } from '../target.ts'

/** The name that an mStore's keys are derived for, and its realm ends with (E-49): an address of IPv6 without brackets. */
export function nafName({ naf, url }: Pick<MStoreTarget, 'naf' | 'url'>): string {
  return naf ?? new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')
}
