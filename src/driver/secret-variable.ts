/** The variable of the environment that stands for a secret of that name in a command line, and gives its value to a replay. */
export function secretVariable(name: string): string {
  return `TOUCHSTONE_${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`
}
