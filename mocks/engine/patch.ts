/**
 * Some of the entries of a rulebook, to be laid over it. Records are merged entry by entry; a function, an
 * array and every other value replaces what stands there.
 */
export type Patch<T> = T extends Replaced
  ? T
  : T extends object
    ? { readonly [Name in keyof T]?: Patch<T[Name]> }
    : T

type Replaced = ((...parameters: never[]) => unknown) | readonly unknown[]

/** `rules` with the patches laid over it, later ones over earlier ones. The rules themselves stay as they are. */
export function patch<T extends object>(rules: T, ...patches: readonly Patch<NoInfer<T>>[]): T {
  return patches.reduce<T>((patched, next) => merge(patched, next) as T, rules)
}

function merge(value: unknown, over: unknown): unknown {
  if (!isRecord(value) || !isRecord(over)) return over
  const merged: Record<string, unknown> = { ...value }
  for (const [name, entry] of Object.entries(over)) merged[name] = merge(merged[name], entry)
  return merged
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
