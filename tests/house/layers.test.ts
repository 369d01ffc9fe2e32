import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '#protocol/package-root.ts'

/** A layer, the layers it may import by name, and modules it must not import. The first that fits a file holds. */
interface Layer {
  readonly files: RegExp
  readonly names: readonly string[]
  readonly never?: RegExp
}

const IO = /^node:(http|https|http2|net|tls|dgram|dns|child_process|fs|os|process|timers|worker_threads)/
const NETWORK = /^node:(http|https|http2|net|tls|dgram|dns)/

const LAYERS: readonly Layer[] = [
  { files: /^src\/protocol\/package-root\.ts$/, names: [] },
  { files: /^src\/protocol\//, names: [], never: IO },
  { files: /^src\/evidence\//, names: ['protocol'], never: IO },
  { files: /^src\/model\//, names: ['protocol'], never: IO },
  { files: /^src\/explore\//, names: ['protocol', 'evidence', 'model'], never: NETWORK },
  { files: /^src\/driver\//, names: ['protocol', 'evidence'] },
  { files: /^src\/verdict\//, names: ['protocol', 'evidence'], never: NETWORK },
  { files: /^src\/report\//, names: ['protocol', 'evidence', 'verdict'], never: NETWORK },
  { files: /^mocks\/engine\//, names: ['protocol'], never: IO },
  {
    files: /^mocks\/relay\/(app|assemble|control|control-data|control-owner|mount|start)\.ts$/,
    names: ['protocol', 'evidence', 'mocks/engine', 'mocks/edge'],
  },
  {
    files: /^mocks\/relay\//,
    names: ['protocol', 'mocks/engine'],
    never: /^(node:(http|https|net|tls|fs|child_process)|express)/,
  },
  {
    files: /^mocks\/mstore\/(assemble|control|control-.*|listener|start)\.ts$/,
    names: ['protocol', 'evidence', 'mocks/engine', 'mocks/edge', 'mocks/bsf'],
  },
  {
    files: /^mocks\/mstore\//,
    names: ['protocol', 'mocks/engine', 'mocks/bsf'],
    never: /^(node:(http|https|net|tls|fs|child_process)|express)/,
  },
  {
    files: /^mocks\/bsf\/listener\.ts$/,
    names: ['protocol', 'evidence', 'mocks/engine', 'mocks/edge'],
  },
  { files: /^mocks\/bsf\//, names: ['protocol', 'mocks/engine'], never: IO },
  { files: /^mocks\//, names: ['protocol', 'evidence', 'mocks/engine', 'mocks/edge'] },
  { files: /^steps\//, names: ['driver', 'protocol', 'evidence', 'model', 'explore'] },
  {
    files: /^src\/(run|cli)\//,
    names: [
      'protocol',
      'evidence',
      'driver',
      'model',
      'explore',
      'verdict',
      'report',
      'run',
      'steps',
      'mocks',
    ],
  },
]

/** Why an import must not be; null where it may. */
function breach(file: string, specifier: string): string | null {
  const layer = LAYERS.find(({ files }) => files.test(file))
  if (layer === undefined) return `${file} belongs to no layer`
  if (layer.never?.test(specifier) === true) return `${file} imports ${specifier}`
  if (specifier.startsWith('#')) {
    const allowed = layer.names.some((name) => specifier.startsWith(`#${name}/`))
    return allowed ? null : `${file} imports ${specifier}`
  }
  const depth = Math.max(0, file.split('/').length - (/^(src|mocks)\//.test(file) ? 3 : 2))
  const climbs = specifier.split('/').filter((part) => part === '..').length
  return climbs > depth ? `${file} leaves its layer by the path ${specifier}` : null
}

function sources(): readonly string[] {
  return ['src', 'mocks', 'steps'].flatMap((folder) =>
    readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name}`)
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name)),
  )
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(PACKAGE_ROOT, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier = '']) => specifier)
}

describe('layers', () => {
  it('import only what the table of CONTRIBUTING.md allows', () => {
    const breaches = sources().flatMap((file) => importsOf(file).flatMap((name) => breach(file, name) ?? []))
    expect(breaches).toEqual([])
    expect(sources().length).toBeGreaterThan(100)
  })

  it.each([
    ['src/driver/probe.ts', '#mocks/relay/start.ts'],
    ['src/protocol/bytes.ts', 'node:fs'],
    ['src/protocol/bytes.ts', '#driver/probe.ts'],
    ['src/verdict/judge.ts', 'node:http'],
    ['src/report/junit.ts', '#driver/target.ts'],
    ['mocks/relay/messages.ts', 'express'],
    ['mocks/relay/messages.ts', '#mocks/edge/send.ts'],
    ['mocks/mstore/flags.ts', '#mocks/edge/send.ts'],
    ['mocks/bsf/bsf.ts', '#mocks/mstore/state.ts'],
    ['mocks/engine/patch.ts', '#mocks/relay/state.ts'],
    ['steps/relay/messages.ts', '#run/run.ts'],
    ['steps/relay/messages.ts', '../../src/driver/probe.ts'],
    ['src/driver/relay/operations.ts', '../../protocol/bytes.ts'],
  ])('refuse %s importing %s', (file, specifier) => {
    expect(breach(file, specifier)).not.toBeNull()
  })

  it('touch process in main.ts, and where process groups are ended', () => {
    const touching = sources().filter((file) => /(?<![.\w'-])process\.(?!stdout\b.*type)/.test(code(file)))
    expect(touching).toEqual(['src/cli/main.ts', 'src/driver/capabilities/process-group.ts'])
  })
})

/** The file without comments and strings. */
function code(file: string): string {
  const text = readFileSync(join(PACKAGE_ROOT, file), 'utf8')
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm, '')
}
