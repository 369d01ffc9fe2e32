import type { JSX } from 'preact'
import { KNOWN_VARIABLES } from '../curl-variables.ts'
import { Section } from './parts.tsx'

/** What the variables in the commands of the page stand for. */
export function ByHandSection(): JSX.Element {
  return (
    <Section id="by-hand" title="Commands by hand">
      <p>
        A command of curl repeats a request. Secrets are variables in it, to be set before: of a mock its
        control plane gives fresh ones. <code>touchstone replay REPORTS --exchange N</code> sets them by
        itself.
      </p>
      <dl class="variables">
        {Object.entries(KNOWN_VARIABLES).map(([name, meaning]) => (
          <>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
        <dt>
          <code>TOUCHSTONE_…</code>
        </dt>
        <dd>
          the secret of that name; behind it the form: BASE64, ENCODED for percent-encoded, JSON, HEX, SPOKEN
        </dd>
      </dl>
    </Section>
  )
}
