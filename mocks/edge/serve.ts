import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Request, RequestHandler, Response } from 'express'

/** What a router does with what it has no route for, and with errors. */
export interface Fallbacks {
  readonly missing: (request: IncomingMessage, response: ServerResponse) => void
  /** A path that cannot be decoded, `%ZZ` say. */
  readonly undecodable: (request: IncomingMessage, response: ServerResponse) => void
  /** Something threw: a fault of ours. The request still needs an answer. */
  readonly failed: (error: unknown, response: ServerResponse) => void
}

/** A router as the listener of a bare server, without an express application around it. */
export function serve(router: RequestHandler, { missing, undecodable, failed }: Fallbacks): RequestListener {
  return (request, response) => {
    const next = (error?: unknown): void => {
      if (error === undefined || error === null) missing(request, response)
      else if (error instanceof URIError) undecodable(request, response)
      else failed(error, response)
    }
    try {
      router(request as Request, response as Response, next)
    } catch (error) {
      failed(error, response)
    }
  }
}
