/** Values that are drawn once in a walk, each under the name that asks give it; and the name of a value that comes back. */
export class Names<Value> {
  readonly #values = new Map<string, Value>()
  readonly #names = new Map<string, string>()
  readonly #keyOf: (value: Value) => string

  /** `keyOf` gives the text that two values share if they are the same. */
  constructor(keyOf: (value: Value) => string) {
    this.#keyOf = keyOf
  }

  /** The value of that name, made on its first mention. */
  drawn(name: string, make: () => Value): Value {
    const known = this.#values.get(name)
    if (known !== undefined) return known
    const value = make()
    this.set(name, value)
    return value
  }

  /** Gives a value that name, also where it had another value. */
  set(name: string, value: Value): void {
    this.#values.set(name, value)
    this.#names.set(this.#keyOf(value), name)
  }

  /** The value of that name; undefined where there is none. */
  get(name: string): Value | undefined {
    return this.#values.get(name)
  }

  /** The name of a value that came back, by its key; undefined where it was never drawn. */
  nameOf(key: string): string | undefined {
    return this.#names.get(key)
  }
}

/** Characters of a text that has no name in the walk. */
const MOST_SHOWN = 40

/** What stands for a text that has no name in the walk. */
export function unknown(text: string): string {
  return `unknown "${text.slice(0, MOST_SHOWN)}"`
}
