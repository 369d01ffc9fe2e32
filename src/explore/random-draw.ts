import type fc from 'fast-check'
import type { Draw } from '#model/draw.ts'

const HUNDRED = 100

/** Chance as fast-check draws it; `slips` is how much oftener than usual an ask is wrong on purpose. */
export function drawFrom(random: fc.Random, slips = 1): Draw {
  const below = (bound: number): number => random.nextInt(0, bound - 1)
  return {
    below,
    chance: (percent) => below(HUNDRED) < percent,
    slip: (percent) => below(HUNDRED) < percent * slips,
    oneOf: (items) => {
      const item = items[below(Math.max(1, items.length))]
      if (item === undefined) throw new Error('one of nothing was to be drawn')
      return item
    },
  }
}
