import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { touchstone } from '../cli/touchstone.ts'
import { networkNamespace, type NetworkNamespace } from './network-namespace.ts'

const NAME = 'desk.example.test'
const MSISDN = '+15555558264'
/** As digest clients of the field need it: with the number as it is. */
const PROFILE = endpointTarget(MSISDN, { kind: 'profile' }).replace('tel%3A%2B', 'tel:+')
const CERTIFICATE_UNKNOWN = 60

interface Ready {
  readonly url: string
  readonly control: string
  readonly bsf: { readonly url: string }
  readonly ca: string
}

let phone: NetworkNamespace | string
beforeAll(() => {
  phone = networkNamespace()
})
afterAll(() => {
  if (typeof phone !== 'string') phone.remove()
})

function permitted(context: TestContext): NetworkNamespace {
  if (typeof phone === 'string') return context.skip(`network namespaces are not permitted here: ${phone}`)
  return phone
}

/** Runs the mock while `use` calls it, with what it says when it is ready. */
async function withMock(args: readonly string[], use: (ready: Ready) => Promise<void>): Promise<void> {
  let used: Promise<void> | undefined
  const ports = ['--json', '--port', '0', '--control-port', '0', '--bsf-port', '0']
  const { exitCode, stderr } = await touchstone(['mock', 'mstore', ...ports, ...args], {
    onStart: (child) =>
      child.stdout?.once('data', (line: string) => {
        used = use(JSON.parse(line) as Ready).finally(() => child.kill('SIGTERM'))
      }),
  })
  await used
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
}

it('serves a telephone by its public name, its certificate verified', async (context) => {
  const { hostAddress, run } = permitted(context)
  const reach = ['--host', hostAddress, '--control-host', hostAddress, '--public-host', NAME, '--rsa']
  await withMock(reach, async ({ url, control, bsf, ca }) => {
    for (const place of [url, control, bsf.url]) expect(new URL(place).hostname).toBe(NAME)
    const resolved = [url, control, bsf.url].flatMap((place) => [
      '--resolve',
      `${new URL(place).host}:${hostAddress}`,
    ])
    const curl = (...args: readonly string[]) => run('curl', '-s', '--max-time', '10', ...resolved, ...args)
    const posted = async (path: string): Promise<Record<string, string>> => {
      const body = ['-H', 'Content-Type: application/json', '-d', JSON.stringify({ msisdn: MSISDN })]
      return JSON.parse((await curl(...body, `${control}${path}`)).stdout) as Record<string, string>
    }
    expect(await posted('/subscribers')).toMatchObject({ naf: NAME, bsf: { url: bsf.url } })
    const { username = '', password = '' } = await posted('/credentials')

    const verified = ['--cacert', ca, '-A', '3gpp-gba']
    const challenged = await curl(...verified, '-i', `${url}${PROFILE}`)
    expect(challenged.stdout).toContain(`realm="3GPP-bootstrapping@${NAME}"`)
    const digest = ['--digest', '-u', `${username}:${password}`]
    const read = await curl(...verified, ...digest, `${url}${PROFILE}`)
    expect(read.stdout).toContain('"vvmserviceProfile"')

    const suite = ['--tls-max', '1.2', '--ciphers', 'AES128-SHA', '-w', '%{http_code}', '-o', '/dev/null']
    expect((await curl(...verified, ...suite, `${url}${PROFILE}`)).stdout).toBe('401')
    expect((await curl('-A', '3gpp-gba', `${url}${PROFILE}`)).exitCode).toBe(CERTIFICATE_UNKNOWN)
    const rebound = await curl('-H', 'Host: rebound.example', `${control}/health`)
    expect(rebound.stdout).toContain('Host: expected desk.example.test')
    expect((await curl('-i', `${bsf.url}/`)).stdout).toMatch(/^HTTP\/1\.1 401 /)
  })
}, 60_000)
