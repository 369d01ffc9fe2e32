import type { World } from '#mocks/engine/world.ts'

/** The same things in an order that chance decides: for lists whose order the mStore spec leaves open. */
export function shuffled<T>(things: Iterable<T>, world: Pick<World, 'randomInt'>): readonly T[] {
  const left = [...things]
  const drawn: T[] = []
  while (left.length > 0) drawn.push(...left.splice(world.randomInt(0, left.length), 1))
  return drawn
}
