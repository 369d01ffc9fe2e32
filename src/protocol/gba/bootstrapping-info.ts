import type { ParseError } from '../parse-error.ts'
import { parseError } from '../parse-error.ts'

/** The media type of a bootstrapping server's answer (3GPP TS 24.109, section 4.2). */
export const BOOTSTRAPPING_MEDIA_TYPE = 'application/vnd.3gpp.bsf+xml'
const NAMESPACE = 'uri:3gpp-gba'

/** What a successful bootstrap tells: the B-TID, and until when its keys hold, in ms since the Unix epoch. */
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

/**
 * Reads the XML of an answer, with or without a namespace prefix. Another root or namespace, and a missing
 * or unreadable `btid` or `lifetime`, are faults; further elements are ignored.
 */
export function parseBootstrappingInfo(xml: string): BootstrappingInfo | ParseError {
  const root = /<(?:([A-Za-z_][\w.-]*):)?BootstrappingInfo(\s[^>]*)?>/.exec(xml)
  if (root === null)
    return parseError(`bootstrapping: expected BootstrappingInfo, got ${JSON.stringify(xml.slice(0, 60))}`)
  const [, prefix, attributes = ''] = root
  const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`
  if (!new RegExp(`\\s${declaration}\\s*=\\s*["']${NAMESPACE}["']`).test(attributes)) {
    return parseError(
      `bootstrapping: expected namespace ${NAMESPACE}, got ${JSON.stringify(attributes.trim().slice(0, 60))}`,
    )
  }
  const btid = elementText(xml, 'btid')
  const lifetime = elementText(xml, 'lifetime')
  if (btid === null || btid === '') return parseError('bootstrapping: expected btid, got none')
  const expiresAt = /^\d{4}-\d\d-\d\dT/.test(lifetime ?? '') ? Date.parse(lifetime ?? '') : NaN
  return Number.isNaN(expiresAt)
    ? parseError(
        `bootstrapping: expected a lifetime such as 2030-01-01T00:00:00Z, got ${JSON.stringify(lifetime)}`,
      )
    : { kind: 'bootstrapping-info', btid, expiresAt }
}

function elementText(xml: string, name: string): string | null {
  const found = new RegExp(`<(?:[A-Za-z_][\\w.-]*:)?${name}(?:\\s[^>]*)?>([^<]*)</`).exec(xml)
  return found === null ? null : unescape(found[1] ?? '').trim()
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

function unescape(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity)
}
