import type { RecordedAnswer } from './journal-entry.ts'
import { numbersIn } from './named-numbers.ts'
import { networkFaultNote, type NetworkFault, type NetworkFaults } from './network-faults.ts'
import { targetOf, type RoutedRequest } from './router.ts'
import { note } from './wire-tap.ts'

/** The fault of the network that the answer to a request meets, if any; it is noted in the journal. */
export function faultMet(
  request: RoutedRequest,
  { operation }: Pick<RecordedAnswer['outcome'], 'operation'>,
  network: NetworkFaults | undefined,
): NetworkFault | null {
  const fault = network?.take({
    operation,
    numbers: () => numbersIn(targetOf(request), request.headers.authorization ?? ''),
  })
  if (fault === undefined || fault === null) return null
  note(request, [networkFaultNote(fault)])
  return fault
}
