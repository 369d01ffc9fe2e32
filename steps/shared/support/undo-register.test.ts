import { expect, it } from 'vitest'
import { UndoRegister } from './undo-register.ts'

it('undoes in reverse order, each once, and says what it could not', async () => {
  const register = new UndoRegister()
  const done: string[] = []
  const undo = (name: string, why: string | null) => () => {
    done.push(name)
    return Promise.resolve(why)
  }
  register.add('profile', undo('profile', null))
  register.add('greetings', undo('greetings', 'expected 2xx, got 504'))
  register.add('profile', undo('a later look at the profile', null))
  register.add('pin', () => Promise.reject(new Error('no answer')))
  expect(await register.undoAll()).toEqual(['pin: Error: no answer', 'greetings: expected 2xx, got 504'])
  expect(done).toEqual(['greetings', 'profile'])
  expect(await register.undoAll()).toEqual([])
})
