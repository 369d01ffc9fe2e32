import { createHash } from 'node:crypto'

/** A place for one attachment. The id is decimal, and too long for a number (E-40). */
export interface Attachment {
  readonly id: string
  /** The last part of the path under which its blob is uploaded and downloaded; it cannot be guessed. */
  readonly key: string
  /** The number that asked for it. */
  readonly owner: string
}

/** The attachments of a relay, as the rules see them: to read, never to write. */
export interface Blobs {
  readonly latest: Attachment | undefined
  byId(id: string): Attachment | undefined
  byKey(key: string): Attachment | undefined
  /** The bytes uploaded last; undefined where nothing was. */
  bytes(key: string): Uint8Array | undefined
}

/** How much is kept; the oldest gives way. */
export interface BlobBounds {
  readonly attachments: number
  /** Of all blobs, each counted once. */
  readonly bytes: number
}

const BOUNDS: BlobBounds = { attachments: 50_000, bytes: 64 * 1024 * 1024 }

interface BlobContent {
  readonly bytes: Uint8Array
  readonly keys: Set<string>
}

/** Attachments and their blobs; equal blobs are kept once. Each change takes the same time at any size. */
export class BlobStore implements Blobs {
  readonly #bounds: BlobBounds
  readonly #byId = new Map<string, Attachment>()
  readonly #byKey = new Map<string, Attachment>()
  /** Which content a key has, by hash; the key uploaded to longest ago comes first. */
  readonly #hashes = new Map<string, string>()
  readonly #contents = new Map<string, BlobContent>()
  #bytes = 0
  latest: Attachment | undefined

  constructor(bounds: BlobBounds = BOUNDS) {
    this.#bounds = bounds
  }

  byId(id: string): Attachment | undefined {
    return this.#byId.get(id)
  }

  byKey(key: string): Attachment | undefined {
    return this.#byKey.get(key)
  }

  bytes(key: string): Uint8Array | undefined {
    return this.#contents.get(this.#hashes.get(key) ?? '')?.bytes
  }

  /** Makes a place for an attachment. */
  allocate(attachment: Attachment): void {
    this.#byId.set(attachment.id, attachment)
    this.#byKey.set(attachment.key, attachment)
    this.latest = attachment
    if (this.#byId.size > this.#bounds.attachments) this.#dropOldestAttachment()
  }

  /** Keeps the bytes under a key, in place of what was there. */
  put(key: string, bytes: Uint8Array): void {
    this.#release(key)
    const hash = createHash('sha256').update(bytes).digest('base64')
    this.#hashes.set(key, hash)
    const known = this.#contents.get(hash)
    if (known === undefined) this.#bytes += bytes.length
    this.#contents.set(hash, known ?? { bytes, keys: new Set() })
    this.#contents.get(hash)?.keys.add(key)
    for (const oldest of this.#hashes.keys()) {
      if (this.#bytes <= this.#bounds.bytes || oldest === key) return
      this.#release(oldest)
    }
  }

  clear(): void {
    this.#byId.clear()
    this.#byKey.clear()
    this.#hashes.clear()
    this.#contents.clear()
    this.#bytes = 0
    this.latest = undefined
  }

  #release(key: string): void {
    const hash = this.#hashes.get(key) ?? ''
    const content = this.#contents.get(hash)
    this.#hashes.delete(key)
    content?.keys.delete(key)
    if (content?.keys.size !== 0) return
    this.#contents.delete(hash)
    this.#bytes -= content.bytes.length
  }

  #dropOldestAttachment(): void {
    for (const { id, key } of this.#byId.values()) {
      this.#byId.delete(id)
      this.#byKey.delete(key)
      this.#release(key)
      return
    }
  }
}
