import type { Protocol } from '#protocol/requirements.ts'

/** What is known of a server when its target file is begun; undefined where it is not. */
export interface KnownTarget {
  readonly protocol: Protocol
  readonly url: string
  /** The file, as commands are to name it. */
  readonly file: string
  readonly control?: string | undefined
  readonly naf?: string | undefined
  /** The file of authorities, as the target file is to name it. */
  readonly ca?: string | undefined
  readonly insecure?: boolean | undefined
  readonly isLocal: boolean
}

/** A line of the file: what it says, and what it is for. One that is not known yet is a comment that shows its form. */
interface TargetLine {
  readonly text: string
  readonly isKnown?: boolean
  readonly why?: string
}

/**
 * The text of a target file: what is known as keys, all else as comments that show which keys there are and what they
 * are for. A comment without its `# ` is a line that may stand there.
 */
export function targetText(known: KnownTarget): string {
  const { file } = known
  return [
    '# What Touchstone knows of one server. Next:',
    `#   touchstone doctor --target ${file}`,
    `#   touchstone plan --target ${file}`,
    `#   touchstone verify --target ${file}`,
    '# Take the "# " away from what fits your server.',
    '',
    ...shared(known),
    '',
    ...(known.protocol === 'relay' ? relayLines(known) : mStoreLines(known)),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function shared({ protocol, url, ca, insecure, isLocal }: KnownTarget): readonly string[] {
  const tls = ca === undefined ? 'tls: { insecure: true }' : `tls: { ca: ${JSON.stringify(ca)} }`
  const isTls = url.startsWith('https:')
  return [
    line({ text: `protocol: ${protocol}`, isKnown: true }),
    line({ text: `url: ${url}`, isKnown: true }),
    line({ text: 'dialect: deployed', why: 'what is ambiguous, as known servers do' }),
    line({
      text: 'allow: [writes, sends]',
      why: isLocal ? 'on this machine everything is allowed' : 'a run only reads until you allow more',
    }),
    ...(isTls || ca !== undefined
      ? [
          line({
            text: ca === undefined && insecure !== true ? 'tls: { ca: authority.pem }' : tls,
            isKnown: ca !== undefined || insecure === true,
            why: 'whose certificates to trust',
          }),
        ]
      : []),
  ]
}

function relayLines({ control }: KnownTarget): readonly string[] {
  return [
    '# What the specification leaves open; doctor finds it out:',
    line({ text: 'username: number.device', why: 'default: number' }),
    line({ text: 'reachableBy: confirmation', why: 'for a relay without push ids' }),
    line({ text: 'registrationId: text', why: 'default: number' }),
    '',
    '# What scenarios need besides the protocol; what needs more is skipped:',
    ...(control === undefined
      ? RELAY_FORMS
      : ['capabilities:', ...RELAY_PLANES.map((name) => `  ${name}: { control: ${control} }`)]),
  ]
}

const RELAY_PLANES = ['verificationCode', 'pushes', 'devices', 'limits']

const RELAY_FORMS: readonly string[] = [
  '# capabilities:',
  '#   # the code of a number: from a program that is given number and transport,',
  '#   # a file to which your SMS sender appends, a control plane, or one that',
  '#   # always holds',
  '#   verificationCode: { command: [./last-code.sh] }',
  '#   # verificationCode: { file: codes.ndjson }',
  "#   # verificationCode: { fixed: '123456' }",
  '#   # verificationCode: { control: http://127.0.0.1:8081 }',
  '#   # the pushes that reached the gateways',
  '#   pushes: { file: pushes.ndjson }',
  '#   # pushes: { command: [./pushes.sh] }',
  '#   # a second device: by a program, or by the relay itself under /v1/devices',
  '#   devices: { provisioning: true }',
  '#   # devices: { command: [./add-device.sh] }',
  '#   limits:',
  '#     fixed: { verify: { burst: 2, refillMs: 30000 }, retrievals: none }',
]

function mStoreLines({ control, naf }: KnownTarget): readonly string[] {
  return [
    '# What the specification leaves open; doctor finds it out:',
    line({
      text: `naf: ${naf ?? 'mstore.example.org'}`,
      isKnown: naf !== undefined,
      why: 'the name in the realm, if not the host',
    }),
    line({ text: 'digestUri: path', why: 'default: absolute' }),
    '',
    '# What scenarios need besides the protocol; what needs more is skipped:',
    ...(control === undefined
      ? MSTORE_FORMS
      : [
          'capabilities:',
          `  gba: { control: ${control} }`,
          `  voicemail: { control: ${control} }`,
          '  greeting: true',
        ]),
  ]
}

const MSTORE_FORMS: readonly string[] = [
  "# mailbox: '+15551234567'",
  '# capabilities:',
  '#   # credentials: of a test card, from a program, or of one bootstrap',
  '#   gba:',
  '#     isim:',
  '#       impi: user@ims.example.org',
  '#       k: { env: ISIM_K }',
  '#       opc: { env: ISIM_OPC }',
  '#       sqn: "000000000000"',
  '#     bsf: { url: http://127.0.0.1:8445, fqdn: bsf.example.org }',
  '#   # gba: { command: [./credentials.sh] }',
  '#   # gba: { fixed: { btid: B-TID, key: { env: KS_NAF } } }',
  '#   voicemail: { fixed: true }   # there are some',
  '#   # voicemail: { command: [./leave-voicemail.sh] }',
  '#   greeting: true               # greetings may be uploaded',
  '#   pin: { env: MAILBOX_PIN }    # tried once by changing it to itself',
]

const WHY_COLUMN = 34

function line({ text, isKnown = false, why }: TargetLine): string {
  const shown = isKnown ? text : `# ${text}`
  return why === undefined ? shown : `${shown.padEnd(WHY_COLUMN)} # ${why}`
}
