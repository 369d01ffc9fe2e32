import { subscribe } from 'node:diagnostics_channel'
import { Socket } from 'node:net'

/**
 * What keeps a unit test fast and alone, for the whole worker: it starts no process and connects to nothing
 * beyond loopback. A test that must do either belongs to the suite, in `tests/`.
 */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/

const GUARDED = Symbol.for('touchstone.unit-boundaries')

// Without isolation all test files of a worker share these modules: once is enough.
if (!Reflect.has(globalThis, GUARDED)) {
  Reflect.set(globalThis, GUARDED, true)
  guard()
}

function guard(): void {
  subscribe('child_process', () => {
    throw new Error('a unit test starts no process: move it to tests/')
  })

  const connect = Reflect.get(Socket.prototype, 'connect') as (...args: unknown[]) => Socket

  Reflect.set(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]): Socket {
    const host = hostOf(args.flat())
    if (!LOOPBACK.test(host))
      throw new Error(`a unit test connects to nothing beyond loopback, not to ${host}: move it to tests/`)
    return connect.apply(this, args)
  })
}

/** The host that `socket.connect` is given, among its options or as its second argument. */
function hostOf([first, second]: readonly unknown[]): string {
  if (typeof first === 'object' && first !== null) return String(Reflect.get(first, 'host') ?? 'localhost')
  return typeof second === 'string' ? second : 'localhost'
}
