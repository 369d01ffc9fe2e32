import type { JSX } from 'preact'
import type { RunRecord } from '#evidence/run-record.ts'
import type { Verdicts } from '#verdict/judge.ts'
import type { Proofs } from '../proofs.ts'
import { subject, VERDICT_MARKS, verdictScope } from '../wording.ts'
import { ByHandSection } from './by-hand-section.tsx'
import { CoverageMap } from './coverage-map.tsx'
import { htmlDocument } from './document.tsx'
import { FactSection } from './fact-section.tsx'
import { FailureSection, KnownSection } from './failure-section.tsx'
import { FindingSection } from './finding-section.tsx'
import { RequirementSection } from './requirement-section.tsx'
import { BaselineSection, SkippedSection, UnjudgedSection, WalkSection } from './rest-sections.tsx'
import { ScenarioSection } from './scenario-section.tsx'
import { VerdictSection } from './verdict-section.tsx'

/**
 * The report as one HTML file that needs nothing else: no font, no picture, no request. All but the steps of scenarios
 * is there without its script too.
 */
export function htmlReport(
  verdicts: Verdicts,
  run: RunRecord,
  proofs: ReadonlyMap<string, Proofs> = new Map(),
): string {
  const { word } = VERDICT_MARKS[verdicts.verdict]
  return htmlDocument({
    title: `${word}${verdictScope(verdicts, run)}: ${subject(run)}`,
    scripted: true,
    children: <Page verdicts={verdicts} run={run} proofs={proofs} />,
  })
}

interface PageProps {
  readonly verdicts: Verdicts
  readonly run: RunRecord
}

function Page({
  verdicts,
  run,
  proofs,
}: PageProps & { readonly proofs: ReadonlyMap<string, Proofs> }): JSX.Element {
  return (
    <>
      <header>
        <a class="skip-link" href="#main">
          Skip to the results
        </a>
        <VerdictSection verdicts={verdicts} run={run} />
        <Contents verdicts={verdicts} run={run} />
      </header>
      <main id="main">
        <CoverageMap verdicts={verdicts} />
        <FailureSection verdicts={verdicts} run={run} />
        <UnjudgedSection verdicts={verdicts} run={run} />
        <BaselineSection verdicts={verdicts} />
        <KnownSection verdicts={verdicts} />
        <SkippedSection verdicts={verdicts} />
        <WalkSection run={run} />
        <FindingSection verdicts={verdicts} />
        <RequirementSection verdicts={verdicts} proofs={proofs} />
        <ScenarioSection verdicts={verdicts} />
        {verdicts.scenarios.length > 0 && <ByHandSection />}
        <FactSection verdicts={verdicts} run={run} />
      </main>
      <footer>
        <p class="quiet">
          Made by Touchstone {run.tool.judgedBy ?? run.tool.version} from run.json and messages.ndjson alone;{' '}
          <code>touchstone report</code> makes it again.
        </p>
      </footer>
    </>
  )
}

function Contents({ verdicts, run }: PageProps): JSX.Element {
  const has = (outcome: string): boolean => verdicts.scenarios.some((one) => one.outcome === outcome)
  const parts: readonly (readonly [boolean, string, string])[] = [
    [true, 'coverage', 'Coverage'],
    [has('failed'), 'failures', 'What failed'],
    [
      has('inconclusive') ||
        has('harness-error') ||
        has('unexpected-pass') ||
        verdicts.harnessErrors.length > 0,
      'unjudged',
      'Not judged',
    ],
    [verdicts.remarks.length > 0, 'baseline', 'Baseline'],
    [has('known-deviation'), 'known', 'Known deviations'],
    [has('skipped'), 'skipped', 'Skipped'],
    [run.walks !== undefined, 'walks', 'Walks'],
    [verdicts.findings.length > 0, 'findings', 'Findings'],
    [true, 'requirements', 'Requirements'],
    [verdicts.scenarios.length > 0, 'scenarios', 'Scenarios'],
    [verdicts.scenarios.length > 0, 'by-hand', 'Commands by hand'],
    [true, 'facts', 'About this run'],
  ]
  return (
    <nav aria-label="Contents">
      <ul>
        {parts
          .filter(([there]) => there)
          .map(([, id, title]) => (
            <li key={id}>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
      </ul>
    </nav>
  )
}
