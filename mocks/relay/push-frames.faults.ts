import { createCipheriv, createHash } from 'node:crypto'
import { concat, utf8 } from '#protocol/bytes.ts'
import { firstAnswers } from '#mocks/engine/first-answer.ts'
import { wholeKey, type Sealing } from './pushes.ts'
import { decodeBase64 } from '#protocol/base64.ts'
import { documented } from './rulebook.ts'
import { deployedFault, fault, type RelayFault } from './fault.ts'

const { pushes } = documented
const keyOf = firstAnswers<Uint8Array | null>()

/** Faults in sealing a push: layout, cipher, MAC and keys. */
export const FRAME_FAULTS: readonly RelayFault[] = [
  fault('RELAY-PUSH-04/puts-the-mac-first', 'the MAC stands before the ciphertext', {
    pushes: { frame: ['version', 'iv', 'mac', 'ciphertext'] },
  }),
  fault('RELAY-PUSH-04/puts-the-iv-last', 'the IV stands after the ciphertext', {
    pushes: {
      frame: ['version', 'ciphertext', 'iv', 'mac'],
      macCovers: ['version', 'ciphertext', 'iv'],
    },
  }),
  fault('RELAY-PUSH-04/sends-a-mac-of-20-bytes', 'the MAC is not cut', { pushes: { macBytes: 20 } }),
  fault('RELAY-PUSH-04/sends-a-mac-of-8-bytes', 'the MAC is cut to 8 bytes', { pushes: { macBytes: 8 } }),
  fault('RELAY-PUSH-04/sends-no-mac', 'the frame has no MAC', {
    pushes: { frame: ['version', 'iv', 'ciphertext'] },
  }),
  fault('RELAY-PUSH-04/sends-no-version', 'the frame has no version byte', {
    pushes: { frame: ['iv', 'ciphertext', 'mac'], macCovers: ['iv', 'ciphertext'] },
  }),
  deployedFault('RELAY-PUSH-05/is-version-0', 'the version byte is 0', { pushes: { version: 0 } }),
  deployedFault('RELAY-PUSH-05/is-version-2', 'the version byte is 2', { pushes: { version: 2 } }),
  fault('RELAY-PUSH-06/encrypts-in-ctr-mode', 'the cipher is AES-256-CTR', {
    pushes: { encrypt: (sealing, plaintext) => encrypted('aes-256-ctr', sealing, plaintext) },
  }),
  fault('RELAY-PUSH-06/encrypts-in-ecb-mode', 'the cipher is AES-256-ECB', {
    pushes: {
      encrypt: (sealing, plaintext) =>
        encrypted('aes-256-ecb', { ...sealing, iv: new Uint8Array() }, plaintext),
    },
  }),
  fault('RELAY-PUSH-06/pads-with-zeros', 'the signal is padded with zeros', {
    pushes: { encrypt: (sealing, plaintext) => unpadded(sealing, withZeros(plaintext)) },
  }),
  fault('RELAY-PUSH-06/does-not-pad-whole-blocks', 'a signal of whole blocks is not padded', {
    pushes: {
      encrypt: (sealing, plaintext) =>
        plaintext.length % BLOCK_BYTES === 0
          ? unpadded(sealing, plaintext)
          : pushes.encrypt(sealing, plaintext),
    },
  }),
  fault('RELAY-PUSH-06/hashes-the-key', 'the cipher key is a hash of the one given', {
    pushes: {
      cipherKey: (key) => createHash('sha256').update(pushes.cipherKey(key)).digest(),
    },
  }),
  fault('RELAY-PUSH-07/uses-an-iv-of-zeros', 'the IV is zero', {
    pushes: { iv: () => new Uint8Array(BLOCK_BYTES) },
  }),
  fault('RELAY-PUSH-07/uses-one-iv-for-a-message', 'the devices of a message share an IV', {
    pushes: {
      iv: (_delivery, { state }) => hash(`${state.pushes.size} ${state.pushes.latest?.notification ?? ''}`),
    },
  }),
  fault('RELAY-PUSH-07/uses-one-iv-for-a-device', 'the IV of a device is always the same', {
    pushes: { iv: ({ device }) => hash(device.signalingKey) },
  }),
  fault('RELAY-PUSH-08/sends-anything-as-mac', 'the MAC is no MAC of anything', {
    pushes: { mac: (_algorithm, _key, covered) => createHash('md5').update(covered).digest() },
  }),
  fault('RELAY-PUSH-09/keys-the-mac-with-everything', 'the MAC is keyed with all 52 bytes', {
    pushes: { macKey: (key) => key },
  }),
  fault('RELAY-PUSH-09/keys-the-mac-with-the-cipher-key', 'the MAC is keyed with the cipher key', {
    pushes: { macKey: (key) => pushes.cipherKey(key) },
  }),
  fault('RELAY-PUSH-09/uses-no-key', 'the MAC is a hash without a key', {
    pushes: { mac: (algorithm, _key, covered) => createHash(algorithm).update(covered).digest() },
  }),
  fault('RELAY-PUSH-09/keeps-the-last-bytes', 'the MAC is cut to its last 10 bytes', {
    pushes: {
      mac: (algorithm, key, covered) => pushes.mac(algorithm, key, covered).subarray(-pushes.macBytes),
    },
  }),
  deployedFault('RELAY-PUSH-09/uses-sha1', 'the MAC is HMAC-SHA1', { pushes: { macAlgorithm: 'sha1' } }),
  fault('RELAY-PUSH-10/leaves-the-version-out', 'the MAC does not cover the version', {
    pushes: { macCovers: ['iv', 'ciphertext'] },
  }),
  fault('RELAY-PUSH-10/leaves-the-iv-out', 'the MAC does not cover the IV', {
    pushes: { macCovers: ['version', 'ciphertext'] },
  }),
  fault('RELAY-PUSH-10/covers-the-ciphertext-alone', 'the MAC covers the ciphertext alone', {
    pushes: { macCovers: ['ciphertext'] },
  }),
  fault('RELAY-PUSH-10/covers-the-plaintext', 'the MAC covers the plaintext', {
    pushes: { macCovers: ['plaintext'] },
  }),
  fault('RELAY-PUSH-10/covers-version-iv-and-plaintext', 'the MAC covers the plaintext for the ciphertext', {
    pushes: { macCovers: ['version', 'iv', 'plaintext'] },
  }),
  fault('RELAY-PUSH-18/uses-the-key-of-the-sender', "a push is sealed under the sender's key", {
    pushes: {
      signalingKey: (delivery, scene) => {
        const { number, deviceId } = delivery.sender
        const sender = scene.state.accounts.get(number)?.devices.get(deviceId) ?? delivery.device
        return wholeKey(decodeBase64(sender.signalingKey))
      },
    },
  }),
  fault('RELAY-PUSH-18/uses-the-key-of-the-first-device', 'a push is sealed under the key of device 1', {
    pushes: {
      signalingKey: ({ recipient, device }) =>
        wholeKey(decodeBase64((recipient.devices.get(1) ?? device).signalingKey)),
    },
  }),
  fault('RELAY-PUSH-19/caches-the-key', 'the signaling key of the first push to a device is remembered', {
    pushes: {
      signalingKey: (delivery, scene) =>
        keyOf(`${delivery.recipient.number}.${delivery.device.id}`, () =>
          pushes.signalingKey(delivery, scene),
        ),
    },
  }),
  fault('RELAY-PUSH-19/keeps-the-first-key', 'the signaling key outlives its registration', {
    confirmation: {
      account: (registration, previous) => {
        const { attributes } = registration
        const signalingKey = previous?.devices.get(1)?.signalingKey ?? attributes.signalingKey
        return documented.confirmation.account(
          { ...registration, attributes: { ...attributes, signalingKey } },
          previous,
        )
      },
    },
  }),
]

const BLOCK_BYTES = 16

function encrypted(algorithm: string, { key, iv }: Sealing, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(algorithm, key, iv.length === 0 ? null : iv)
  return concat(cipher.update(plaintext), cipher.final())
}

function unpadded({ key, iv }: Sealing, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return concat(cipher.update(plaintext), cipher.final())
}

function withZeros(plaintext: Uint8Array): Uint8Array {
  return concat(plaintext, new Uint8Array(BLOCK_BYTES - (plaintext.length % BLOCK_BYTES)))
}

function hash(text: string): Uint8Array {
  return createHash('sha256').update(utf8(text)).digest().subarray(0, BLOCK_BYTES)
}
