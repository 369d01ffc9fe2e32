import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where a rival finds its files, and the port it is to take. */
export interface RivalPlace {
  readonly folder: string
  readonly port: string
}

/** Another mock server, from npm. None is a dependency. */
export interface Rival {
  readonly name: string
  readonly package: string
  readonly args: (place: RivalPlace) => readonly string[]
}

/** Each is configured to serve what `api.ts` describes, on loopback, and otherwise runs with its defaults. */
export const RIVALS: readonly Rival[] = [
  {
    name: 'Mockoon',
    package: '@mockoon/cli',
    args: ({ folder, port }) => {
      const data = join(folder, 'openapi.json')
      return ['start', '--disable-log-to-file', '--data', data, '--hostname', '127.0.0.1', '--port', port]
    },
  },
  {
    name: 'Prism',
    package: '@stoplight/prism-cli',
    args: ({ folder, port }) => ['mock', '--host', '127.0.0.1', '--port', port, join(folder, 'openapi.json')],
  },
  {
    name: 'WireMock',
    package: 'wiremock',
    args: ({ folder, port }) => [
      ...['--bind-address', '127.0.0.1', '--port', port, '--root-dir', folder],
      // Bodies have their length, as those of all others; the journal is as long as ours.
      ...['--use-chunked-encoding', 'never', '--max-request-journal-entries', '10000'],
    ],
  },
]

/** The script that starts a rival; null where it is not installed. */
export function scriptOf(rival: Rival): string | null {
  const manifest = manifestOf(rival.package)
  if (manifest === null) return null
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> }
  const script = typeof bin === 'string' ? bin : Object.values(bin)[0]
  return script === undefined ? null : join(dirname(manifest), script)
}

function manifestOf(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(`${name}/package.json`)
  } catch {
    return null
  }
}
