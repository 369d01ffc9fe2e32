import { membersOf } from '#protocol/mstore/members.ts'
import { extendedUrl, simpleUrl } from '#protocol/mstore/urls.ts'
import { documented } from './rulebook.ts'
import { fault, type MStoreFault } from './fault.ts'

const { search } = documented

/** Faults in the URLs that are answered, and in those that bodies may hold. */
export const URL_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-URL-08/answers-simple-urls', 'objects and folders have simple URLs', {
    urls: { resource: ({ origin, path }) => simpleUrl(origin, path) },
  }),
  fault('MSTORE-URL-08/encodes-the-path', 'the path in an extended URL is encoded', {
    urls: {
      resource: ({ host, path }) => {
        const [base = '', inner = ''] = extendedUrl(host, path).split('?path=')
        return `${base}?path=${encodeURIComponent(inner)}`
      },
    },
  }),
  fault('MSTORE-URL-12/answers-extended-urls', 'results of bulk requests have extended URLs', {
    urls: { result: ({ host, path }) => extendedUrl(host, path) },
  }),
  fault(
    'MSTORE-URL-15/names-another-object',
    'resourceURL of an item of a search is that of another object',
    {
      search: {
        item: (object, authorized) => {
          const item = membersOf(search.item(object, authorized))
          return {
            ...item,
            resourceURL: String(item['resourceURL']).replace(/\d+$/, (number) => String(Number(number) + 1)),
          }
        },
      },
    },
  ),
  fault('MSTORE-URL-17/wants-raw-numbers', 'in bodies a number is not to be encoded', {
    urls: { isTaken: (kind, form) => kind === 'simple' && form === 'raw' },
  }),
]
