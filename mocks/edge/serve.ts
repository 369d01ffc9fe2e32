import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Handler } from './router.ts'

/** What a router does with what it has no route for, and with errors. */
export interface Fallbacks {
  readonly missing: (request: IncomingMessage, response: ServerResponse) => void
  /** A path that cannot be decoded, `%ZZ` say. */
  readonly undecodable: (request: IncomingMessage, response: ServerResponse) => void
  /** Something threw: a fault of ours. The request still needs an answer. */
  readonly failed: (error: unknown, response: ServerResponse) => void
}

/** A handler as the listener of a bare server, which has no other handler to hand a request on to. */
export function serve(handle: Handler, { missing, undecodable, failed }: Fallbacks): RequestListener {
  return (request, response) => {
    handle(request, response, (error) => {
      if (error === undefined || error === null) missing(request, response)
      else if (error instanceof URIError) undecodable(request, response)
      else failed(error, response)
    })
  }
}
