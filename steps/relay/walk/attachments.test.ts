import { expect, it } from 'vitest'
import { MissingCapability } from '#driver/capabilities/failures.ts'
import { upload } from './attachments.ts'
import { bytesKey } from './bytes-key.ts'
import { Names } from './names.ts'
import type { RelayWalk } from './walk.ts'

const ASK = {
  party: 'Alice',
  operation: 'upload to an attachment',
  values: { attachment: 'attachment 1 of Alice' },
}

/** A walk with one place, of which asking ends so. */
function walkAsking(error: Error): RelayWalk {
  return {
    session: { random: (bytes: number) => new Uint8Array(bytes) },
    blobs: new Names<Uint8Array>(bytesKey),
    places: new Map([['attachment 1 of Alice', { id: '1', location: 'http://blobs.example/1' }]]),
    party: () => ({}),
    ask: () => Promise.reject(error),
  } as unknown as RelayWalk
}

it('leaves out what the target file does not allow to be asked', async () => {
  expect(await upload(walkAsking(new MissingCapability('blobStore')), ASK)).toMatchObject({ isLeftOut: true })
  await expect(upload(walkAsking(new Error('other')), ASK)).rejects.toThrow('other')
})
