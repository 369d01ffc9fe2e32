import { keepMemorySmall } from '#mocks/edge/small-memory.ts'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import { held, usage } from './usage.ts'

/** The mStore mock as it is, journal and all, in clear where the argument is `plain`. */
keepMemorySmall()
const { url, control } = await startMStoreMock({ seed: 'bench', plain: process.argv[2] === 'plain' })

process.on('message', (asked) => {
  process.send?.(asked === 'held' ? held() : usage())
})
process.stdout.write(`${JSON.stringify({ url, control })}\n`)
