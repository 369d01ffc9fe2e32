import { printable } from '#evidence/printable.ts'
import type { Diagnosed } from '#run/doctor/check.ts'
import type { PlaceOf } from '#run/targets/file-places.ts'
import { counted } from '#verdict/describe.ts'
import type { Colours } from './colours.ts'
import { wrapped } from '#report/wrapped.ts'

/** How findings are shown. */
export interface DiagnosisPage {
  readonly paint: Colours
  readonly columns: number
  /** Where the keys of the target file are; null where there is no file. */
  readonly place: PlaceOf | null
  /** The target file, as it was named; null where there is none. */
  readonly file: string | null
}

const NAME_COLUMNS = 19
const SIGNS = { well: '✓', note: '·', untried: '○', wrong: '✗' } as const

/** A finding in lines: its name and what was seen; of a problem also where it is, and what to do. */
export function findingLines(finding: Diagnosed, page: DiagnosisPage): readonly string[] {
  const { paint } = page
  const tone = { well: paint.green, note: paint.dim, untried: paint.yellow, wrong: paint.red }[finding.kind]
  const [first = '', ...rest] = sayings(finding, page).flatMap((text) => paragraph(text, page.columns))
  return [`  ${tone(SIGNS[finding.kind])} ${finding.name.padEnd(NAME_COLUMNS)}${first.trimStart()}`, ...rest]
}

function sayings(finding: Diagnosed, { place }: DiagnosisPage): readonly string[] {
  if (finding.kind !== 'wrong') return [finding.said]
  const { at, got, todo } = finding
  if (at === null) return [got, `→ ${todo}`]
  const where = place === null ? at.join('.') : `${place(at)}: ${at.join('.')}`
  return [`${where}: ${got.replace(`${String(at.at(-1))}: `, '')}`, `→ ${todo}`]
}

/** Text in lines behind the names. What is to be written keeps the blanks that set it off. */
function paragraph(text: string, columns: number): readonly string[] {
  const indent = ' '.repeat(NAME_COLUMNS + 4)
  return wrapped(printable(text), columns, { first: indent, rest: indent }).split('\n')
}

/** What all findings come to. */
export function summaryLines(
  findings: readonly Diagnosed[],
  { paint, file }: DiagnosisPage,
): readonly string[] {
  const wrong = findings.filter((finding) => finding.kind === 'wrong')
  const untried = findings.filter(({ kind }) => kind === 'untried').length
  const open = untried === 0 ? '' : `; ${counted(untried, 'check')} not tried`
  if (wrong.length === 0) return [paint.green(`Healthy in what was tried${open}.`)]
  const inFile = wrong.filter(({ blame }) => blame === 'file').length
  const parts = [
    ...(inFile === 0 ? [] : [`${counted(inFile, 'problem')} in ${file ?? 'what the command line says'}`]),
    ...(inFile === wrong.length ? [] : [`${counted(wrong.length - inFile, 'problem')} of the server`]),
  ]
  return [paint.red(`${parts.join(', ')}${open}.`)]
}
