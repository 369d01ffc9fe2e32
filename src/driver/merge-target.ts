import type { Target } from './target.ts'

/**
 * What one source says of a target: the target file, a control plane, the command line. What it leaves open is
 * undefined; null says that there is none.
 */
export type TargetPart<Whole extends Target = Target> = Open<Omit<Whole, Grouped>> & {
  readonly [Name in Grouped]?: Open<Whole[Name]> | undefined
}

/** The members that are merged one by one. */
type Grouped = 'capabilities' | 'timeouts' | 'tls'

type Open<Whole> = { readonly [Name in keyof Whole]?: Whole[Name] | undefined }

/** The target that `defaults` and `parts` describe together; where several say something, the last of them holds. */
export function mergeTarget<Whole extends Target>(
  defaults: Whole,
  parts: readonly TargetPart<Whole>[],
): Whole {
  return parts.reduce<Whole>(
    (target, part) => ({
      ...target,
      ...said(part),
      capabilities: { ...target.capabilities, ...said(part.capabilities) },
      timeouts: { ...target.timeouts, ...said(part.timeouts) },
      tls: { ...target.tls, ...said(part.tls) },
    }),
    defaults,
  )
}

function said(part: object = {}): object {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined))
}
