import { randomBytes } from 'node:crypto'
import { sharedPace } from '#driver/shared-pace.ts'
import type { Target } from '#driver/target.ts'
import { preflight } from '../targets/preflight.ts'
import { check, type DoctorCheck } from './check.ts'

/** Whether the server refuses anything: the same check as before a run. */
export function refusalsCheck<Whole extends Target, Facts>(): DoctorCheck<Whole, Facts> {
  return check<Whole, Facts, 'none'>({
    name: 'refusals',
    needs: ['base path'],
    risks: [],
    run: async (target) => {
      const nonce = randomBytes(8).toString('hex')
      const objection = await preflight(target, { nonce, now: Date.now, pace: sharedPace(target) })
      return objection === null
        ? { kind: 'well', said: 'requests without valid credentials are refused' }
        : { kind: 'wrong', code: 'none', got: objection.replace(`${target.url}: `, '') }
    },
    advice: {
      none: {
        blame: 'target',
        at: null,
        todo: () => 'point the URL at the server itself, not at a stub or a gateway that accepts everything',
      },
    },
  })
}
