/** What is checked before an operation decides, by name. */
export type RequestCheck = 'agent' | 'filter' | 'credentials' | 'path' | 'method' | 'body'

/** The order in which requests are checked. */
export interface CheckRules {
  readonly order: readonly RequestCheck[]
}

/** The order of the checks, as far as the mStore spec gives one (Servers, Authentication). */
export const documentedChecks: CheckRules = {
  // E-33: the mStore spec says neither on which leg a wrong User-Agent is refused, nor on which a missing filter
  order: ['agent', 'credentials', 'path', 'method', 'body'],
}
