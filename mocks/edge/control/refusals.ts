import type { ServerResponse } from 'node:http'
import { sendJson } from '../send.ts'
import { ControlError } from './control-error.ts'

/** What express says of a body that it could not read (package body-parser). */
interface BodyError extends Error {
  readonly status: number
  readonly type: string
}

const FAILED = 'the mock failed; its output says how'

/** Answers an error: a refusal with its line, what our own code threw with a 500, after `onError` was given it. */
export function answerError(
  error: unknown,
  response: ServerResponse,
  onError: (error: unknown) => void,
): void {
  const refusal = isBodyError(error) ? ofBody(error) : error
  if (refusal instanceof ControlError) {
    sendJson(response, refusal.status, { error: refusal.message })
    return
  }
  onError(error)
  sendJson(response, 500, { error: FAILED })
}

function isBodyError(error: unknown): error is BodyError {
  return error instanceof Error && 'type' in error && 'status' in error && Number(error.status) < 500
}

function ofBody({ status, type, message }: BodyError): ControlError {
  switch (type) {
    case 'entity.too.large':
      return new ControlError(400, 'body: expected at most 1 MiB')
    case 'entity.parse.failed':
      return new ControlError(400, `body: JSON: ${message.replace(/\s+/gu, ' ')}`)
    case 'entity.verify.failed':
      return new ControlError(400, `body: ${message}`)
    default:
      return new ControlError(status, `body: ${message}`)
  }
}
