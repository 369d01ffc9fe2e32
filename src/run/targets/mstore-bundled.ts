import { mergeTarget } from '#driver/merge-target.ts'
import { CONTROL_CAPABILITIES, MOCK_TIMEOUTS } from '#driver/target-defaults.ts'
import type { MStoreTarget } from '#driver/target.ts'
import { answerMistakes } from '#mocks/mstore/answer-check.ts'
import type { MStoreHandled } from '#mocks/mstore/mstore.ts'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import type { Launch, RunningTarget } from './format.ts'

/**
 * Starts the bundled mStore mock on free ports of the loopback interface, with TLS unless the target's URL is one without.
 * Its control plane supplies every capability; its authority becomes the one that is trusted.
 */
export async function startBundledMStore({
  target,
  differs,
  seed,
  onError,
}: Launch<MStoreTarget>): Promise<RunningTarget<MStoreTarget>> {
  const { dialect } = target
  const onAnswer = (handled: MStoreHandled): void => {
    for (const line of answerMistakes(handled)) onError(new Error(line))
  }
  const plain = target.url.startsWith('http:')
  const options = { seed, dialect, ...differs, plain, onError, onAnswer }
  const { url, control, ca, close } = await startMStoreMock(options)
  const running = {
    url,
    capabilities: CONTROL_CAPABILITIES.mstore(control),
    timeouts: MOCK_TIMEOUTS.mstore,
    tls: { ca },
  }
  return { target: mergeTarget(target, [running]), close }
}
