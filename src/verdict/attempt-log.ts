import type { Attachment, TestCaseFinished, TestStepFinished, Timestamp } from '@cucumber/messages'
import { EVIDENCE_MEDIA_TYPE, type StepEvidence } from '#evidence/step-evidence.ts'
import type { ScenarioAttempt } from './attempt.ts'
import { parseEvidence } from './parse-evidence.ts'

/** A step as it is planned: its id in the stream, and its text. */
export interface PlannedStep {
  readonly id: string
  readonly keyword: string
  readonly text: string
}

/** Writes down one attempt as the stream reports it. */
export class AttemptLog {
  readonly #steps: readonly PlannedStep[]
  readonly #startedAt: number
  readonly #status = new Map<string, string>()
  readonly #evidence = new Map<string, StepEvidence[]>()
  #exception: string | null = null
  #unreadable: string | null = null
  #finishedAt: number | null = null
  #willBeRetried = false

  constructor(steps: readonly PlannedStep[], startedAt: Timestamp) {
    this.#steps = steps
    this.#startedAt = milliseconds(startedAt)
  }

  /** Takes in an attachment; one that is no evidence is none of the verdict's business. */
  attach(attachment: Attachment): void {
    if (attachment.mediaType !== EVIDENCE_MEDIA_TYPE) return
    const step = attachment.testStepId ?? ''
    const evidence = parseEvidence(textOf(attachment))
    if (evidence === null) this.#unreadable ??= `evidence of ${this.#name(step)} is not of the known form`
    else this.#evidence.set(step, [...(this.#evidence.get(step) ?? []), evidence])
  }

  /** Takes in the end of a step. The attempt keeps the first exception. */
  stepFinished({ testStepId, testStepResult }: TestStepFinished): void {
    this.#status.set(testStepId, testStepResult.status.toLowerCase())
    this.#exception ??= testStepResult.exception?.message ?? testStepResult.message ?? null
  }

  /** Takes in the end of the attempt. */
  finished({ timestamp, willBeRetried }: TestCaseFinished): void {
    this.#finishedAt = milliseconds(timestamp)
    this.#willBeRetried = willBeRetried
  }

  /** What is known of the attempt so far. */
  attempt(): ScenarioAttempt {
    return {
      startedAt: this.#startedAt,
      finishedAt: this.#finishedAt,
      willBeRetried: this.#willBeRetried,
      exception: this.#exception,
      unreadable: this.#unreadable,
      steps: this.#steps.map(({ id, keyword, text }) => ({
        keyword,
        text,
        status: this.#status.get(id) ?? 'unfinished',
        evidence: this.#evidence.get(id) ?? [],
      })),
    }
  }

  #name(stepId: string): string {
    const step = this.#steps.find(({ id }) => id === stepId)
    return step === undefined ? 'an unknown step' : `"${`${step.keyword} ${step.text}`.trim()}"`
  }
}

function textOf({ body, contentEncoding }: Attachment): string {
  const encoding: string = contentEncoding
  return encoding === 'BASE64' ? Buffer.from(body, 'base64').toString('utf8') : body
}

function milliseconds({ seconds, nanos }: Timestamp): number {
  return seconds * 1000 + Math.floor(nanos / 1_000_000)
}
