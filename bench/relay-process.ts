import { keepMemorySmall } from '#mocks/edge/small-memory.ts'
import { assembleRelay } from '#mocks/relay/assemble.ts'
import { startAssembled } from '#mocks/relay/start.ts'
import { seedRelay } from './seed-relay.ts'
import { held, usage } from './usage.ts'

/** The relay mock as it is, journal and all, with as many accounts and prekeys as the arguments say. */
keepMemorySmall()
const [, , accounts = '0', prekeys = '0'] = process.argv
const fill = { accounts: Number(accounts), prekeys: Number(prekeys) }
const options = { seed: 'bench' }
const assembled = assembleRelay(options)
seedRelay(assembled.relay, fill)
const { url, control } = await startAssembled(assembled, options)

process.on('message', (asked) => {
  if (asked === 'seed') seedRelay(assembled.relay, fill)
  process.send?.(asked === 'held' ? held() : usage())
})
process.stdout.write(`${JSON.stringify({ url, control })}\n`)
