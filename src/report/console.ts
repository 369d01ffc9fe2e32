import type { RunRecord } from '#evidence/run-record.ts'
import { counted } from '#verdict/describe.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { pasteEntries } from '#verdict/paste.ts'
import { curlVariables } from './curl-variables.ts'
import { skipText } from './skip-text.ts'
import { targetHint } from './target-hint.ts'
import { violatedAreas } from './violated-areas.ts'
import { walkLines } from './walk-text.ts'
import { command, field, heading, indented, type Block, type Terminal } from './terminal-lines.ts'
import { observationsOf, observationText, remarkable } from './observations.ts'
import { exchangeLine } from './exchange-text.ts'
import {
  failuresOf,
  replayCommand,
  rerunCommand,
  skipGroups,
  unjudgedGroups,
  type ReportedFailure,
  type UnjudgedGroup,
} from './failures.ts'
import {
  duration,
  meaning,
  OUTCOME_MARKS,
  requirementCounts,
  requirementLine,
  scenarioCounts,
  subject,
  VERDICT_MARKS,
  verdictScope,
} from './wording.ts'

/** As many are shown in full; the report has the rest. */
const SHOWN_BLOCKS = 20

/**
 * What a run says at its end, with a line feed at the end of each line: every new failure with all that is
 * needed to see it, what could not be judged, and last, where the eye is, the verdict. Commands are not wrapped.
 */
export function closingText(verdicts: Verdicts, run: RunRecord, terminal: Terminal): string {
  const failures = failuresOf(verdicts, 'failed').map((failure) => failureLines(failure, run, terminal))
  const others = unjudgedGroups(verdicts.scenarios).map((group) => otherLines(group, run, terminal))
  const blocks = [
    ...withReportHint(failures, terminal),
    ...withReportHint(others, terminal),
    pasteLines(verdicts, run, terminal),
    flakyLines(verdicts, terminal),
    skipLines(verdicts, terminal),
    walkBlock(run, terminal),
    findingLines(verdicts, terminal),
    closingLines(verdicts, run, terminal),
  ]
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n')
}

function withReportHint(blocks: readonly Block[], { reports }: Terminal): readonly Block[] {
  const left = blocks.length - SHOWN_BLOCKS
  return left <= 0
    ? blocks
    : [
        ...blocks.slice(0, SHOWN_BLOCKS),
        [`… and ${left} more${reports === null ? '' : `: ${reports}/report.html`}`],
      ]
}

function failureLines(failure: ReportedFailure, run: RunRecord, terminal: Terminal): Block {
  const { requirement, also, assertion, exchange, scenario, others } = failure
  const { colors } = terminal
  const hint = targetHint(failure)
  return [
    ...heading(scenario.name, colors.red(colors.bold('✗')), terminal),
    ...field('requirement', requirementLine(requirement), terminal),
    ...(also.length === 0
      ? []
      : field('and', also.map(({ id, level }) => `${id} (${level})`).join(', '), terminal)),
    ...field('checked', assertion.thing, terminal),
    ...field('expected', assertion.expected, terminal),
    ...field('got', assertion.got, terminal),
    ...(hint === null ? [] : field('or is it', hint, terminal)),
    ...(exchange === null ? [] : field('exchange', exchangeLine(exchange), terminal)),
    ...(others.length === 0
      ? []
      : field('also', `${counted(others.length, 'other scenario')} of this run`, terminal)),
    command('run again', rerunCommand(run, scenario), terminal),
    ...(exchange === null || terminal.reports === null
      ? []
      : [command('send again', replayCommand(terminal.reports, exchange), terminal)]),
    ...(exchange === null
      ? []
      : [command('by hand', exchange.curl, terminal), ...variableLines(exchange.curl, terminal)]),
  ]
}

function variableLines(curl: string, terminal: Terminal): Block {
  return curlVariables(curl).flatMap(({ name, meaning }) => field('with', `${name}: ${meaning}`, terminal))
}

function otherLines({ scenario, alike }: UnjudgedGroup, run: RunRecord, terminal: Terminal): Block {
  const { sign, word } = OUTCOME_MARKS[scenario.outcome]
  const { colors } = terminal
  return [
    ...heading(scenario.name, colors.yellow(sign), terminal),
    ...field(word, scenario.message ?? '', terminal),
    ...(alike.length === 0
      ? []
      : field('also', `${counted(alike.length, 'other scenario')} of this run`, terminal)),
    command('run again', rerunCommand(run, scenario), terminal),
  ]
}

