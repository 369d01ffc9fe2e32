import type * as XmlBuilder from 'xmlbuilder2'
import { onDemand } from '../on-demand.ts'
import { type ParseError, parseError } from '../parse-error.ts'

/** The media type of a bootstrapping server's answer (3GPP TS 24.109, section 4.2). */
export const BOOTSTRAPPING_MEDIA_TYPE = 'application/vnd.3gpp.bsf+xml'
const NAMESPACE = 'uri:3gpp-gba'

/** What a successful bootstrap yields: the B-TID, and until when its keys are valid, in ms since the Unix epoch. */
export interface BootstrappingInfo {
  readonly kind: 'bootstrapping-info'
  readonly btid: string
  readonly expiresAt: number
}

/** The XML of an answer, the lifetime to the second in UTC (3GPP TS 24.109, annex C). */
export function formatBootstrappingInfo({ btid, expiresAt }: Omit<BootstrappingInfo, 'kind'>): string {
  const lifetime = new Date(expiresAt).toISOString().replace(/\.\d+Z$/, 'Z')
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<BootstrappingInfo xmlns="${NAMESPACE}">`,
    `<btid>${escape(btid)}</btid>`,
    `<lifetime>${lifetime}</lifetime>`,
    '</BootstrappingInfo>',
    '',
  ].join('\n')
}

/** More than a bootstrapping server has to say; the reading of XML takes time that grows with the square of it. */
const MAX_CHARACTERS = 8_192
const MAX_TAGS = 128
const MAX_ATTRIBUTES = 64

/**
 * Reads the XML of an answer, with or without a namespace prefix. XML that does not parse, is longer than
 * `MAX_CHARACTERS`, has more tags or attributes than there are, or a DOCTYPE, another root or namespace, and a missing or unreadable `btid` or
 * `lifetime` are parse errors; further elements are ignored.
 */
export function parseBootstrappingInfo(xml: string): BootstrappingInfo | ParseError {
  const root = rootOf(xml.trim())
  if (root === null || localName(root) !== 'BootstrappingInfo')
    return parseError(`bootstrapping: expected BootstrappingInfo, got ${JSON.stringify(xml.slice(0, 60))}`)
  const namespace = root.node.lookupNamespaceURI(prefixOf(root))
  if (namespace !== NAMESPACE)
    return parseError(`bootstrapping: expected namespace ${NAMESPACE}, got ${namespace ?? 'none'}`)
  const btid = childText(root, 'btid')
  if (btid === null || btid === '') return parseError('bootstrapping: expected btid, got none')
  const lifetime = childText(root, 'lifetime')
  const expiresAt = /^\d{4}-\d\d-\d\dT/.test(lifetime ?? '') ? Date.parse(lifetime ?? '') : NaN
  return Number.isNaN(expiresAt)
    ? parseError(
        `bootstrapping: expected a lifetime such as 2030-01-01T00:00:00Z, got ${JSON.stringify(lifetime)}`,
      )
    : { kind: 'bootstrapping-info', btid, expiresAt }
}

type XmlNode = ReturnType<typeof XmlBuilder.create>

/** Loaded with the first answer: a mock, which only writes them, starts without it. */
const xmlBuilder = onDemand('xmlbuilder2') as () => typeof XmlBuilder

/** The root element; null of what is no XML, or more of it than is read. */
function rootOf(xml: string): XmlNode | null {
  if (!xml.startsWith('<') || xml.length > MAX_CHARACTERS) return null
  if (xml.split('<').length > MAX_TAGS || xml.split('=').length > MAX_ATTRIBUTES) return null
  try {
    return xmlBuilder()
      .create({ parser: { docType: refuseDocType } }, xml)
      .root()
  } catch {
    return null
  }
}

function refuseDocType(): never {
  throw new Error('a DOCTYPE')
}

/** The text of the first child of that name, in whichever namespace; null where there is none. */
function childText(root: XmlNode, name: string): string | null {
  return root.find((child) => localName(child) === name)?.node.textContent?.trim() ?? null
}

function prefixOf({ node: { nodeName } }: XmlNode): string | null {
  return nodeName.includes(':') ? (nodeName.split(':')[0] ?? null) : null
}

function localName({ node: { nodeName } }: XmlNode): string {
  return nodeName.slice(nodeName.indexOf(':') + 1)
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
