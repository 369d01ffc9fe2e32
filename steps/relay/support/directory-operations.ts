import { encodeBase64 } from '#protocol/base64.ts'
import { directoryToken } from '#protocol/relay/tokens.ts'
import { basic, queryDirectory } from '#driver/relay/operations.ts'
import { withBody, withHeader } from '#driver/wire-request.ts'
import { plain, type NamedOperation } from './operation.ts'
import type { Party } from './party.ts'
import { credentials, register } from './registration.ts'
import type { RelaySession } from './session.ts'

const CUT_SHORT = '{"cut":['
const TOKEN_BYTES = 10
const RIGHT_CREDENTIALS = 'RELAY-AUTH-01'

const prepare = (session: RelaySession, party: Party) => register(session, party)
const query = (_: RelaySession, party: Party) =>
  queryDirectory(credentials(party), [directoryToken(party.number)])

/** Operations on the directory. */
export const DIRECTORY_OPERATIONS: Readonly<Record<string, NamedOperation>> = {
  'query the directory': plain(query, { prepare }),
  'query the directory for a bad token': plain(
    (_, party) => queryDirectory(credentials(party), ['!!!!!!!!!!!!!!']),
    { prepare },
  ),
  'query the directory in malformed JSON': plain(
    (session, party) => withBody(query(session, party), CUT_SHORT),
    { prepare },
  ),
  'query the directory from the second device': plain(
    (session, party) => withHeader(query(session, party), 'Authorization', basic(credentials(party, 2))),
    {
      async control(session, party) {
        const request = withHeader(query(session, party), 'Authorization', basic(credentials(party, 2)))
        await session.succeed(request, { requirement: RIGHT_CREDENTIALS })
      },
    },
  ),
  'look up more tokens than the limit allows': plain(async ({ home }, party) => {
    const { burst } = await home.capabilities.limits.limit('contacts')
    home.pace.exceed('contacts', party.number)
    return queryDirectory(
      credentials(party),
      Array.from({ length: burst + 1 }, (_, index) => numbered(index)),
    )
  }),
}

const LOOK_UP = /^look up (\w+)$/

/** `look up Bob`. */
export function directoryOperation(name: string): NamedOperation | null {
  const contact = LOOK_UP.exec(name)?.[1]
  if (contact === undefined) return null
  return plain((session, party) =>
    queryDirectory(credentials(party), [directoryToken(session.party(contact).number)]),
  )
}

/** A token of no known number: the index in its last bytes. */
function numbered(index: number): string {
  const bytes = new Uint8Array(TOKEN_BYTES)
  new DataView(bytes.buffer).setUint32(TOKEN_BYTES - 4, index)
  return encodeBase64(bytes, { padded: false })
}
