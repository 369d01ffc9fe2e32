/** Why credentials are not accepted; the answer is a new challenge (mStore spec, Authentication). */
export type CredentialsRefusal =
  | 'no-credentials'
  | 'malformed-credentials'
  | 'unknown-btid'
  | 'expired-credentials'
  | 'wrong-realm'
  | 'unknown-nonce'
  | 'used-nonce'
  | 'wrong-uri'
  | 'wrong-response'
  | 'foreign-mailbox'

/** What can come of a request for any operation. */
export type CommonRefusal =
  | CredentialsRefusal
  /** The User-Agent is not `3gpp-gba`: the gateway times out (mStore spec, Authentication). */
  | 'wrong-agent'
  /** The path is none of the API, or its MSISDN URI is no such thing. */
  | 'unknown-path'
  | 'unknown-method'
  /** The body is not what the endpoint takes: answered with the network error (mStore spec, Endpoints). */
  | 'malformed'
  | 'crashed'
