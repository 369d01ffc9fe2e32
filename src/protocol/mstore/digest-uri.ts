import { percentDecode } from '../percent.ts'

/** A request as a digest sees it: the scheme and host, `https://wsg.t-mobile.com`, and the raw target. */
export interface DigestRequest {
  readonly origin: string
  readonly target: string
}

/**
 * The forms a digest's `uri` may have. The deployed client sends the decoded absolute URL, RFC 2617 asks for
 * the path (E-02); the others are mistakes that can be recognised.
 */
export const URI_FORMS = [
  'absolute',
  'path',
  'encoded-absolute',
  'encoded-path',
  'reserved-kept',
  'with-port',
  'form-decoded',
] as const

/** The name of one form of `uri`. */
export type UriForm = (typeof URI_FORMS)[number]

/** The requirement that a form breaks; the two right ones break none. */
export const URI_FORM_BREAKS: Readonly<Record<UriForm, string | null>> = {
  absolute: null,
  path: null,
  'encoded-absolute': 'MSTORE-AUTH-19',
  'encoded-path': 'MSTORE-AUTH-19',
  'reserved-kept': 'MSTORE-AUTH-19',
  'with-port': 'MSTORE-AUTH-20',
  'form-decoded': 'MSTORE-AUTH-19',
}

/** The `uri` of a request in one form; null when the target cannot be decoded so. */
export function digestUri({ origin, target }: DigestRequest, form: UriForm): string | null {
  const absolute = `${origin}${target}`
  switch (form) {
    case 'absolute':
      return percentDecode(absolute)
    case 'path':
      return percentDecode(target)
    case 'encoded-absolute':
      return absolute
    case 'encoded-path':
      return target
    case 'reserved-kept':
      return decodeUnreserved(absolute)
    case 'with-port':
      return percentDecode(`${withPort(origin)}${target}`)
    case 'form-decoded':
      return percentDecode(absolute)?.replaceAll('+', ' ') ?? null
    default:
      return form satisfies never
  }
}

/** The form in which `uri` names the request; the first of URI_FORMS that fits, null when none does. */
export function uriFormOf(uri: string, request: DigestRequest): UriForm | null {
  return URI_FORMS.find((form) => digestUri(request, form) === uri) ?? null
}

/** Decodes as `decodeURI` does, which leaves the escapes of `:`, `+`, `/`, `?` and `$` alone. */
function decodeUnreserved(text: string): string | null {
  try {
    return decodeURI(text)
  } catch {
    return null
  }
}

function withPort(origin: string): string {
  return /:\d+$/.test(origin) ? origin : `${origin}:443`
}
