import type { Values } from '../ask.ts'
import type { Draw } from '../draw.ts'

/** Of a hundred sizes that are drawn so many are at a power of two, or beside one. */
const BESIDE_POWERS_PERCENT = 35

const LEAST_POWER = 5
const MOST_POWER = 14

/** The powers of two in bytes with their neighbours, and a line of Base64: where buffers and lines end. */
const ENDS: readonly Values[] = [
  57,
  ...Array.from({ length: MOST_POWER - LEAST_POWER + 1 }, (_, index) => 2 ** (LEAST_POWER + index)).flatMap(
    (power) => [power - 1, power, power + 1],
  ),
].map((bytes) => ({ bytes: String(bytes) }))

/** How much audio an ask has: one of the usual sizes, or one where a buffer or a line ends. */
export function drawAudioSize(usual: readonly Values[], draw: Draw): Values {
  return draw.oneOf(draw.chance(BESIDE_POWERS_PERCENT) ? ENDS : usual)
}
