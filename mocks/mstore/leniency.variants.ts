import { GREETING_ON, KEPT } from '#protocol/mstore/flags.ts'
import { GREETING_TYPES } from '#protocol/mstore/object-attributes.ts'
import { NEW_PIN, OLD_PIN } from '#protocol/mstore/profile.ts'
import { documented } from './rulebook.ts'
import { variant, type MStoreVariant } from './variant.ts'

const { flags, profile, uploads } = documented

const ONLY_AT_THE_ENDPOINT = '"can only be changed with the object flag endpoint"'

/** Servers that take, refuse or ignore what the specification leaves to them. */
export const LENIENCY_VARIANTS: readonly MStoreVariant[] = [
  variant({
    id: 'MSTORE-UPLOAD-43/refuses-the-flag',
    summary: 'an upload with $CNS-Greeting-On or $MarkNotToDelete is refused',
    open: ONLY_AT_THE_ENDPOINT,
    scenarios: ['MSTORE-UPLOAD-42', 'MSTORE-UPLOAD-43', 'MSTORE-UPLOAD-46'],
    patch: {
      uploads: {
        objection: (fields) =>
          fields.flags.some((flag) => flag === GREETING_ON || flag === KEPT)
            ? 'flags: expected those that an upload can set, got another'
            : uploads.objection(fields),
      },
    },
  }),
  variant({
    id: 'MSTORE-UPLOAD-43/ignores-the-flag',
    summary: 'an upload with $CNS-Greeting-On is an inactive greeting',
    open: ONLY_AT_THE_ENDPOINT,
    scenarios: ['MSTORE-UPLOAD-14', 'MSTORE-UPLOAD-43'],
    patch: {
      uploads: { flags: (given, folder) => ({ ...uploads.flags(given, folder), greetingOn: false }) },
    },
    alone: true,
  }),
  variant({
    id: 'MSTORE-UPLOAD-13/refuses-other-types',
    summary: 'an upload with another x-cns-greeting-type than the two is refused',
    open: '"See GSMA TS.46", which names the types',
    patch: {
      uploads: {
        objection: (fields) => {
          const type = fields.attributes.get('x-cns-greeting-type') ?? GREETING_TYPES.normal
          return Object.values<string>(GREETING_TYPES).includes(type)
            ? uploads.objection(fields)
            : 'x-cns-greeting-type: expected one of GSMA TS.46, got another'
        },
      },
    },
    alone: true,
  }),
  variant({
    id: 'MSTORE-FLAG-21/clears-what-voicemails-do-not-have',
    summary: 'clearing $CNS-Greeting-On of a voicemail succeeds and changes nothing',
    open: '"This endpoint is idempotent": a voicemail is without the flag already',
    patch: { flags: { applies: (object, change) => !change.on || flags.applies(object, change) } },
    alone: true,
  }),
  variant({
    id: 'MSTORE-PROFILE-17/refuses-to-write-nothing',
    summary: 'a PUT without an attribute is refused',
    open: 'the specification does not say what a PUT of nothing is answered',
    patch: {
      profile: {
        misfit: (sent) =>
          sent.size === 0 ? 'attributes: expected one or more, got none' : profile.misfit(sent),
      },
    },
    alone: true,
  }),
  variant({
    id: 'MSTORE-PIN-18/takes-further-attributes',
    summary: 'a PIN is changed although other attributes, which are ignored, are sent with the two',
    open: '"only the OLD_PWD and PWD attributes should be sent" binds the client',
    patch: {
      pin: {
        pair: (sent) => {
          const [oldPin, newPin] = [sent.get(OLD_PIN), sent.get(NEW_PIN)]
          return oldPin === undefined || newPin === undefined ? null : { oldPin, newPin }
        },
      },
    },
    alone: true,
  }),
]
