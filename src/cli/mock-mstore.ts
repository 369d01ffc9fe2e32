import { UsageError } from '#evidence/usage-error.ts'
import { isUriOf } from '#mocks/mstore/credential-checks.ts'
import type { MStoreData } from '#mocks/mstore/control-data.ts'
import type { MStorePatch } from '#mocks/mstore/rulebook.ts'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { URI_FORMS } from '#protocol/mstore/digest-uri.ts'
import { authorityFile } from './authority-file.ts'
import type { MockMStoreOptions, MockSurroundings, RunningMock } from './mock-format.ts'
import { startOptions } from './mock-start-options.ts'

/** Starts an mStore with its control plane and its bootstrapping server. A bad one is a UsageError. */
export async function runMStore(
  options: MockMStoreOptions,
  surroundings: MockSurroundings,
): Promise<RunningMock> {
  const { bsfPort, naf, plain = false, acceptUri = [] } = options
  const { data } = surroundings
  refuseCertificateInClear(plain, options)
  const mock = await startMStoreMock({
    ...startOptions(options, surroundings),
    ...(data === undefined ? {} : { data: data as MStoreData }),
    bsfPort,
    plain,
    ...(naf === undefined ? {} : { naf }),
    ...(acceptUri.length === 0 ? {} : { rulebook: accepting(acceptUri) }),
  })
  const { url, control, bsf } = mock
  const authority = authorityFile(mock.ca)
  const ca = authority.path
  return {
    seed: mock.seed,
    ready: { url, control, bsf, ...(ca === null ? {} : { ca }) },
    places: [
      ['mstore', url],
      ['control', control],
      ['bsf', `${bsf.url} (${bsf.fqdn})`],
      ...(ca === null ? [] : [['ca', ca] as const]),
    ],
    beside: [],
    usage: usage(mock, ca),
    close: async () => {
      authority.remove()
      await mock.close()
    },
  }
}

function refuseCertificateInClear(plain: boolean, { cert, rsa }: MockMStoreOptions): void {
  if (!plain || (cert === undefined && rsa !== true)) return
  throw new UsageError(
    `--plain: expected no ${cert === undefined ? '--rsa' : '--cert'} with it, which is for TLS`,
  )
}

/** The rulebook that accepts these forms alone. An unknown one is a UsageError. */
function accepting(names: readonly string[]): MStorePatch {
  const forms = names.map((name) => {
    const form = URI_FORMS.find((each) => each === name)
    if (form !== undefined) return form
    throw new UsageError(`--accept-uri ${name}: expected one of ${URI_FORMS.join(', ')}`)
  })
  return { authentication: { isUri: (uri, request) => isUriOf(forms, uri, request) } }
}

const SAMPLE_MSISDN = '+15555550123'
const PROFILE = `/phone20/mStoreRelay/oemclient/nms/v1/ums/tel:${SAMPLE_MSISDN}/vvmserviceProfile`

function usage({ url, control }: MStoreMock, ca: string | null): readonly string[] {
  const body = `-H Content-Type:application/json -d '{"msisdn":"${SAMPLE_MSISDN}"}'`
  const pair = String.raw`sed 's/.*"username":"\([^"]*\)","password":"\([^"]*\)".*/\1:\2/'`
  const trust = ca === null ? '' : `--cacert '${ca}' `
  return [
    'Make a subscriber, and read its profile with credentials bootstrapped inside:',
    `  curl -s ${control}/subscribers ${body}`,
    `  curl -i ${trust}--digest -A 3gpp-gba \\`,
    `    -u "$(curl -s ${control}/credentials ${body} | ${pair})" \\`,
    `    ${url}${PROFILE}`,
  ]
}
