import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { load } from '../../bench/load.ts'
import { startRival } from '../../bench/rivals/rival-process.ts'
import { RIVALS, scriptOf, type Rival } from '../../bench/rivals/rivals.ts'
import { requestsOf } from '../../bench/workload.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'touchstone-rivals-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const RIVAL: Rival = {
  name: 'Other',
  package: 'other',
  args: (place) => [join(place.folder, 'openapi.json'), place.port],
}

function script(text: string): string {
  const path = join(folder, 'other.cjs')
  writeFileSync(path, text)
  return path
}

const ANSWERING = `
const [, , file, port] = process.argv
const { paths } = JSON.parse(require('node:fs').readFileSync(file, 'utf8'))
const { example } = paths['/v1/attachments/{id}'].get.responses[200].content['application/json']
const body = JSON.stringify(example)
require('node:http').createServer((_request, response) => response.end(body)).listen(port, '127.0.0.1')
`

it('starts one with what it is to serve, and ends it with all that it started', async () => {
  const parent = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(script(ANSWERING))}, ...process.argv.slice(2)], { stdio: 'inherit' })`
  const path = join(folder, 'parent.cjs')
  writeFileSync(path, parent)
  const rival = await startRival(RIVAL, path)
  const order = { url: rival.url, requests: requestsOf('get', 1000), connections: 2, count: 10 }
  expect((await load(order)).perSecond).toBeGreaterThan(0)
  expect(await (await fetch(rival.url)).json()).toHaveProperty('location')
  expect(rival.coldStart).toBeGreaterThan(0)
  await rival.stop()
  await expect(fetch(rival.url)).rejects.toThrow('fetch failed')
})

it('reports what one printed that did not start', async () => {
  const failing = script('console.error("port: no such thing"); process.exit(1)')
  await expect(startRival(RIVAL, failing)).rejects.toThrow(
    'Other: expected a server, got port: no such thing',
  )
})

it('finds the script of a package that is installed, and none of one that is not', () => {
  expect(scriptOf({ ...RIVAL, package: 'prettier' })).toMatch(/prettier.*\.cjs$/)
  expect(scriptOf({ ...RIVAL, package: '@touchstone/nowhere' })).toBeNull()
})

it('runs each at the given port, on loopback', () => {
  for (const { name, args } of RIVALS) {
    expect([name, args({ folder: '/place', port: '4321' })]).toEqual([
      name,
      expect.arrayContaining(['127.0.0.1', '4321', expect.stringContaining('/place')]),
    ])
  }
})
