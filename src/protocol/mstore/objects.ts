import { type ParseError, parseError } from '../parse-error.ts'
import { type Attribute, type Attributes, attributeList, readAttributes } from './attributes.ts'
import { isObject, membersOf, textsOf } from './members.ts'
import { misread } from './misread.ts'

/** The audio of an object, all members text (mStore spec, objects). */
export interface PayloadPart {
  readonly contentType: string
  readonly size: string
  readonly contentEncoding: string
  readonly contentDisposition: string
  readonly href: string
}

/** An object of a folder, as GET and search answer it (mStore spec, objects). */
export interface MailObject {
  readonly parentFolder: string
  readonly attributes: Attributes
  readonly flags: readonly string[]
  readonly flagsURL: string
  readonly resourceURL: string
  readonly path: string
  readonly payloadURL: string
  readonly payloadPart: PayloadPart
  readonly correlationId: string
}

/** The value of `object`, and of each item of a search. */
export interface ObjectMembers {
  readonly parentFolder: string
  readonly attributes: { readonly attribute: readonly Attribute[] }
  readonly flags: { readonly flag: readonly string[]; readonly resourceURL: string }
  readonly resourceURL: string
  readonly path: string
  readonly payloadURL: string
  readonly payloadPart: readonly [PayloadPart]
  readonly correlationId: string
}

/** The members of an object as JSON has them. */
export function objectMembers(object: MailObject): ObjectMembers {
  const { parentFolder, attributes, flags, flagsURL, resourceURL, path, payloadURL, payloadPart } = object
  return {
    parentFolder,
    attributes: { attribute: attributeList(attributes) },
    flags: { flag: flags, resourceURL: flagsURL },
    resourceURL,
    path,
    payloadURL,
    payloadPart: [payloadPart],
    correlationId: object.correlationId,
  }
}

/** An object, read. Members that the deployed client does without are null where they are missing (E-37). */
export interface ObjectReading {
  readonly kind: 'object'
  readonly attributes: Attributes
  readonly flags: readonly string[]
  readonly resourceURL: string
  readonly payloadPart: PayloadPart
  readonly parentFolder: string | null
  readonly flagsURL: string | null
  readonly path: string | null
  readonly payloadURL: string | null
  readonly correlationId: string | null
}

/**
 * Reads the value of `object` or an item of a search, as tolerant as the deployed client: no `flags` are no
 * flags; without attributes, `resourceURL` or exactly one whole `payloadPart` it is a parse error.
 */
export function readObject(value: unknown): ObjectReading | ParseError {
  if (!isObject(value)) return parseError('object: expected an object, got none')
  const attributes = readAttributes(membersOf(value['attributes'])['attribute'])
  if (attributes.kind === 'parse-error') return attributes
  const resourceURL = value['resourceURL']
  if (typeof resourceURL !== 'string') return parseError('object: expected resourceURL, got none')
  const payloadPart = readPayloadPart(value['payloadPart'])
  if (payloadPart === null) return misread('object', 'one payloadPart of five texts', value['payloadPart'])
  const flags = value['flags'] === undefined ? [] : textsOf(membersOf(value['flags'])['flag'])
  if (flags === null)
    return misread('object', 'flags.flag to be a list of texts', membersOf(value['flags'])['flag'])
  return {
    kind: 'object',
    attributes: attributes.values,
    flags,
    resourceURL,
    payloadPart,
    parentFolder: textOrNull(value['parentFolder']),
    flagsURL: textOrNull(membersOf(value['flags'])['resourceURL']),
    path: textOrNull(value['path']),
    payloadURL: textOrNull(value['payloadURL']),
    correlationId: textOrNull(value['correlationId']),
  }
}

function readPayloadPart(value: unknown): PayloadPart | null {
  if (!Array.isArray(value) || value.length !== 1) return null
  const { contentType, size, contentEncoding, contentDisposition, href } = membersOf(value[0])
  return typeof contentType === 'string' &&
    typeof size === 'string' &&
    typeof contentEncoding === 'string' &&
    typeof contentDisposition === 'string' &&
    typeof href === 'string'
    ? { contentType, size, contentEncoding, contentDisposition, href }
    : null
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
