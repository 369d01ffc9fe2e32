import { type ParseError, parseError } from '../parse-error.ts'
import { type Attribute, type Attributes, attributeList, readAttributes } from './attributes.ts'
import { isObject, membersOf } from './members.ts'

/** The body that GET answers of a folder, `resourceURL` inside `attributes` as the mStore spec has it (E-22). */
export interface FolderBody {
  readonly folder: {
    readonly parentFolder: string
    readonly attributes: { readonly attribute: readonly Attribute[]; readonly resourceURL: string }
  }
}

/** The body of a folder with those attributes and URLs. */
export function folderBody(folder: {
  readonly parentFolder: string
  readonly resourceURL: string
  readonly values: Iterable<readonly [string, string]>
}): FolderBody {
  const { parentFolder, resourceURL, values } = folder
  return { folder: { parentFolder, attributes: { attribute: attributeList(values), resourceURL } } }
}

/** A folder's body, read. `urlPlace` is where its own URL was: the mStore spec has it inside `attributes`. */
export interface FolderReading {
  readonly kind: 'folder'
  readonly parentFolder: string | null
  readonly resourceURL: string | null
  readonly urlPlace: 'attributes' | 'folder' | null
  readonly values: Attributes
}

/** Reads a folder's body in either dialect: its own URL in either place, URLs that are missing null. */
export function readFolder(body: unknown): FolderReading | ParseError {
  const folder = membersOf(body)['folder']
  if (!isObject(folder)) return parseError('folder: expected {"folder": {…}}, got none')
  const attributes = membersOf(folder['attributes'])
  const reading = readAttributes(attributes['attribute'])
  if (reading.kind === 'parse-error') return reading
  const inside = attributes['resourceURL']
  const beside = folder['resourceURL']
  const urlPlace = typeof inside === 'string' ? 'attributes' : typeof beside === 'string' ? 'folder' : null
  return {
    kind: 'folder',
    parentFolder: textOrNull(folder['parentFolder']),
    resourceURL: textOrNull(urlPlace === 'folder' ? beside : inside),
    urlPlace,
    values: reading.values,
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
