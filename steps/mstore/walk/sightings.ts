import { instantOf } from '#protocol/mstore/attributes.ts'
import { folderOfId, FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'
import { isObject, membersOf, textsOf } from '#protocol/mstore/members.ts'
import { folderIdOf, isSendable, objectPathOf, parseResourceUrl } from '#protocol/mstore/urls.ts'
import { percentDecode } from '#protocol/percent.ts'
import { FACTS } from '#model/mstore/facts.ts'
import type { SeenObject } from '#model/mstore/seen.ts'
import { looseAttributes, urlOf } from '../support/listing.ts'
import type { ObjectNames } from './object-names.ts'

/** An object of an answer as the model sees it; null for what is no object, or does not say where it can be asked for. */
export function sightOf(item: unknown, names: ObjectNames): SeenObject | null {
  const url = urlOf(item)
  const path = url === null ? null : objectPathOf(url)
  if (!isObject(item) || path === null || !isSendable(path)) return null
  const attributes = looseAttributes(membersOf(item['attributes'])['attribute'])
  const facts = factsOf(item, attributes)
  const [messageId, subject] = [attributes.get('Message-Id') ?? null, attributes.get('subject') ?? null]
  const name = names.nameOf({ path, messageId, subject }) ?? `unknown "${path.slice(-12)}"`
  const { href } = partOf(item)
  if (typeof href === 'string') names.setHref(name, href)
  for (const fact of ['Message-Id', 'correlationId'] as const) {
    const text = facts.get(fact)
    if (text !== undefined) facts.set(fact, names.idText(text))
  }
  return {
    name,
    folder: folderOf(item),
    flags: textsOf(membersOf(item['flags'])['flag']) ?? [],
    facts,
    dateMs: msOf(attributes.get('date') ?? ''),
  }
}

type Members = Readonly<Record<string, unknown>>

function partOf(item: Members): Members {
  const parts: readonly unknown[] = Array.isArray(item['payloadPart']) ? item['payloadPart'] : []
  return membersOf(parts[0])
}

/** The members that the mStore spec names, each in one spelling, whatever the hosts of URLs are. */
function factsOf(item: Members, attributes: ReadonlyMap<string, string>): Map<string, string> {
  const { contentType, size, contentEncoding, contentDisposition, href } = partOf(item)
  const members: readonly (readonly [string, string | null])[] = [
    ...[...attributes].filter(([name]) => name in FACTS),
    ['parentFolder', pathIn(item['parentFolder'])],
    ['flagsURL', pathIn(membersOf(item['flags'])['resourceURL'])],
    ['resourceURL', pathIn(item['resourceURL'])],
    ['path', textIn(item['path'])],
    ['payloadURL', pathIn(item['payloadURL'])],
    ['correlationId', textIn(item['correlationId'])],
    ['contentType', textIn(contentType)?.toLowerCase() ?? null],
    ['size', textIn(size)],
    ['contentEncoding', textIn(contentEncoding)?.toLowerCase() ?? null],
    ['contentDisposition', textIn(contentDisposition)?.replace(/[ "]/g, '') ?? null],
    ['href', pathIn(href)],
  ]
  return new Map(members.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])))
}

function textIn(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : null
}

function pathIn(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const url = parseResourceUrl(value)
  return url.kind === 'parse-error' ? value : (percentDecode(url.path) ?? url.path)
}

/** The folder that `parentFolder` and `path` name; null where they name none, or two. */
function folderOf({ parentFolder, path }: Members): FolderName | null {
  const byParent =
    typeof parentFolder === 'string' ? folderOfId(folderIdOf(parentFolder) ?? '')?.name : undefined
  const byPath = Object.values(FOLDERS).find(
    (folder) => typeof path === 'string' && path.startsWith(`${folder.path}/`),
  )?.name
  const names = new Set([byParent, byPath].filter((name) => name !== undefined))
  const [name = null] = names
  return names.size === 1 ? name : null
}

function msOf(date: string): number | null {
  const ms = instantOf(date) ?? Date.parse(date)
  return Number.isNaN(ms) ? null : ms
}
