import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { expect, test } from 'vitest'
import { RUN, sampleVerdicts } from '../../../tests/golden/sample-run.ts'
import { htmlReport } from './page.tsx'

type Node = DefaultTreeAdapterTypes.Node

/** Ends whatever it may stand in, and begins what must not be there. */
const HOSTILE = `"'></title></style></textarea></script>--><evil-one evil-two="3" onload=evil()><script>evil()</script>`

/** A copy in which hostile text follows every text of several words, and every address. */
function spoiled<Value>(value: Value): Value {
  if (typeof value === 'string') return (/[\s/]/.test(value) ? value + HOSTILE : value) as Value
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, spoiled(each)])) as Value
  if (Array.isArray(value)) return value.map(spoiled) as Value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, spoiled(each)])) as Value
}

/** The names of all elements and attributes, and of what else a document has.  */
function namesIn(node: Node): readonly string[] {
  const attributes = 'attrs' in node ? node.attrs.map(({ name }) => `@${name}`) : []
  const children = 'childNodes' in node ? node.childNodes.flatMap(namesIn) : []
  return [node.nodeName, ...attributes, ...children]
}

function textOf(node: Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}

test('the text of a server becomes no element and no attribute of the report, as a browser reads it', () => {
  const plain = parse(htmlReport(sampleVerdicts(), RUN))
  const hostile = parse(htmlReport(spoiled(sampleVerdicts()), spoiled(RUN)))
  const known = new Set(namesIn(plain))
  expect([...new Set(namesIn(hostile))].filter((name) => !known.has(name))).toEqual([])
  const scripts = (document: Node): number => namesIn(document).filter((name) => name === 'script').length
  expect(scripts(hostile)).toBe(scripts(plain))
  expect(textOf(hostile).split('evil-one').length).toBeGreaterThan(100)
})