function pasteLines({ scenarios }: Verdicts, { dialect }: RunRecord, { colors }: Terminal): Block {
  const text = pasteEntries(scenarios, dialect)
  if (text === '') return []
  return [
    colors.dim('To accept these, paste into a file for --baseline and write each a reason:'),
    ...text.trimEnd().split('\n'),
  ]
}

function flakyLines({ scenarios }: Verdicts, { colors, columns }: Terminal): Block {
  const flaky = scenarios.filter((scenario) => scenario.flaky)
  if (flaky.length === 0) return []
  return [
    colors.dim('Flaky, for they passed only when tried again:'),
    ...flaky.flatMap(({ name, attempts, earlier = '' }) =>
      indented(`${name}: passed at attempt ${attempts}; before: ${earlier}`, { indent: '  ', columns }),
    ),
  ]
}

function skipLines({ scenarios }: Verdicts, { colors, columns }: Terminal): Block {
  const groups = skipGroups(scenarios)
  if (groups.length === 0) return []
  return [
    colors.dim('Skipped, and so not verified:'),
    ...groups.flatMap(({ skip, scenarios: skipped }) =>
      indented(`${skipped.length} ${skipText(skip)}`, { indent: '  ', rest: '    ', columns }),
    ),
  ]
}

/** As many findings are shown; the report has the rest. */
const SHOWN_FINDINGS = 8
/** Subjects of one finding that are named. */
const NAMED_SUBJECTS = 3

function findingLines(verdicts: Verdicts, { colors, columns }: Terminal): Block {
  const { shown, refusals } = remarkable(observationsOf(verdicts))
  if (shown.length + refusals === 0) return []
  const rest = [
    ...(shown.length > SHOWN_FINDINGS ? [`${shown.length - SHOWN_FINDINGS} more`] : []),
    ...(refusals > 0 ? [`${counted(refusals, 'odd request')} refused, as a server may`] : []),
  ]
  return [
    colors.dim('Where the specification leaves a choice, the server does so:'),
    ...shown
      .slice(0, SHOWN_FINDINGS)
      .flatMap((one) =>
        indented(`${one.requirement.id}: ${observationText(one, NAMED_SUBJECTS)}`, { indent: '  ', columns }),
      ),
    ...(rest.length === 0 ? [] : [`  and ${rest.join(', ')}: see the report`]),
  ]
}

function walkBlock({ walks = [] }: RunRecord, { columns }: Terminal): Block {
  return walks.flatMap((walk) =>
    walkLines(walk).flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? ''
      return line.length <= columns
        ? [line]
        : indented(line.trim(), { indent, rest: `${indent}    `, columns })
    }),
  )
}

function closingLines(verdicts: Verdicts, run: RunRecord, terminal: Terminal): Block {
  const { word, sign, tone } = VERDICT_MARKS[verdicts.verdict]
  const { colors } = terminal
  const paint = { good: colors.green, bad: colors.red, known: colors.yellow, open: colors.yellow }[tone]
  const areas = violatedAreas(verdicts.requirements)
  const plain = (text: string, indent = ''): Block => indented(text, { indent, columns: terminal.columns })
  const item = (text: string): Block =>
    indented(text, { indent: '  - ', rest: '    ', columns: terminal.columns })
  return [
    ...plain(`${subject(run)}, ${run.dialect} dialect, in ${duration(run.durationMs)}`),
    ...plain(scenarioCounts(verdicts)),
    ...plain(requirementCounts(verdicts)),
    ...(areas.length === 0 ? [] : plain(`Violated in ${areas.join(', ')}`)),
    ...(terminal.reports === null ? [] : plain(`Report: ${terminal.reports}/report.html`)),
    '',
    paint(colors.bold(`${sign} ${word.toUpperCase()}`)) + verdictScope(verdicts, run),
    ...plain(meaning(verdicts), '  '),
    ...verdicts.reasons.flatMap(item),
    ...verdicts.remarks.filter(({ fails }) => !fails).flatMap(({ text }) => item(`note: ${text}`)),
  ]
}
