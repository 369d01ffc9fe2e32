/** The dialects, as they are written on the command line. */
export const DIALECTS = ['documented', 'deployed'] as const

/** The ports of a mock where none is named. */
export const PORTS = { port: 8080, controlPort: 8081 } as const
