import type { ErrorObject } from 'ajv'
import type { Document } from 'yaml'
import { orderErrors } from './register-order.ts'
import { yaml } from './yaml.ts'

type Path = readonly (string | number)[]

/** A register file as text: its content, and the line of each part of the content. */
export class RegisterText {
  readonly #file: string
  readonly #lines = new (yaml().LineCounter)()
  readonly #document: Document

  constructor(text: string, file: string) {
    this.#file = file
    this.#document = yaml().parseDocument(text, { lineCounter: this.#lines, prettyErrors: false })
  }

  /** Where the text is no YAML, or has a key twice. */
  syntaxErrors(): readonly string[] {
    return this.#document.errors.map((error) => this.#atOffset(error.pos[0], error.message))
  }

  /** What the text says, unchecked. */
  content(): unknown {
    return this.#document.toJS() as unknown
  }

  /** The schema's errors (made with `allErrors` and `verbose`) as lines, each at its place in the file. */
  schemaErrors(errors: readonly ErrorObject[]): readonly string[] {
    const specific = errors.filter(({ keyword }) => keyword !== 'if')
    return specific.map((error) => this.#at(path(error), schemaMessage(error)))
  }

  /** Requirements out of their order or of another protocol, as far as the content can be read. */
  orderErrors(): readonly string[] {
    const protocol = this.#document.get('protocol')
    const prefix = typeof protocol === 'string' ? `${protocol.toUpperCase()}-` : ''
    const list = this.#document.get('requirements')
    const ids = yaml().isSeq(list) ? list.items.map(readableId) : []
    return orderErrors(ids, prefix).map(({ index, text }) => this.#at(['requirements', index, 'id'], text))
  }

  #at(place: Path, error: string): string {
    const node = this.#document.getIn(place, true)
    return this.#atOffset(yaml().isNode(node) ? (node.range?.[0] ?? 0) : 0, error)
  }

  #atOffset(offset: number, error: string): string {
    return `${this.#file}:${this.#lines.linePos(offset).line}: ${error}`
  }
}

function readableId(item: unknown): string {
  const id = yaml().isMap(item) ? item.get('id') : null
  return typeof id === 'string' ? id : ''
}

/** The place of an error; an unknown key is its own place. */
function path(error: ErrorObject): Path {
  const steps = error.instancePath.split('/').slice(1)
  const place = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  return error.keyword === 'additionalProperties'
    ? [...place, String(error.params['additionalProperty'])]
    : place
}

function schemaMessage(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'the register' : error.instancePath.slice(1)
  const got =
    error.data === null || typeof error.data !== 'object' ? `, got ${JSON.stringify(error.data)}` : ''
  return `${where}: ${expected(error)}${got}`
}

function expected(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return `unknown key ${String(error.params['additionalProperty'])}`
    case 'enum':
      return `expected one of ${(error.params['allowedValues'] as readonly string[]).join(', ')}`
    default:
      return error.message ?? error.keyword
  }
}
