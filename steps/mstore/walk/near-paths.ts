import { isSendable } from '#protocol/mstore/urls.ts'
import { percentNormal } from '#protocol/percent.ts'
import type { NearName } from '#model/mstore/references.ts'

/** More objects than one step of a walk can add to a folder: their numbers may follow those that are known. */
const MOST_ADDED = 40

const DIGITS = Array.from('9876543210')
const LETTERS = Array.from('zyxwvu')

/** The paths that are a near miss of one. */
const NEAR: Readonly<Record<NearName['way'], (path: string) => readonly string[]>> = {
  ' with a digit more': (path) => DIGITS.map((digit) => path + digit),
  ' with a character less': (path) => [path.slice(0, -1)],
  ' with another last character': (path) => {
    const others = /\d$/.test(path) ? DIGITS : LETTERS
    return others.map((other) => path.slice(0, -1) + other)
  },
}

/**
 * A path that is a near miss of one, and that nothing is at, nor will be soon: where paths end in numbers that grow, it
 * is beyond those that come next, or was passed over. It has two digits more where no nearer one will do.
 */
export function nearPath(path: string, taken: readonly string[], way: NearName['way']): string {
  const far = DIGITS.map((digit) => path + digit + digit)
  const free = [...NEAR[way](path), ...NEAR[' with a digit more'](path), ...far].find(
    (near) => near !== '' && isSendable(near) && isFree(near, taken),
  )
  return free ?? `${path}99`
}

function isFree(path: string, taken: readonly string[]): boolean {
  const place = percentNormal(path)
  const [stem, number] = split(place)
  const beside = taken
    .map(split)
    .flatMap(([other, each]) => (other === stem && !Number.isNaN(each) ? [each] : []))
  const most = Math.max(...beside)
  const isBeside = number < most || number > most + MOST_ADDED
  return !taken.includes(place) && (beside.length === 0 || Number.isNaN(number) || isBeside)
}

/** A path without the number at its end, and the number; not a number where it ends in none. */
function split(path: string): readonly [stem: string, number: number] {
  const [digits = ''] = /\d*$/.exec(path) ?? []
  return [path.slice(0, path.length - digits.length), digits === '' ? Number.NaN : Number(digits)]
}
