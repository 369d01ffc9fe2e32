import { codeDigits, type DeliveredCode } from '#driver/capabilities/verification-codes.ts'
import { requestCode } from '#driver/relay/operations.ts'
import type { OperationRequest } from './operation.ts'
import type { Party } from './party.ts'
import { isOk, type RelaySession } from './session.ts'

/** The request for a code for the party's number; one that is granted counts. */
export function codeRequest({ home }: RelaySession, party: Party, transport: string): OperationRequest {
  party.codeFrom = { node: home, transport }
  return {
    request: requestCode(transport, party.number),
    remember: (observed) => {
      if (isOk(observed)) party.codesGranted += 1
    },
  }
}

/** Every code that was sent to the party. */
export function codesSent({ node, number }: Party): Promise<readonly DeliveredCode[]> {
  return node.capabilities.verificationCodes.sent(number)
}

/** Asserts that the party was sent one code, of decimal digits, over that transport. */
export async function assertDigits(session: RelaySession, party: Party, transport: string): Promise<void> {
  const codes = await codesSent(party)
  const { check } = session
  check.count(`codes sent to ${party.name}`, 1, codes.length)
  check.equal('transport of the code', transport, codes.map((code) => code.transport).join(', '))
  const got = codes.every(({ code }) => codeDigits(code) !== null) ? 'decimal digits' : 'other characters'
  check.equal('code', 'decimal digits', got)
}
