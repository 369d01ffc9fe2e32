import type { Proof } from '#run/prove.ts'
import { command } from '../cli/in-process.ts'

/** What `touchstone prove` finds out, and how it ended. The proofs are in the order in which they were printed. */
export interface Proving {
  readonly exitCode: number | null
  readonly proofs: ReadonlyMap<string, Proof>
}

/** Runs `touchstone prove`, with these options, in this process and its threads. */
export async function proving(...options: readonly string[]): Promise<Proving> {
  const { exitCode, stdout, stderr } = await command(['prove', '--json', '--seed', 'proof', ...options])
  if (!stdout.startsWith('{')) throw new Error(`touchstone prove: expected JSON, got: ${stderr || stdout}`)
  const { proofs } = JSON.parse(stdout) as { readonly proofs: readonly Proof[] }
  return { exitCode, proofs: new Map(proofs.map((proof) => [proof.fault, proof])) }
}
