import { InvalidArgumentError } from 'commander'
import { ALLOW_WORDS, type AllowWord } from '#run/targets/allow-words.ts'

/** A parser of whole numbers from `least` to `most`, for commander. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
    if (!(value >= least && value <= most))
      throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`)
    return value
  }
}

const MOST_REQUESTS_PER_SECOND = 100_000

/** Requests in a second, more than none, for commander. */
export function requestRate(text: string): number {
  const rate = /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : NaN
  if (!(rate > 0 && rate <= MOST_REQUESTS_PER_SECOND))
    throw new InvalidArgumentError(
      `Expected requests in a second, up to ${MOST_REQUESTS_PER_SECOND}, such as 5 or 0.5.`,
    )
  return rate
}

/** A port, or 0 for any free one, for commander. */
export const portNumber = wholeNumber(0, 65_535)

/** What a target allows, with commas between, for commander. */
export function allowList(text: string): readonly AllowWord[] {
  return text.split(',').map((name) => {
    const word = ALLOW_WORDS.find((each) => each === name.trim())
    if (word === undefined) throw new InvalidArgumentError(`Expected risks from ${ALLOW_WORDS.join(', ')}.`)
    return word
  })
}

/** Gathers `NAME=URL` values of an option that may be given several times, for commander. */
export function namedUrls(
  value: string,
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const at = value.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('Expected NAME=URL.')
  return { ...before, [value.slice(0, at)]: value.slice(at + 1) }
}

/** Gathers the values of an option that may be given several times, for commander. */
export function collected(value: string, before: readonly string[]): readonly string[] {
  if (value.trim() === '') throw new InvalidArgumentError('Expected a name, got nothing.')
  return [...before, value]
}

/** How a server is named, and the option that takes it. */
const PLACES = [
  { form: /:\/\//, option: '--url' },
  { form: /\.ya?ml$/, option: '--target' },
] as const

/** A parser of one of these words, for commander; of a server's URL or file it says which option takes it. */
export function oneOfOrPlace(words: readonly string[]): (text: string) => string {
  return (text) => {
    if (words.includes(text)) return text
    const place = PLACES.find(({ form }) => form.test(text))
    throw new InvalidArgumentError(
      place === undefined
        ? `Allowed choices are ${words.join(', ')}.`
        : `Expected ${place.option} in front of it.`,
    )
  }
}
