import type { CapabilitySource, GbaSource, IsimSettings, MStoreTarget } from '#driver/target.ts'
import type { Configuration } from '../configuration-text.ts'
import {
  askedOf,
  secretFaults,
  secretText,
  urlFaults,
  type Located,
  type Secret,
  type TargetFilePlace,
} from './written-source.ts'

/** What only the target file of an mStore says; absent parts are undefined. */
export interface MStoreTargetFile {
  readonly protocol: 'mstore'
  readonly mailbox: string | undefined
  readonly capabilities: Omit<MStoreTarget['capabilities'], 'greeting'> & {
    readonly greeting: boolean | undefined
  }
  readonly gatewayMs: number | undefined
}

interface WrittenGba {
  readonly isim?: { readonly impi: string; readonly k: Secret; readonly opc: Secret; readonly sqn: string }
  readonly bsf?: { readonly url: string; readonly fqdn: string }
  readonly fixed?: { readonly btid: string; readonly key: Secret }
  readonly command?: readonly string[]
  readonly control?: string
}

interface WrittenVoicemail {
  readonly fixed?: true
  readonly control?: string
  readonly command?: readonly string[]
}

/** The same as it is written, after its schema has accepted it. */
export interface WrittenMStoreTarget {
  readonly protocol: 'mstore'
  readonly mailbox?: string
  readonly capabilities?: {
    readonly gba?: WrittenGba
    readonly voicemail?: WrittenVoicemail
    readonly greeting?: boolean
    readonly pin?: Secret
  }
  readonly limits?: { readonly gatewayTimeoutMs?: number }
}

/**
 * A line for each part that its schema cannot refuse: bad URLs, environment variables that are not set or hold
 * something else, parts that need one another.
 */
export function mStoreFaults(
  configuration: Configuration<WrittenMStoreTarget>,
  place: TargetFilePlace,
): readonly string[] {
  const { gba = {}, voicemail, pin } = configuration.value.capabilities ?? {}
  const urls: Located<string> = [
    [[...GBA, 'bsf', 'url'], gba.bsf?.url],
    [[...GBA, 'control'], gba.control],
    [['capabilities', 'voicemail', 'control'], voicemail?.control],
  ]
  const secrets = secretsIn(gba, pin)
  const unset = secretFaults(configuration, secrets, place.env)
  return [
    ...urlFaults(configuration, urls),
    ...unset,
    ...(unset.length === 0 ? formFaults(configuration, secrets, place) : []),
    ...kinshipFaults(configuration),
  ]
}

/** What the file says, with secrets looked up and programs found. */
export function mStoreTargetFile(written: WrittenMStoreTarget, place: TargetFilePlace): MStoreTargetFile {
  const { mailbox, limits = {}, capabilities = {} } = written
  const { gba, voicemail, greeting, pin } = capabilities
  return {
    protocol: 'mstore',
    mailbox,
    capabilities: {
      subscribers: gba?.control === undefined ? null : { kind: 'mock-control', url: gba.control },
      gba: gba === undefined ? null : gbaOf(gba, place),
      voicemail: voicemail === undefined ? null : voicemailOf(voicemail, place),
      greeting,
      pin: pin === undefined ? null : secretText(pin, place),
    },
    gatewayMs: limits.gatewayTimeoutMs,
  }
}

const GBA = ['capabilities', 'gba'] as const

function secretsIn({ isim, fixed }: WrittenGba, pin: Secret | undefined): Located<Secret> {
  return [
    [[...GBA, 'isim', 'k'], isim?.k],
    [[...GBA, 'isim', 'opc'], isim?.opc],
    [[...GBA, 'fixed', 'key'], fixed?.key],
    [['capabilities', 'pin'], pin],
  ]
}

interface Form {
  readonly pattern: RegExp
  readonly expected: string
}

const HEX_128: Form = { pattern: /^[0-9a-f]{32}$/i, expected: '32 hexadecimal digits' }

/** The form of each secret, by the last step of its place; the environment is beyond the schema. */
const FORMS: Readonly<Record<string, Form>> = {
  k: HEX_128,
  opc: HEX_128,
  key: {
    pattern: /^(?:[A-Za-z0-9+/]{4}){10}[A-Za-z0-9+/]{3}=$/,
    expected: 'Ks_NAF, 32 bytes in Base64 with padding',
  },
  pin: { pattern: /^[0-9]{4,10}$/, expected: '4 to 10 decimal digits' },
}

/** A line for each secret of a wrong form; its text is not repeated. */
function formFaults(
  { at }: Configuration<WrittenMStoreTarget>,
  secrets: Located<Secret>,
  place: TargetFilePlace,
): readonly string[] {
  return secrets.flatMap(([path, secret]) => {
    const form = FORMS[String(path.at(-1))]
    if (secret === undefined || form === undefined) return []
    const text = secretText(secret, place)
    if (form.pattern.test(text)) return []
    const fault = `${path.join('.')}: expected ${form.expected}, got ${text.length} characters that are something else`
    return [at(path, fault)]
  })
}

const SOURCES = ['isim', 'fixed', 'command', 'control'] as const

/** Parts that need one another: one source of credentials, an ISIM and its BSF, credentials and their mailbox. */
function kinshipFaults({ value, at }: Configuration<WrittenMStoreTarget>): readonly string[] {
  const gba = value.capabilities?.gba
  if (gba === undefined) return []
  const given = SOURCES.filter((name) => gba[name] !== undefined)
  if (given.length !== 1) {
    return [at(GBA, `capabilities.gba: expected exactly one of ${SOURCES.join(', ')}`)]
  }
  if ((gba.isim === undefined) !== (gba.bsf === undefined)) {
    return [at(GBA, 'capabilities.gba: expected isim and bsf together, got one of them')]
  }
  if (gba.control === undefined && value.mailbox === undefined) {
    return [
      at(GBA, `mailbox is missing: expected the number that the credentials are for, such as "+15551234567"`),
    ]
  }
  return []
}

function gbaOf(gba: WrittenGba, place: TargetFilePlace): GbaSource {
  const { isim, bsf, fixed } = gba
  if (isim !== undefined && bsf !== undefined) return { kind: 'isim', isim: isimOf(isim, place), bsf }
  if (fixed !== undefined) return { kind: 'fixed', btid: fixed.btid, key: secretText(fixed.key, place) }
  return askedOf(gba, place)
}

function isimOf(
  { impi, k, opc, sqn }: NonNullable<WrittenGba['isim']>,
  place: TargetFilePlace,
): IsimSettings {
  const hex = (secret: Secret): string => secretText(secret, place).toLowerCase()
  return { impi, k: hex(k), opc: hex(opc), sqn: sqn.toLowerCase() }
}

function voicemailOf({ fixed, ...asked }: WrittenVoicemail, place: TargetFilePlace): CapabilitySource {
  return fixed === undefined ? askedOf(asked, place) : { kind: 'fixed', value: String(fixed) }
}
