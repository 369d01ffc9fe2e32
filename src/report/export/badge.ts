import { create } from 'xmlbuilder2'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { VERDICT_MARKS, verdictScope, type Mark } from '../wording.ts'

const HEIGHT = 20
const PADDING = 8
/** About the width of a character of the badge's font, in pixels; `textLength` makes it exact. */
const CHARACTER = 6.6

const FILLS: Readonly<Record<Mark['tone'], string>> = {
  good: '#156b2c',
  bad: '#b3161b',
  known: '#7a4b00',
  open: '#4b5563',
}

/** A run as a badge (SVG) for a page of a project: what was tested, and the verdict with how much it rests on. */
export function badge(verdicts: Verdicts, run: RunRecord): string {
  const { verdict, totals } = verdicts
  const { word, tone } = VERDICT_MARKS[verdict]
  const label = `${run.protocols.join(' + ')} conformance`
  const { violated } = totals.requirements
  const said = violated > 0 ? `${word} (${violated} violated)` : `${word}${verdictScope(verdicts, run)}`
  const [left, right] = [widthOf(label), widthOf(said)]
  const svg = create().ele('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width: left + right,
    height: HEIGHT,
    role: 'img',
    'aria-label': `${label}: ${said}`,
  })
  svg.ele('title').txt(`${label}: ${said}`)
  svg.ele('rect', { width: left, height: HEIGHT, fill: '#333a44' })
  svg.ele('rect', { x: left, width: right, height: HEIGHT, fill: FILLS[tone] })
  const group = svg.ele('g', { fill: '#ffffff', 'font-family': 'Verdana, sans-serif', 'font-size': 11 })
  for (const [x, text] of [
    [PADDING, label],
    [left + PADDING, said],
  ] as const)
    group.ele('text', { x, y: 14, textLength: Math.round(text.length * CHARACTER) }).txt(text)
  return `${svg.doc().end({ headless: true, prettyPrint: true })}\n`
}

function widthOf(text: string): number {
  return Math.round(text.length * CHARACTER) + 2 * PADDING
}
