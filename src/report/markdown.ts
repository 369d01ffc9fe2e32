import { printable } from '#evidence/printable.ts'
import type { RunRecord } from '#evidence/run-record.ts'
import { counted } from '#verdict/describe.ts'
import type { Verdicts } from '#verdict/judge.ts'
import { pasteEntries } from '#verdict/paste.ts'
import { missingText } from './skip-text.ts'
import { walkLines } from './walk-text.ts'
import { exchangeLine } from './exchange-text.ts'
import {
  failuresOf,
  replayCommand,
  rerunCommand,
  skipGroups,
  unjudgedGroups,
  type ReportedFailure,
} from './failures.ts'
import { observationsOf, observationText, remarkable } from './observations.ts'
import { cell, list, table } from './markdown-text.ts'
import {
  capital,
  duration,
  madeBy,
  meaning,
  requirementCounts,
  scenarioCounts,
  subject,
  VERDICT_MARKS,
  verdictScope,
} from './wording.ts'

/** The run for a pull request or a chat: what came out, what is wrong, what was left out. */
export function markdownSummary(verdicts: Verdicts, run: RunRecord): string {
  const { sign, word } = VERDICT_MARKS[verdicts.verdict]
  const failures = failuresOf(verdicts, 'failed')
  return [
    `# ${sign} ${capital(word)}${verdictScope(verdicts, run)}: ${cell(subject(run))}`,
    meaning(verdicts),
    list(verdicts.reasons),
    section('Numbers', facts(verdicts, run)),
    section('Violated requirements', failureTable(failures)),
    section('To see these again', fenced(repeating(failures, run), 'sh')),
    section(
      'To accept these, paste into the baseline',
      fenced(pasteEntries(verdicts.scenarios, run.dialect)),
    ),
    section('Known deviations', failureTable(failuresOf(verdicts, 'known-deviation'))),
    section('Not judged', unjudged(verdicts)),
    section('Flaky', flaky(verdicts)),
    section('Skipped', skips(verdicts)),
    section('Walks', fenced(walkText(run), 'text')),
    section('Baseline', list(verdicts.remarks.map(({ text }) => text))),
    section('Findings', findings(verdicts)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function facts(verdicts: Verdicts, run: RunRecord): string {
  return list([
    scenarioCounts(verdicts),
    requirementCounts(verdicts),
    `${verdicts.totals.assertions} assertions over ${verdicts.totals.exchanges} exchanges in ${duration(run.durationMs)}`,
    `Touchstone ${madeBy(run)}, ${run.dialect} dialect, ${run.startedAt}, exit code ${verdicts.exitCode}`,
  ])
}

function failureTable(failures: readonly ReportedFailure[]): string {
  if (failures.length === 0) return ''
  const rows = failures.map(({ requirement, also, assertion, scenario, others }) => [
    [requirement, ...also].map(({ id, level }) => `${id} (${level})`).join(', '),
    requirement.sentence,
    assertion.thing,
    assertion.expected,
    assertion.got,
    andMore(scenario.name, others.length),
  ])
  return table(['Requirement', 'Sentence', 'What', 'Expected', 'Got', 'Scenario'], rows)
}

/** As many failures have their commands; `report.html` has those of all. */
const REPEATED = 20

/** For each failure its exchange, and the commands that repeat it where the summary lies. */
function repeating(failures: readonly ReportedFailure[], run: RunRecord): string {
  const left = failures.length - REPEATED
  return [
    ...failures
      .slice(0, REPEATED)
      .flatMap(({ requirement, exchange, scenario }) => [
        `# ${requirement.id}${exchange === null ? '' : `: ${exchangeLine(exchange)}`}`,
        printable(rerunCommand(run, scenario)),
        ...(exchange === null ? [] : [replayCommand('.', exchange)]),
      ]),
    ...(left > 0 ? [`# and ${left} more: report.html`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

function andMore(name: string, others: number): string {
  return others === 0 ? name : `${name} and ${others} more`
}

function unjudged({ scenarios }: Verdicts): string {
  const rows = unjudgedGroups(scenarios)
    .filter(({ scenario }) => scenario.outcome !== 'unexpected-pass')
    .map(({ scenario: { name, outcome, message }, alike }) => [
      andMore(name, alike.length),
      outcome,
      message ?? '',
    ])
  return rows.length === 0 ? '' : table(['Scenario', 'Outcome', 'Why'], rows)
}

function flaky({ scenarios }: Verdicts): string {
  return list(
    scenarios
      .filter((scenario) => scenario.flaky)
      .map(
        ({ name, attempts, earlier = '' }) => `${name} (passed at attempt ${attempts}; before: ${earlier})`,
      ),
  )
}

function skips({ scenarios }: Verdicts): string {
  const rows = skipGroups(scenarios).map(({ skip, scenarios: skipped }) => [
    String(skipped.length),
    missingText(skip),
    skip.enable,
  ])
  return rows.length === 0 ? '' : table(['Scenarios', 'Missing', 'To enable, or what was seen'], rows)
}

/** Subjects of one finding that a line names. */
const NAMED_SUBJECTS = 4

function findings(verdicts: Verdicts): string {
  const { shown, refusals } = remarkable(observationsOf(verdicts))
  const rows = shown.map((one) => [
    one.requirement.id,
    observationText(one, NAMED_SUBJECTS),
    one.requirement.sentence,
  ])
  const refused = refusals === 0 ? '' : `${counted(refusals, 'odd request')} refused, as a server may.`
  const head = ['Requirement', 'What was sent, and what came of it', 'What is asked']
  return [rows.length === 0 ? '' : table(head, rows), refused].filter((part) => part !== '').join('\n\n')
}

function section(title: string, content: string): string {
  return content === '' ? '' : `## ${title}\n\n${content}`
}

function walkText({ walks = [] }: RunRecord): string {
  return walks
    .flatMap(walkLines)
    .map((line) => `${line}\n`)
    .join('')
}

function fenced(text: string, language = 'yaml'): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return text === '' ? '' : `${fence}${language}\n${text}${fence}`
}
