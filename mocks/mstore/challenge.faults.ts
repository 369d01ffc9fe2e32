import { deployedFault, fault, type MStoreFault } from './fault.ts'

/** Faults in asking for credentials. */
export const CHALLENGE_FAULTS: readonly MStoreFault[] = [
  fault('MSTORE-AUTH-02/asks-for-basic', 'the scheme of the challenge is Basic', {
    challenge: { text: ({ realm }) => `Basic realm="${realm}"` },
  }),
  fault('MSTORE-AUTH-02/does-not-say-how', 'a 401 has no WWW-Authenticate', {
    challenge: { text: () => null },
  }),
  fault('MSTORE-AUTH-03/leaves-the-nonce-out', 'the challenge has no nonce', {
    challenge: { text: ({ realm }) => `Digest realm="${realm}", qop="auth", algorithm=MD5` },
  }),
  fault('MSTORE-AUTH-03/names-no-realm', 'the realm of the challenge is empty', {
    challenge: { realm: () => '' },
  }),
  fault('MSTORE-AUTH-04/names-the-bare-host', 'the realm is the domain name alone', {
    challenge: { realm: (host) => host },
  }),
  fault('MSTORE-AUTH-05/asks-for-sha-256', 'the challenge asks for SHA-256', {
    challenge: {
      text: ({ realm, nonce }) => `Digest realm="${realm}", nonce="${nonce}", qop="auth", algorithm=SHA-256`,
    },
  }),
  deployedFault('MSTORE-AUTH-06/offers-a-choice', 'the challenge has qop="auth,auth-int"', {
    challenge: {
      text: ({ realm, nonce }) =>
        `Digest realm="${realm}", nonce="${nonce}", qop="auth,auth-int", algorithm=MD5`,
    },
  }),
  fault('MSTORE-AUTH-06/leaves-qop-out', 'the challenge has no qop', {
    challenge: { text: ({ realm, nonce }) => `Digest realm="${realm}", nonce="${nonce}", algorithm=MD5` },
  }),
  deployedFault('MSTORE-AUTH-07/writes-capitals-and-blanks', 'the challenge says Realm = "…"', {
    challenge: {
      text: ({ realm, nonce }) =>
        `Digest Realm = "${realm}", Nonce = "${nonce}", Qop = "auth", Algorithm = MD5`,
    },
  }),
  fault('MSTORE-AUTH-08/repeats-the-nonce', 'every challenge has the same nonce', {
    challenge: { nonce: () => 'dcd98b7102dd2f0e8b11d0f600bfb0c0' },
  }),
]
