/** More objects than one step of a walk can add to a folder: their numbers may follow those that are known. */
const MOST_ADDED = 40

/**
 * A path with a digit more that nothing is at, nor will be soon: where paths end in numbers that grow, it is beyond
 * those that come next. It has two digits more where no single one will do.
 */
export function longerPath(path: string, taken: readonly string[]): string {
  const digits = Array.from({ length: 10 }, (_, index) => String(9 - index))
  const free = digits.map((digit) => path + digit).find((longer) => isFree(longer, taken))
  return free ?? `${path}${digits.find((digit) => isFree(path + digit + digit, taken)) ?? '9'}9`
}

function isFree(path: string, taken: readonly string[]): boolean {
  const [stem, number] = split(path)
  const beside = taken
    .map(split)
    .flatMap(([other, each]) => (other === stem && !Number.isNaN(each) ? [each] : []))
  return !taken.includes(path) && (beside.length === 0 || number > Math.max(...beside) + MOST_ADDED)
}

/** A path without the number at its end, and the number; not a number where it ends in none. */
function split(path: string): readonly [stem: string, number: number] {
  const [digits = ''] = /\d*$/.exec(path) ?? []
  return [path.slice(0, path.length - digits.length), digits === '' ? Number.NaN : Number(digits)]
}
