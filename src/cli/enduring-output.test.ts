import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { enduringOutput } from './enduring-output.ts'

const failing = (error: Error, how: 'throws' | 'reports') =>
  new Writable({
    write: (_chunk, _encoding, done) => {
      if (how === 'throws') throw error
      done(error)
    },
  })
const refusal = (code: string) =>
  Object.assign(new Error(`${code}: refused, write`), { code, syscall: 'write' })
const turn = () => new Promise((resolve) => setImmediate(resolve))

it('passes text on at once', () => {
  const written: string[] = []
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk))
      done()
    },
  })
  const { stream, loss } = enduringOutput(output)
  stream.write('one\n')
  stream.write('two\n')
  expect({ written, loss: loss() }).toEqual({ written: ['one\n', 'two\n'], loss: null })
})

it.each(['throws', 'reports'] as const)(
  'says once that a stream that %s can no longer be written',
  async (how) => {
    const losses: Error[] = []
    const { stream, loss } = enduringOutput(failing(refusal('ENOSPC'), how), (error) => losses.push(error))
    for (const text of ['one', 'two', 'three']) {
      stream.write(text)
      await turn()
    }
    expect(losses).toEqual([expect.objectContaining({ code: 'ENOSPC' })])
    expect(loss()).toBe(losses[0])
  },
)

it('says nothing where the reader has left', async () => {
  const losses: Error[] = []
  const { stream, loss } = enduringOutput(failing(refusal('EPIPE'), 'reports'), (error) => losses.push(error))
  stream.write('one')
  await turn()
  stream.write('two')
  expect({ losses, loss: loss() }).toEqual({ losses: [], loss: null })
})
