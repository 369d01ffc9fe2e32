import { expect, it } from 'vitest'
import type { WireRequest } from '#driver/wire-request.ts'
import { Check } from './check.ts'
import { EvidenceRecorder } from './evidence-recorder.ts'
import { seededRandomness } from './randomness.ts'
import { ScenarioSession, type Turn } from './session.ts'

class OpenSession extends ScenarioSession<Turn> {
  override answered(...asked: Parameters<ScenarioSession<Turn>['answered']>) {
    return super.answered(...asked)
  }
}

it('says of a request on the way that it was an ordinary one, whose success alone counts', () => {
  const recorder = new EvidenceRecorder()
  recorder.begin()
  const check = new Check(recorder, 'RELAY-CODE-01', (text) => text)
  const session = new OpenSession({ check, random: seededRandomness('1') })
  const request = { operation: 'GET /code' } as WireRequest
  const observed = { status: 500, text: '500', answer: null, exchange: 'x' }
  const success = { text: '200 or 204', allows: () => false }
  expect(() => session.answered({ request, observed }, success, 'RELAY-CODE-01')).toThrow(
    'status of GET /code (an ordinary request, of which any success will do): expected 200 or 204, got 500',
  )
})
