import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import { createConsumer, type Consumer } from './consumer.ts'

let consumer: Consumer
beforeAll(async () => {
  consumer = await createConsumer()
})
afterAll(() => {
  consumer.remove()
})

/** A test of a client of both mocks, as it is written under CommonJS. */
const CLIENT = `
  const { startMStoreMock, startRelayMock } = require('touchstone/mocks')
  module.exports = async () => {
    const relay = await startRelayMock({ seed: '7', faults: ['RELAY-CODE-01/answers-204'] })
    const mstore = await startMStoreMock({ publicHost: 'desk.example.test' })
    const { status } = await fetch(relay.url + '/v1/accounts/sms/code/+14155550100')
    await relay.faults.activate('RELAY-MESSAGE-09/omits-extra-devices', { next: 1 })
    const { entries } = await relay.journal({ status: 204 })
    const { msisdn } = await mstore.subscribers.add({})
    const { voicemails } = (await mstore.subscribers.list(msisdn))[0]
    const mounted = require('touchstone/mocks').createRelayMockRouter()
    const { protocol } = await mounted.health()
    await Promise.all([relay.close(), mstore.close()])
    return { status, operation: entries[0].operation, voicemails, protocol, ca: mstore.ca.slice(0, 27) }
  }`
const RESULT = {
  status: 204,
  operation: 'request-code',
  voicemails: 0,
  protocol: 'relay',
  ca: '-----BEGIN CERTIFICATE-----',
}

async function output(path: string): Promise<unknown> {
  const { exitCode, stdout, stderr } = await consumer.node(path)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return JSON.parse(stdout) as unknown
}

describe('the mocks under CommonJS', () => {
  it('are required', async () => {
    consumer.write('client.cjs', CLIENT)
    const text = `require('./client.cjs')().then((result) => { console.log(JSON.stringify(result)) })`
    expect(await output(consumer.write('run.cjs', text))).toEqual(RESULT)
  })
})

describe('the types', () => {
  const TSC = join(PACKAGE_ROOT, 'node_modules/typescript/bin/tsc')
  const RIGHT = `
    import { startMStoreMock, startRelayMock, type JournalRecord, type RelayMock } from 'touchstone/mocks'
    export async function use(): Promise<readonly JournalRecord[]> {
      const relay: RelayMock = await startRelayMock({ publicHost: 'desk.example.test', tls: true })
      await relay.faults.activate('RELAY-CODE-01/answers-204', { next: 1 })
      await relay.network.add({ kind: 'cut', bytes: 1 })
      const mstore = await startMStoreMock({ naf: 'desk.example.test' })
      const { username } = await mstore.credentials('+15555558264')
      const { entries } = await relay.journal({ number: username, status: '4xx' })
      return entries
    }`
  const WRONG = RIGHT.replace("kind: 'cut'", "kind: 'slow'")

  it.each([
    ['node10', 'commonjs', ['--ignoreDeprecations', '6.0']],
    ['node16', 'node16', []],
    ['bundler', 'preserve', []],
  ])(
    'are found by resolution %s',
    async (...row) => {
      const [resolution, module, further] = row
      const options = ['--noEmit', '--strict', '--target', 'es2022', '--types', 'node', ...further]
      const files = [
        consumer.write('use.cts', RIGHT),
        consumer.write('use.mts', RIGHT),
        consumer.write('bad.ts', WRONG),
      ]
      const how = ['--module', module, '--moduleResolution', resolution]
      const { stdout } = await consumer.node(TSC, ...options, ...how, ...files)
      expect(stdout.split('\n').filter((line) => /^\S/.test(line))).toEqual([
        expect.stringMatching(/^bad\.ts\(\d+,\d+\): error TS2322: Type '"slow"'/),
      ])
    },
    180_000,
  )
})
