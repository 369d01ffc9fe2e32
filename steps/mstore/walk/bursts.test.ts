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

it('lets a body that comes first arrive before what has none', async () => {
  const bursts = new Bursts()
  const log: string[] = []
  const send = async (name: string, hasBody: boolean): Promise<void> => {
    const member = bursts.join()
    await member.ready(hasBody)
    log.push(name)
    member.leave()
  }
  await Promise.all([send('a body', true), send('none', false), send('another body', true)])
  expect(log).toEqual(['a body', 'another body', 'none'])
  log.length = 0
  await Promise.all([send('none', false), send('a body', true)])
  expect(log).toEqual(['none', 'a body'])
})
