import { nafName } from '#driver/mstore/naf.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { BOOTSTRAPPING_PREFIX } from '#protocol/gba/identity.ts'
import { parseChallenge } from '#protocol/mstore/digest-challenge.ts'
import { printable } from '#evidence/printable.ts'
import { check, type DoctorCheck } from './check.ts'
import type { MStoreFacts } from './mstore-facts.ts'

/** Whether keys are derived for the name that the mStore gives itself in its realm. */
export const NAF_CHECK: DoctorCheck<MStoreTarget, MStoreFacts> = check<
  MStoreTarget,
  MStoreFacts,
  'another' | 'no-realm'
>({
  name: 'NAF name',
  needs: ['base path'],
  risks: [],
  run: (target, { answer }) => {
    const challenge = parseChallenge(answer?.header('WWW-Authenticate') ?? '')
    const realm = challenge.kind === 'challenge' ? challenge.realm : ''
    const place = realm.indexOf(BOOTSTRAPPING_PREFIX)
    if (place < 0)
      return Promise.resolve({
        kind: 'wrong',
        code: 'no-realm',
        got: `realm "${printable(realm)}"`,
        mended: target,
      })
    const [naf = ''] = printable(realm.slice(place + BOOTSTRAPPING_PREFIX.length)).split(';')
    const own = nafName(target)
    if (naf.toLowerCase() === own.toLowerCase()) return Promise.resolve({ kind: 'well', said: naf })
    const got = `the realm names ${naf}, the file ${own}`
    return Promise.resolve({ kind: 'wrong', code: 'another', got, value: naf, mended: { ...target, naf } })
  },
  advice: {
    another: { blame: 'file', at: ['naf'], todo: (naf) => `write  naf: ${naf}` },
    'no-realm': {
      blame: 'target',
      at: null,
      todo: () => `let its realm begin with ${BOOTSTRAPPING_PREFIX}; a run reports it as violated`,
    },
  },
})
