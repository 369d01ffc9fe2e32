import type { Protocol } from '#protocol/requirements.ts'
import { touchstone, type Workplace } from '../cli/touchstone.ts'

/** A run of the whole suite, in milliseconds, on a machine that has other work. */
export const WHOLE_SUITE_MS = 480_000

/** How a run of the whole suite ended, and its requirements by verdict. */
export interface WholeSuite {
  readonly exitCode: number | null
  readonly violated: readonly string[]
  readonly verified: readonly string[]
}

/** Runs the whole suite of a protocol, or of all at once, with these options. */
export async function wholeSuite(
  protocol: Protocol | 'all',
  place: Workplace,
  ...options: readonly string[]
): Promise<WholeSuite> {
  const { exitCode } = await touchstone(['verify', protocol, '--reports', place.path, ...options])
  const { requirements } = place.json('summary.json') as {
    readonly requirements: readonly { readonly id: string; readonly verdict: string }[]
  }
  const ids = (verdict: string) => requirements.filter((one) => one.verdict === verdict).map(({ id }) => id)
  return { exitCode, violated: ids('violated'), verified: ids('verified') }
}
