import type { Protocol } from '#protocol/requirements.ts'
import type { Proof } from '#run/prove.ts'
import { touchstone } from '../cli/touchstone.ts'

/** What `touchstone prove` finds out, and how it ended. */
export interface Proving {
  readonly exitCode: number | null
  readonly proofs: ReadonlyMap<string, Proof>
}

/** Runs the compiled `touchstone prove` with these faults, requirements or areas, in one process. */
export async function proving(
  protocol: Protocol,
  faults: readonly string[],
  ...options: readonly string[]
): Promise<Proving> {
  const named = faults.flatMap((fault) => ['--fault', fault])
  const { exitCode, stdout, stderr } = await touchstone([
    'prove',
    protocol,
    '--json',
    '--seed',
    'proof',
    ...options,
    ...named,
  ])
  if (!stdout.startsWith('{')) throw new Error(`touchstone prove: expected JSON, got: ${stderr || stdout}`)
  const { proofs } = JSON.parse(stdout) as { readonly proofs: readonly Proof[] }
  return { exitCode, proofs: new Map(proofs.map((proof) => [proof.fault, proof])) }
}

/** What an area of requirements is called in their ids. */
export function areaOf(requirement: string): string {
  return requirement.replace(/-\d+$/, '')
}
