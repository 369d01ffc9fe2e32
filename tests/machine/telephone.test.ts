import { afterAll, beforeAll, expect, it, type TestContext } from 'vitest'
import { encodeBase64 } from '#protocol/base64.ts'
import { toHex } from '#protocol/bytes.ts'
import { answerChallenge } from '#protocol/gba/aka.ts'
import { parseBootstrappingInfo } from '#protocol/gba/bootstrapping-info.ts'
import { rightKey } from '#protocol/gba/candidate-keys.ts'
import { endpointTarget } from '#protocol/mstore/endpoints.ts'
import { CARD, cardAnswer, challengeOf, hello, IMPI, type Seen } from '../bsf-client.ts'
import { networkNamespace, type NetworkNamespace } from './network-namespace.ts'
import { NAME, posted, seenOf, withMock } from './telephone.ts'

const MSISDN = '+15555558264'
/** As digest clients of the field need it: with the number as it is. */
const PROFILE = endpointTarget(MSISDN, { kind: 'profile' }).replace('tel%3A%2B', 'tel:+')
const CERTIFICATE_UNKNOWN = 60

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

it('serves a telephone by its public name, its certificate verified', async (context) => {
  await withMock(permitted(context), async ({ url, control, bsf, ca }, curl) => {
    for (const place of [url, control, bsf.url]) expect(new URL(place).hostname).toBe(NAME)
    const added = await posted(curl, `${control}/subscribers`, { msisdn: MSISDN })
    expect(added).toMatchObject({ naf: NAME, bsf: { url: bsf.url } })
    const { username, password } = await posted(curl, `${control}/credentials`, { msisdn: MSISDN })

    const verified = ['--cacert', ca, '-A', '3gpp-gba']
    const challenged = await curl(...verified, '-i', `${url}${PROFILE}`)
    expect(challenged.stdout).toContain(`realm="3GPP-bootstrapping@${NAME}"`)
    const digest = ['--digest', '-u', `${String(username)}:${String(password)}`]
    const read = await curl(...verified, ...digest, `${url}${PROFILE}`)
    expect(read.stdout).toContain('"vvmserviceProfile"')

    const suite = ['--tls-max', '1.2', '--ciphers', 'AES128-SHA', '-w', '%{http_code}', '-o', '/dev/null']
    expect((await curl(...verified, ...suite, `${url}${PROFILE}`)).stdout).toBe('401')
    expect((await curl('-A', '3gpp-gba', `${url}${PROFILE}`)).exitCode).toBe(CERTIFICATE_UNKNOWN)
    const rebound = await curl('-H', 'Host: rebound.example', `${control}/health`)
    expect(rebound.stdout).toContain('Host: expected desk.example.test')
  })
}, 60_000)

it('bootstraps a telephone, which reads its profile with the key that its card derives', async (context) => {
  await withMock(permitted(context), async ({ url, control, bsf, ca }, curl) => {
    const sqn = CARD.sqn.toString(16).padStart(12, '0')
    const isim = { impi: IMPI, k: toHex(CARD.k), opc: toHex(CARD.opc), sqn }
    await posted(curl, `${control}/seed`, { subscribers: [{ msisdn: MSISDN, isim }] })

    const asked = async (authorization: string): Promise<Seen> => {
      const said = ['-A', '3gpp-gba', '-H', `Authorization: ${authorization}`]
      return seenOf((await curl('-i', ...said, `${bsf.url}/`)).stdout)
    }
    const challenged = await asked(hello())
    expect(challenged.status).toBe(401)
    const { nonce } = challengeOf(challenged)
    const session = answerChallenge(CARD, nonce)
    if (session.kind !== 'accepted') throw new Error(`AUTN: expected to be accepted, got ${session.kind}`)
    const bootstrapped = await asked(cardAnswer(CARD, challenged) ?? '')
    const info = parseBootstrappingInfo(bootstrapped.text)
    if (info.kind === 'parse-error') throw new Error(info.reason)

    const key = rightKey({ ...session, rand: nonce.rand, impi: IMPI, host: NAME })
    const profile = async (secret: Uint8Array): Promise<string> => {
      const digest = ['--digest', '-u', `${info.btid}:${encodeBase64(secret, { padded: true })}`]
      return (await curl('--cacert', ca, '-A', '3gpp-gba', ...digest, '-i', `${url}${PROFILE}`)).stdout
    }
    expect(await profile(key)).toContain('"vvmserviceProfile"')
    expect(await profile(key.toReversed())).not.toContain('"vvmserviceProfile"')
  })
}, 60_000)
