import { expect, it } from 'vitest'
import { startRelayPair } from '#mocks/relay/pair.ts'
import { workplace } from '../cli/touchstone.ts'
import { verifyDeployment } from './deployment.ts'

const CODE = '424242'

/** What lists all that was sent, and not only a code, is needed for. */
const ALL_SENT = ['RELAY-CODE-09', 'RELAY-CODE-10', 'RELAY-CODE-12']
const ANOTHER_NODE = ['RELAY-VERIFY-10']
/** Their one scenario shows the code sent to one number to another. */
const ANOTHER_CODE = ['RELAY-VERIFY-12']
/** What binds the client, and what no scenario can see. */
const NOT_ASKED = ['RELAY-VERIFY-07', 'RELAY-VERIFY-28', 'RELAY-VERIFY-29', 'RELAY-VERIFY-30']

it('a relay that sends every number one code is verified by that code, and skips what needs two', async () => {
  const place = workplace()
  const pair = await startRelayPair({ seed: '1', rulebook: { codes: { draw: () => CODE } } })
  try {
    const plane = { control: pair.relay.control }
    const { exitCode, stdout, skips, verdicts } = await verifyDeployment(
      place,
      {
        protocol: 'relay',
        url: pair.relay.url,
        capabilities: { verificationCode: { fixed: CODE }, pushes: plane, devices: plane, limits: plane },
      },
      ...['--only', 'RELAY-CODE', '--only', 'RELAY-VERIFY'],
    )
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('✓ CONFORMANT in ')])
    const asked = [...verdicts].filter(([id]) => /^RELAY-(CODE|VERIFY)-/.test(id))
    const open = asked.filter(([, verdict]) => verdict !== 'verified').map(([id]) => id)
    expect(open.toSorted()).toEqual([...ALL_SENT, ...ANOTHER_NODE, ...ANOTHER_CODE, ...NOT_ASKED].toSorted())
    expect(skips.toSorted()).toEqual([
      'a code for each number: Alice and Bob were sent the same one',
      expect.stringMatching(/^capabilities\.federation: /),
      'capabilities.verificationCode: { file: codes.ndjson }, or { control: http://127.0.0.1:PORT }',
    ])
  } finally {
    await pair.close()
    place.remove()
  }
})
