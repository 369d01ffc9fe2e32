import type { TargetPart } from '#driver/merge-target.ts'
import type { CapabilitySource, GbaSource, IsimSettings, MStoreTarget, PinDigits } from '#driver/target.ts'
import type { Configuration } from '../configuration-text.ts'
import {
  askedOf,
  membersOf,
  secretText,
  unsetSecrets,
  type Secret,
  type TargetFilePlace,
  type WrittenSource,
} from './written-source.ts'

interface WrittenGba extends Omit<WrittenSource, 'fixed'> {
  readonly isim?: { readonly impi: string; readonly k: Secret; readonly opc: Secret; readonly sqn: string }
  readonly bsf?: { readonly url: string; readonly fqdn: string }
  readonly fixed?: { readonly btid: string; readonly key: Secret }
}

interface WrittenVoicemail extends Omit<WrittenSource, 'fixed'> {
  readonly fixed?: true
}

/** What only the target file of an mStore says, as it is written and its schema has accepted it. */
export interface WrittenMStoreTarget {
  readonly protocol: 'mstore'
  readonly mailbox?: string
  readonly naf?: string
  readonly digestUri?: MStoreTarget['digestUri']
  readonly capabilities?: {
    readonly gba?: WrittenGba
    readonly voicemail?: WrittenVoicemail
    readonly greeting?: boolean
    readonly pin?: Secret
  }
  readonly limits?: { readonly gatewayTimeoutMs?: number; readonly pinDigits?: PinDigits }
}

/** A line for each secret of a wrong form, and for parts that need one another. */
export function mStoreMistakes(
  configuration: Configuration<WrittenMStoreTarget>,
  place: TargetFilePlace,
): readonly string[] {
  return [...formMistakes(configuration, place), ...kinshipMistakes(configuration)]
}

/** What the file says, with secrets looked up and programs found. */
export function readMStore(
  { protocol, mailbox, naf, digestUri, limits = {}, capabilities = {} }: WrittenMStoreTarget,
  place: TargetFilePlace,
): TargetPart<MStoreTarget> {
  const { gba, voicemail, greeting, pin } = capabilities
  return {
    protocol,
    mailbox,
    naf,
    digestUri,
    capabilities: {
      subscribers: gba && subscribersOf(gba),
      gba: gba && gbaOf(gba, place),
      voicemail: voicemail && voicemailOf(voicemail, place),
      greeting,
      pin: pin === undefined ? undefined : secretText(pin, place),
    },
    pinDigits: limits.pinDigits,
    timeouts: { gatewayMs: limits.gatewayTimeoutMs },
  }
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
  pin: { pattern: /^[0-9]{4,16}$/, expected: '4 to 16 decimal digits' },
}

/** A line for each secret of a wrong form, once all can be read; its text is not repeated. */
function formMistakes(
  configuration: Configuration<WrittenMStoreTarget>,
  place: TargetFilePlace,
): readonly string[] {
  const { value, at } = configuration
  if (unsetSecrets(configuration, place).length > 0) return []
  return membersOf(value.capabilities, ['capabilities']).flatMap(([path, secret]) => {
    const form = FORMS[String(path.at(-1))]
    if (form === undefined) return []
    const text = secretText(secret as Secret, place)
    if (form.pattern.test(text)) return []
    const mistake = `${path.join('.')}: expected ${form.expected}, got ${text.length} characters that are something else`
    return [at(path, mistake)]
  })
}

const GBA = ['capabilities', 'gba'] as const
const SOURCES = ['isim', 'fixed', 'command', 'control'] as const

/** Parts that need one another: one source of credentials, an ISIM and its BSF, credentials and their mailbox. */
function kinshipMistakes({ value, at }: Configuration<WrittenMStoreTarget>): readonly string[] {
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

/** Credentials of the file are for its one mailbox; with them no subscribers are made. */
function subscribersOf({ control }: WrittenGba): MStoreTarget['capabilities']['subscribers'] {
  return control === undefined ? null : { kind: 'mock-control', url: control }
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
