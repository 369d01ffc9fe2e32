import { PROTOCOLS, type Protocol } from '#protocol/requirements.ts'
import { table } from '#report/markdown-text.ts'
import type { KnownFault } from '../../src/cli/fault-selection.ts'
import { OPERATIONS } from './asked-operations.ts'
import type { BlindSpot } from './kinds-file.ts'
import { tried } from './tried.ts'

const TITLES: Readonly<Record<Protocol, string>> = { relay: 'Relay', mstore: 'mStore' }

/** docs/kinds.md, not yet formatted. */
export function kindsPage(kinds: readonly BlindSpot[], faults: readonly KnownFault[]): string {
  return [
    HEAD,
    table(
      ['kind', 'what a server does'],
      kinds.map(({ kind, sentence }) => [kind, sentence]),
    ),
    READING,
    ...PROTOCOLS.flatMap((protocol) => [
      `## ${TITLES[protocol]}`,
      table(
        ['kind', 'scenarios', 'walks alone', 'nothing yet', 'faults of scenarios', 'of walks'],
        kinds.map((kind) => rowOf(protocol, kind, faults)),
      ),
    ]),
    OPEN,
    table(['kind', 'operations', 'why'], kinds.flatMap(openRows)),
  ].join('\n\n')
}

const HEAD = `# Kinds of blind spot

A suite finds what it looks for. These are ways to be wrong that are easily left out, and for each the operations on which scenarios look
for it, on which [walks](walks.md) alone do, and on which nothing does yet. \`npm run kinds\` writes this page from
\`requirements/kinds.yaml\`, the features, the models and the faults.`

const READING = `Scenarios look for a kind on an operation where one of them at least tries it in one way; there may be others. Walks look for
it where they can draw it. Faults that scenarios find are counted by their requirement, of which some scenarios look for the kind, so
that one may count several times; those that walks alone find are of one kind each.`

const OPEN = `## Left open on purpose

Operations on which no scenario looks for a kind, and why.`

function rowOf(protocol: Protocol, kind: BlindSpot, faults: readonly KnownFault[]): readonly string[] {
  const { scenarios, walks, nothing } = tried(protocol, kind)
  const ids = new Set(kind.scenarios.map(({ id }) => id))
  const own = faults.filter((fault) => fault.protocol === protocol)
  const found = [
    own.filter(({ foundBy, requirement }) => foundBy === 'scenarios' && ids.has(requirement)),
    own.filter((fault) => fault.foundBy === 'walks' && fault.kind === kind.kind),
  ]
  return [
    kind.kind,
    ...[scenarios, walks, nothing].map((names) => namesOf(protocol, names)),
    ...found.map(({ length }) => String(length)),
  ]
}

function namesOf(protocol: Protocol, names: readonly string[]): string {
  return names.length === Object.keys(OPERATIONS[protocol]).length ? 'all' : names.join(', ')
}

function openRows({ kind, open }: BlindSpot): readonly (readonly string[])[] {
  return open.map(({ of, why }) => [
    kind,
    of.map((name) => (name === 'relay' || name === 'mstore' ? `all of ${TITLES[name]}` : name)).join(', '),
    why,
  ])
}
