import type { JSX } from 'preact'
import { REQUIREMENT_VERDICTS } from '#verdict/requirement-verdict.ts'
import { REQUIREMENT_MARKS } from '../wording.ts'

const LEVELS = ['MUST', 'SHOULD', 'MAY']
/** What a requirement rests on, and how that is shown. */
const BASES = [
  ['page', 'the specification'],
  ['sample', 'an example in it'],
  ['standard', 'a standard'],
  ['implementation', 'an implementation'],
  ['inference', 'inference'],
] as const

/** The search over requirements. The page's script shows it, and keeps it in the address of the page. */
export function RequirementFilter({ areas }: { readonly areas: readonly string[] }): JSX.Element {
  const verdicts = REQUIREMENT_VERDICTS.map((verdict) => [verdict, REQUIREMENT_MARKS[verdict].word] as const)
  return (
    <form class="filter" role="search" aria-label="Requirements" hidden>
      <label>
        Search <input type="search" name="q" placeholder="id, word, reason" aria-keyshortcuts="/" />
      </label>
      <Choice name="verdict" label="Verdict" values={verdicts} />
      <Choice name="level" label="Level" values={LEVELS.map(alike)} />
      <Choice name="basis" label="Rests on" values={BASES} />
      <Choice name="area" label="Area" values={areas.map(alike)} />
      <button type="reset">Clear</button>
      <output id="filter-count" aria-live="polite" />
    </form>
  )
}

function alike(value: string): readonly [string, string] {
  return [value, value]
}

function Choice({
  name,
  label,
  values,
}: {
  readonly name: string
  readonly label: string
  readonly values: readonly (readonly [value: string, shown: string])[]
}): JSX.Element {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">any</option>
        {values.map(([value, shown]) => (
          <option value={value} key={value}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  )
}
