import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
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

/** What a script that ended well wrote. */
async function output(name: string, text: string): Promise<string> {
  const { exitCode, stdout, stderr } = await consumer.node(consumer.write(name, text))
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  return stdout
}

describe('the package', () => {
  it.each(['features', 'fixtures/tls', 'schemas', 'proto', 'requirements'])(
    'has all files of %s',
    (folder) => {
      const here = readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
      const expected = here.filter((name) => name.includes('.')).map((name) => `${folder}/${name}`)
      expect(expected.length).toBeGreaterThan(0)
      expect(consumer.files).toEqual(expect.arrayContaining(expected))
    },
  )

  it('has whatever its pages link to', () => {
    const pages = consumer.files.filter((path) => path.endsWith('.md'))
    expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/verify.md', 'examples/README.md']))
    const isThere = (path: string) => consumer.files.some((file) => `${file}/`.startsWith(`${path}/`))
    const dead = pages.flatMap((page) =>
      [...readFileSync(join(PACKAGE_ROOT, page), 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)]
        .map(([, link = '']) => posix.join(posix.dirname(page), link))
        .filter((path) => !isThere(path.replace(/\/$/, '')))
        .map((path) => `${page}: ${path}`),
    )
    expect(dead).toEqual([])
  })

  it('has compiled code with its types, and neither tests nor benchmarks', () => {
    const compiled = [
      'dist/mocks/index.js',
      'dist/mocks/index.d.ts',
      'dist/joined/main.js',
      'dist/joined/mock/relay.js',
      'dist/src/cli/main.js',
    ]
    expect(consumer.files).toEqual(expect.arrayContaining(compiled))
    const unwanted = /\.test\.|^(dist\/)?(tests|bench|fixtures(?!\/tls))\/|(?<!\.d)\.tsx?$|tsbuildinfo/
    expect(consumer.files.filter((path) => unwanted.test(path))).toEqual([])
  })

  it.each(['relay', 'mstore'])('runs the mock %s, its faults included', async (protocol) => {
    const text = `
      import { spawn } from 'node:child_process'
      import { once } from 'node:events'
      import { existsSync } from 'node:fs'
      const args = ['mock', '${protocol}', '--json', '--port', '0', '--control-port', '0']
      const own = '${protocol}' === 'mstore' ? ['--bsf-port', '0'] : []
      const stdio = ['ignore', 'pipe', 'inherit']
      const mock = spawn(process.execPath, [${JSON.stringify(consumer.binary)}, ...args, ...own], { stdio })
      const { control, ca } = JSON.parse(String((await once(mock.stdout, 'data'))[0]))
      const { faults } = await (await fetch(control + '/faults')).json()
      mock.kill()
      const [code] = await once(mock, 'exit')
      console.log(JSON.stringify({ code, faults: faults.length > 100, ca: ca === undefined || existsSync(ca) }))`
    expect(JSON.parse(await output(`${protocol}.js`, text))).toEqual({ code: 0, faults: true, ca: true })
  })

  it('starts a relay in plain JavaScript', async () => {
    const text = `
      import { startRelayMock } from 'touchstone/mocks'
      const relay = await startRelayMock({ seed: '7' })
      const { status } = await fetch(relay.url + '/v1/attachments/')
      const health = await (await fetch(relay.control + '/health')).json()
      await relay.close()
      console.log(JSON.stringify({ status, seed: health.seed }))`
    expect(JSON.parse(await output('start.js', text))).toEqual({ status: 401, seed: '7' })
  })

  it('mounts a relay in an express application', async () => {
    const text = `
      import express from 'express'
      import { createRelayMockRouter } from 'touchstone/mocks'
      const relay = createRelayMockRouter({ seed: '7' })
      const application = express().use('/relay', relay.router).use('/control', relay.control)
      const server = application.listen(0, '127.0.0.1', async () => {
        const url = 'http://127.0.0.1:' + server.address().port
        const { status } = await fetch(url + '/relay/v1/accounts/sms/code/+14155550100')
        const { codes } = await (await fetch(url + '/control/codes')).json()
        server.close()
        server.closeAllConnections()
        console.log(JSON.stringify({ status, codes: codes.length }))
      })`
    expect(JSON.parse(await output('mount.js', text))).toEqual({ status: 200, codes: 1 })
  })

  it('runs the suite', async () => {
    const verify = [consumer.binary, 'verify', 'relay', '--only', 'RELAY-CODE-01', '--quiet']
    const { exitCode, stderr } = await consumer.node(...verify)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
  })
})

describe('the types', () => {
  const TSC = join(PACKAGE_ROOT, 'node_modules/typescript/bin/tsc')
  const OPTIONS = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node']

  function check(name: string, text: string) {
    return consumer.node(TSC, ...OPTIONS, consumer.write(name, text))
  }

  it('fit what is documented, our own declarations included', async () => {
    const text = `
      import { createServer } from 'node:http'
      import { createRelayMockRouter, startRelayMock, type RelayMock } from 'touchstone/mocks'
      const relay: RelayMock = await startRelayMock({
        seed: '7', dialect: 'deployed', port: 0, faults: ['RELAY-CODE-01/answers-204'],
        rulebook: { status: { 'request-code': { 'code-sent': 204 } } },
        onError: (error: unknown) => { console.error(error) },
      })
      const url: string = relay.url + relay.control + relay.seed
      const mounted = createRelayMockRouter()
      createServer((request, response) => { mounted.router(request, response, () => response.end(url)) })
      await relay.close()`
    expect(await check('right.ts', text)).toEqual({ exitCode: 0, stdout: '', stderr: '' })
  })

  it('refuse what is not', async () => {
    const text = `
      import { startRelayMock } from 'touchstone/mocks'
      await startRelayMock({ dialect: 'spoken' })`
    const { exitCode, stdout } = await check('wrong.ts', text)
    expect(exitCode).not.toBe(0)
    expect(stdout).toContain('"spoken"')
  })
})
