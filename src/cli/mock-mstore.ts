import { join } from 'node:path'
import { UsageError } from '#evidence/usage-error.ts'
import { isUriOf } from '#mocks/mstore/credential-checks.ts'
import type { MStorePatch } from '#mocks/mstore/rulebook.ts'
import { startMStoreMock, type MStoreMock } from '#mocks/mstore/start.ts'
import { URI_FORMS } from '#protocol/mstore/digest-uri.ts'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'
import type { MockMStoreOptions, OnError, RunningMock } from './mock-format.ts'

/** The file of the certificate authority that clients of the mock must trust. */
const AUTHORITY = join(PACKAGE_ROOT, 'fixtures/tls/authority.pem')

/** Starts an mStore with its control plane and its bootstrapping server. A bad one is a UsageError. */
export async function runMStore(options: MockMStoreOptions, onError: OnError): Promise<RunningMock> {
  const {
    port,
    controlPort,
    bsfPort,
    host,
    seed,
    dialect,
    faults,
    variants,
    plain = false,
    acceptUri = [],
  } = options
  const mock = await startMStoreMock({
    port,
    controlPort,
    bsfPort,
    host,
    plain,
    dialect,
    faults,
    variants,
    onError,
    ...(seed === undefined ? {} : { seed }),
    ...(acceptUri.length === 0 ? {} : { rulebook: accepting(acceptUri) }),
  })
  const { url, control, bsf } = mock
  const ca = mock.ca === null ? null : AUTHORITY
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
    close: mock.close,
  }
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
