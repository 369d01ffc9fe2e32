import { createRequire } from 'node:module'

/**
 * A CommonJS package, or a module of Node, loaded when the function is first called: a process that never needs it
 * starts sooner. The caller says what it exports: `as () => typeof Types`.
 */
export function onDemand(name: string): () => unknown {
  let loaded: unknown
  return () => (loaded ??= createRequire(import.meta.url)(name) as unknown)
}
