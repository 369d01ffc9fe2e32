import type { MStoreAction } from './actions.ts'
import { operationNamed } from './operations.ts'

/**
 * Two requests of one party at once, `OPERATION, and at once OPERATION`; undefined for any other name. The request that
 * is judged is the one that was answered last.
 */
export function actionAtOnce(name: string): MStoreAction | undefined {
  const [, one, other] = /^(.+), and at once (.+)$/.exec(name) ?? []
  if (one === undefined || other === undefined) return undefined
  return async (session, mailbox) => {
    const requests = [one, other].map((each) => operationNamed(each).request(session, mailbox))
    await Promise.all(requests.map((request) => session.act(request, mailbox)))
  }
}
