import type { Target } from '#driver/target.ts'
import type { WireResult } from '#driver/wire-client.ts'
import type { WireRequest } from '#driver/wire-request.ts'
import { isLoopback } from '../targets/target-url.ts'
import { asked } from './asked.ts'
import { check, type DoctorCheck } from './check.ts'

type Opening<Whole extends Target> = (target: Whole) => WireRequest

const URL_KEY = ['url'] as const
const BAD_REQUEST = 400

/** Whether the server speaks TLS where its URL says so, and only there; `opening` is a request that it refuses. */
export function schemeCheck<Whole extends Target, Facts>(opening: Opening<Whole>): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'tls' | 'plain'>({
    name: 'scheme',
    needs: ['TCP'],
    risks: [],
    run: async (target) => {
      const isSecure = target.url.startsWith('https:')
      const result = await asked(target, opening(target))
      if (isSecure && result.kind === 'failed' && /does not speak TLS/.test(result.failure.detail)) {
        const url = target.url.replace(/^https:/, 'http:')
        // Headers and passwords go nowhere in clear that the file wants kept from others.
        const mended = isLoopback(url) ? { mended: { ...target, url } } : {}
        return { kind: 'wrong', code: 'plain', got: 'the server does not speak TLS', value: url, ...mended }
      }
      const mended = { ...target, url: target.url.replace(/^http:/, 'https:') }
      if (!isSecure && mayWantTls(result) && (await speaksTls(mended, opening)))
        return { kind: 'wrong', code: 'tls', got: 'the server speaks TLS', value: mended.url, mended }
      return { kind: 'well', said: isSecure ? 'https' : 'http' }
    },
    advice: {
      tls: { blame: 'file', at: URL_KEY, todo: (url) => `write  url: ${url}` },
      plain: { blame: 'file', at: URL_KEY, todo: (url) => `write  url: ${url}` },
    },
  })
}

/** Whether there is a TLS session, with a certificate that is trusted. */
export function tlsCheck<Whole extends Target, Facts>(opening: Opening<Whole>): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'untrusted' | 'expired' | 'other-host' | 'asking' | 'session'>({
    name: 'TLS',
    needs: ['scheme'],
    risks: [],
    idle: ({ url }) => (url.startsWith('https:') ? null : 'none: the URL is http:'),
    run: async (target) => {
      const result = await asked(target, opening(target))
      if (result.kind === 'answered' || result.failure.kind !== 'unreachable')
        return {
          kind: 'well',
          said: target.tls.insecure ? 'any certificate is accepted' : 'certificate trusted',
        }
      // What follows the first part is advice for the command line.
      const [got = ''] = result.failure.detail.split('; ')
      if (/asks for a certificate/.test(got)) return { kind: 'wrong', code: 'asking', got }
      if (!/^certificate/.test(got)) return { kind: 'wrong', code: 'session', got }
      // A machine that is another is sent nothing as long as it has not proved to be the one of the file.
      const mended = isLoopback(target.url)
        ? { mended: { ...target, tls: { ...target.tls, insecure: true } } }
        : {}
      return { kind: 'wrong', code: certificateFailure(got), got, ...mended }
    },
    advice: {
      untrusted: {
        blame: 'file',
        at: ['tls'],
        todo: () =>
          'write  tls: { ca: FILE.pem }  with the authority that signed it, or  tls: { insecure: true }  to accept any',
      },
      expired: {
        blame: 'target',
        at: ['tls'],
        todo: () => 'renew the certificate, or write  tls: { insecure: true }  to accept any',
      },
      'other-host': {
        blame: 'file',
        at: URL_KEY,
        todo: () =>
          'write the host that the certificate names, or  tls: { insecure: true }  to accept any certificate',
      },
      asking: {
        blame: 'file',
        at: ['tls'],
        todo: () => 'write  tls: { cert: FILE.pem, key: FILE.pem }  with a certificate that it trusts',
      },
      session: { blame: 'target', at: URL_KEY, todo: () => 'look at the TLS settings of the server' },
    },
  })
}

function certificateFailure(got: string): 'untrusted' | 'expired' | 'other-host' {
  if (/another host/.test(got)) return 'other-host'
  return /EXPIRED|NOT_YET_VALID/.test(got) ? 'expired' : 'untrusted'
}

/** What a server with TLS does with a request in clear: it hangs up, or says that the request is bad. */
function mayWantTls(result: WireResult): boolean {
  return result.kind === 'failed' || result.answer.status === BAD_REQUEST
}

async function speaksTls<Whole extends Target>(target: Whole, opening: Opening<Whole>): Promise<boolean> {
  const result = await asked({ ...target, tls: { ...target.tls, insecure: true } }, opening(target))
  return result.kind === 'answered'
}
