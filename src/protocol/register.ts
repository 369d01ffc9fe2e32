import { builtData, type BuiltData } from './built-data.ts'
import type { Claim, ClaimName, Claims } from './claims.ts'
import { RegisterText } from './register-text.ts'
import { PROTOCOLS, type Capability, type Dialect, type Protocol, type Risk } from './requirements.ts'
import { schemaValidator } from './schema-validator.ts'

/** An id as the register writes it and a scenario is tagged with it: `RELAY-MESSAGE-07`. */
export type RequirementId = `${'RELAY' | 'MSTORE'}-${Uppercase<string>}-${number}`

/** How binding a requirement is; a violated MAY is a finding and no failure. */
export type Level = 'MUST' | 'SHOULD' | 'MAY'

/** The party that a requirement binds; `bsf` is the bootstrapping server beside an mStore. */
export type Binds = 'server' | 'client' | 'both' | 'bsf'

/** What a requirement rests on; `sample` is what the specification only prints in an example. */
export type Basis = 'page' | 'sample' | 'standard' | 'implementation' | 'inference'

/** A level for each dialect: what the specification leaves to implementations can bind in one alone. */
export type Levels = Readonly<Record<Dialect, Level>>

/** One testable sentence of a protocol. */
export interface Requirement {
  readonly id: RequirementId
  /** The level in the dialect that the register was loaded for. */
  readonly level: Level
  readonly levels: Levels
  readonly binds: Binds
  readonly basis: Basis
  /** Where it is written: titles of the specification's sections, or a standard's clause. */
  readonly section: string
  readonly sentence: string
  /** The words of the specification that it rests on, quoted; null where it rests on no words of it. */
  readonly words: string | null
  /** Whether the exact status is required; otherwise 200 and 204 both count as success. */
  readonly exactStatus: boolean
  /** Capabilities without which a scenario for it cannot run. */
  readonly needs: readonly Capability[]
  /** What a scenario for it does to a live system; never empty. */
  readonly risks: readonly Risk[]
  /** Entries of docs/clarifications.md, in this protocol's part, that concern it. */
  readonly errata: readonly string[]
  /** Test files of this repository that check the suite's own codecs and generators against it. */
  readonly tests: readonly string[]
  /** Why a suite that sees only the server's answers cannot verify it; null where it can. */
  readonly untestable: string | null
}

/** All requirements of one protocol, by id, in the order of the file. */
export interface Register {
  readonly protocol: Protocol
  readonly claims: Claims
  /** Its areas in words, by the name that ids have: `PREKEY` is prekey retrieval. */
  readonly areas: Readonly<Record<string, string>>
  readonly requirements: ReadonlyMap<string, Requirement>
}

/** A register file that cannot be used; the message has one line `file:line: error` for each error. */
export class RegisterError extends Error {
  override readonly name = 'RegisterError'
}

type Optional = 'words' | 'exactStatus' | 'needs' | 'risks' | 'errata' | 'tests' | 'untestable'
type RegisterEntry = Omit<Requirement, Optional | 'level' | 'levels'> &
  Partial<Pick<Requirement, Optional>> & { readonly level: Level | Levels }

/** A register file as it is written: what is false, empty or null in a requirement is left out. */
interface RegisterFile {
  readonly protocol: Protocol
  readonly claims: Readonly<
    Partial<Record<ClaimName, Omit<Claim, 'without'> & Partial<Pick<Claim, 'without'>>>>
  >
  readonly areas: Readonly<Record<string, string>>
  readonly requirements: readonly RegisterEntry[]
}

const registers = new Map<Protocol, Readonly<Record<Dialect, Register>>>()

/**
 * The register of `protocol` that ships with the package, with the levels of `dialect`; read once. Throws as
 * `parseRegister` does.
 */
export function loadRegister(protocol: Protocol, dialect: Dialect = 'documented'): Register {
  const known = registers.get(protocol)
  if (known !== undefined) return known[dialect]
  const documented = registerOf(builtData(registerData(protocol)))
  const both = { documented, deployed: readAs('deployed', documented) }
  registers.set(protocol, both)
  return both[dialect]
}

/** The content of a protocol's register, read and checked. */
export function registerData(protocol: Protocol): BuiltData<RegisterFile> {
  const file = `requirements/${protocol}.yaml`
  return {
    name: `register-${protocol}`,
    paths: [file, 'schemas/requirements.json'],
    make: ([text = '']) => checked(text, file),
  }
}

/** The register with the levels of `dialect`. */
function readAs(dialect: Dialect, register: Register): Register {
  const rows = [...register.requirements.values()]
  return {
    ...register,
    requirements: new Map(rows.map((row) => [row.id, { ...row, level: row.levels[dialect] }])),
  }
}

/**
 * The register written in `text`, with the levels of the documented dialect. The text is YAML of the form of `schemas/requirements.json`;
 * `file` names it in messages. Throws a RegisterError that lists every error at once: no YAML, an unknown key, level,
 * capability or risk, an id of another protocol, an id twice, numbers or areas out of order.
 */
export function parseRegister(text: string, file: string): Register {
  return registerOf(checked(text, file))
}

function checked(text: string, file: string): RegisterFile {
  const source = new RegisterText(text, file)
  refuse(source.syntaxErrors())
  const content = source.content()
  const validate = schemaValidator<RegisterFile>('requirements')
  const formed = validate(content)
  const errors = [...source.schemaErrors(validate.errors ?? []), ...source.orderErrors()]
  if (!formed || errors.length > 0) throw new RegisterError(errors.join('\n'))
  return content
}

function registerOf(content: RegisterFile): Register {
  return {
    protocol: content.protocol,
    claims: claimsOf(content),
    areas: content.areas,
    requirements: new Map(content.requirements.map((entry) => [entry.id, requirement(entry)])),
  }
}

/** The area of a requirement id, e.g. `MESSAGE` of `RELAY-MESSAGE-07`; empty where `id` has none. */
export function area(id: string): string {
  return id.split('-').slice(1, -1).join('-')
}

/** The area of a requirement id with its protocol, as it is named from outside: `RELAY-MESSAGE` of `RELAY-MESSAGE-07`. */
export function wholeArea(id: string): string {
  return id.split('-').slice(0, -1).join('-')
}

/** The protocol whose register has requirements, and areas, of that id. Throws where there is none. */
export function protocolOfId(id: string): Protocol {
  const protocol = PROTOCOLS.find((each) => id.startsWith(`${each.toUpperCase()}-`))
  if (protocol === undefined) throw new Error(`${id}: no protocol has such requirements`)
  return protocol
}

/** Whether `text` is formed like a requirement id, known or not. */
export function isRequirementId(text: string): text is RequirementId {
  return /^(RELAY|MSTORE)-[A-Z]+-\d{2}$/.test(text)
}

function claimsOf({ claims }: RegisterFile): Claims {
  return Object.fromEntries(Object.entries(claims).map(([name, claim]) => [name, { without: [], ...claim }]))
}

function requirement(entry: RegisterEntry): Requirement {
  const levels =
    typeof entry.level === 'string' ? { documented: entry.level, deployed: entry.level } : entry.level
  return {
    ...entry,
    level: levels.documented,
    levels,
    words: entry.words ?? null,
    exactStatus: entry.exactStatus ?? false,
    needs: entry.needs ?? [],
    risks: entry.risks ?? ['reads'],
    errata: entry.errata ?? [],
    tests: entry.tests ?? [],
    untestable: entry.untestable ?? null,
  }
}

function refuse(errors: readonly string[]): void {
  if (errors.length > 0) throw new RegisterError(errors.join('\n'))
}
