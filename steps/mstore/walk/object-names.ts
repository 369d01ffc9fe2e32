import { BEFOREHAND } from '#model/mstore/naming.ts'
import { percentNormal } from '#protocol/percent.ts'
import { FOLDERS, type FolderName } from '#protocol/mstore/folders.ts'

/** What an answer shows of an object by which it may be known. */
export interface Marks {
  readonly path: string
  readonly messageId: string | null
  readonly subject: string | null
}

/** Numbers from here on are those of objects that were never there. */
const FIRST_UNUSED = 990_000_000

/** The path of an object that was never there, the n-th of them, in the form that a public sample shows (E-41). */
export function unusedPath(folder: FolderName, nth: number): string {
  return `${FOLDERS[folder].id}%3A${FIRST_UNUSED + nth}`
}

/** The names of the objects of one mailbox, with the paths that they are at and the `Message-Id` that they have. */
export class ObjectNames {
  readonly #paths = new Map<string, string>()
  readonly #names = new Map<string, string>()
  readonly #ids = new Map<string, string>()
  readonly #declared = new Set<string>()
  readonly #refused = new Set<string>()
  readonly #left = new Set<string>()
  readonly #hrefs = new Map<string, string>()
  #unused = 0
  readonly #keepsOthers: boolean

  /** `keepsOthers` where the mailbox outlives the walk: objects that it has no name for are named by their paths. */
  constructor(keepsOthers: boolean) {
    this.#keepsOthers = keepsOthers
  }

  /** Something is about to be put there under that name, with that `Message-Id` where it is known. */
  declare(name: string, messageId: string | null): void {
    this.#declared.add(name)
    if (messageId !== null) this.#ids.set(messageId, name)
  }

  /** What was declared was refused: it is nowhere. */
  refuse(name: string): void {
    this.#refused.add(name)
  }

  /** An object was to be deleted: its path may be given to another one. */
  leave(name: string): void {
    this.#left.add(name)
  }

  /** Whether what is at the path of an object may be another one by now. */
  mayBeAnother(name: string): boolean {
    return this.#left.has(name) && this.hasUnplaced
  }

  /** It is known where an object is. */
  place(name: string, path: string): void {
    const former = this.#names.get(percentNormal(path))
    if (former !== undefined && former !== name) this.#forget(former)
    this.#names.set(percentNormal(path), name)
    this.#paths.set(name, path)
  }

  /**
   * The name of an object that is shown, known by its `Message-Id` or its subject where it is shown for the first time,
   * else by its path. Null where it has none.
   */
  nameOf({ path, messageId, subject }: Marks): string | null {
    const declared = this.#unplaced(this.#ids.get(messageId ?? '') ?? subject ?? undefined)
    const place = percentNormal(path)
    if (declared !== null) this.place(declared, path)
    if (this.#keepsOthers && !this.#names.has(place)) this.place(`${BEFOREHAND}${path}`, path)
    const name = this.#names.get(place) ?? null
    this.#left.delete(name ?? '')
    if (name !== null && messageId !== null && !this.#ids.has(messageId)) this.#ids.set(messageId, name)
    return name
  }

  /** A `Message-Id` by the name of the object that was given it. */
  idText(messageId: string): string {
    const name = this.#ids.get(messageId)
    return name === undefined ? messageId : `id of ${name}`
  }

  /** Where an object is; null where that is not known. */
  pathOf(name: string): string | null {
    return this.#paths.get(name) ?? null
  }

  /** Where objects were shown, or put, in the spelling in which paths are compared (E-39). */
  get paths(): readonly string[] {
    return [...this.#names.keys()]
  }

  /** Whether something was put there of which it is not known where it is. */
  get hasUnplaced(): boolean {
    return [...this.#declared].some((name) => !this.#paths.has(name) && !this.#refused.has(name))
  }

  /** Where the audio of an object is, as an answer said. */
  setHref(name: string, href: string): void {
    this.#hrefs.set(name, href)
  }

  hrefOf(name: string): string | null {
    return this.#hrefs.get(name) ?? null
  }

  /** A path that nothing is at. */
  never(folder: FolderName): string {
    this.#unused += 1
    return unusedPath(folder, this.#unused)
  }

  /** Where an object was there is another one. */
  #forget(name: string): void {
    this.#paths.set(name, this.never('voicemails'))
    this.#hrefs.delete(name)
  }

  #unplaced(name: string | undefined): string | null {
    return name !== undefined && this.#declared.has(name) && !this.#paths.has(name) ? name : null
  }
}
