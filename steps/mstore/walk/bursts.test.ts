import { expect, it } from 'vitest'
import { Bursts } from './bursts.ts'

/** An ask that takes so many turns to become ready, and writes down when it sends. */
async function ask(bursts: Bursts, turns: number, log: string[]): Promise<void> {
  const member = bursts.join()
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  log.push('ready')
  await member.ready()
  log.push('sent')
  member.leave()
}

it('lets asks that are begun together send together', async () => {
  const bursts = new Bursts()
  const log: string[] = []
  await Promise.all([ask(bursts, 1, log), ask(bursts, 5, log)])
  expect(log).toEqual(['ready', 'ready', 'sent', 'sent'])
})

it('waits for none that has left, and for none that is begun later', async () => {
  const bursts = new Bursts()
  const log: string[] = []
  const gone = bursts.join()
  const asked = ask(bursts, 1, log)
  gone.leave()
  await asked
  await ask(bursts, 0, log)
  expect(log).toEqual(['ready', 'sent', 'ready', 'sent'])
})

it('says which ask is alone', async () => {
  const bursts = new Bursts()
  const members = [bursts.join(), bursts.join()]
  expect(await Promise.all(members.map((member) => member.isAlone()))).toEqual([false, false])
  expect(await bursts.join().isAlone()).toBe(true)
})
