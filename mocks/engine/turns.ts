import { memory } from './memory.ts'

/**
 * What has come to a server in this turn of the event loop and in the one before it. Requests that are sent at once come in
 * turns that follow one another; between a request and the next one of a client that waits for the answer more turns pass.
 */
export function atOnce<Thing>(): (server: object, thing: Thing) => readonly Thing[] {
  const recentOf = memory(() => new Set<{ readonly thing: Thing }>())
  return (server, thing) => {
    const recent = recentOf(server)
    const earlier = Array.from(recent, (each) => each.thing)
    const entry = { thing }
    recent.add(entry)
    setImmediate(() => {
      setImmediate(() => {
        recent.delete(entry)
      })
    })
    return earlier
  }
}
