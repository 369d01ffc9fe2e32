import { answerFaults } from '#mocks/mstore/answer-check.ts'
import type { MStoreHandled } from '#mocks/mstore/mstore.ts'
import { startMStoreMock } from '#mocks/mstore/start.ts'
import type { BundledMock, Launch } from '../bundled.ts'
import { mStoreControlCapabilities } from '../control-capabilities.ts'
import type { MStoreSettings } from '../target-settings.ts'

/** The gateway of the mock gives up within milliseconds; how long a run waits for that on a busy machine. */
const GATEWAY_TIMEOUT_MS = 5000

/**
 * Starts the bundled mStore mock on free ports of the loopback interface, with TLS. Its control plane supplies
 * every capability; its authority becomes the one that is trusted.
 */
export async function startBundledMStore({
  settings,
  faults,
  seed,
  onError,
}: Launch<MStoreSettings>): Promise<BundledMock> {
  const { dialect, timeouts, tls } = settings
  const onAnswer = (handled: MStoreHandled): void => {
    for (const line of answerFaults(handled)) onError(new Error(line))
  }
  const mock = await startMStoreMock({ seed, dialect, faults, onError, onAnswer })
  return {
    target: {
      ...settings,
      url: mock.url,
      capabilities: mStoreControlCapabilities(mock.control),
      timeouts: { ...timeouts, gatewayMs: GATEWAY_TIMEOUT_MS },
      tls: { ...tls, ca: mock.ca },
    },
    close: mock.close,
  }
}
