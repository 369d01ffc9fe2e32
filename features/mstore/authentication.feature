Feature: Authentication
  Every request is made twice: without credentials it is challenged, and with the digest of a fresh bootstrap it is
  carried out.

  @MSTORE-AUTH-01
  Rule: A request without `Authorization` is answered 401, for every endpoint and method.

    Scenario Outline: does not let a client without credentials <operation>
      Given Alice has a mailbox
      When Alice tries to "<operation>" without "credentials"
      Then the server answers 401

      Examples: readings
        | operation                  |
        | read the profile           |
        | read the voicemails folder |
        | read the greetings folder  |
        | search                     |

      @writes
      Examples: changes
        | operation         |
        | write the profile |
        | upload a greeting |

    @gba
    Scenario Outline: does not let a client without credentials <operation> that is there
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" without "credentials"
      Then the server answers 401

      @voicemail
      Examples: voicemails
        | operation      |
        | read an object |
        | download audio |

      @voicemail @writes
      Examples: changes
        | operation      |
        | update in bulk |

      @voicemail @destroys
      Examples: deletion
        | operation      |
        | delete in bulk |

      @greeting @writes
      Examples: greetings
        | operation    |
        | set a flag   |
        | clear a flag |

  @MSTORE-AUTH-02
  Rule: The 401 has a `WWW-Authenticate` header with a `Digest` challenge.

    Scenario Outline: says how to get credentials when asked to <operation>
      Given Alice has a mailbox
      When Alice tries to "<operation>" without "credentials"
      Then the server challenges it

      Examples: readings
        | operation        |
        | read the profile |
        | search           |

      @writes
      Examples: changes
        | operation         |
        | upload a greeting |

  @MSTORE-AUTH-03
  Rule: The challenge carries non-empty `realm` and `nonce`.

    Scenario: challenges with a realm and a nonce
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "credentials"
      Then the challenge has:
        | realm | anything |
        | nonce | anything |

  @MSTORE-AUTH-04
  Rule: `realm` is `3GPP-bootstrapping@<FQDN of the host>`.

    Scenario: asks for credentials of the handset for its own host
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "credentials"
      Then the challenge has:
        | realm | the realm of the host |

  @MSTORE-AUTH-05
  Rule: A challenge offers `MD5`, by name or by no `algorithm` at all.

    Scenario: asks for MD5
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "credentials"
      Then the challenge has:
        | algorithm | none or MD5 |

  @MSTORE-AUTH-06
  Rule: `qop` offers `auth`; in the deployed dialect it is exactly that (a list such as `auth,auth-int` stops the real client; an absent qop makes it compute an unverifiable response).

    Scenario: asks for the quality of protection that every client knows
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "credentials"
      Then the challenge has:
        | qop | auth |

  @MSTORE-AUTH-07
  Rule: Challenge parameter names are lower case, with no blanks around `=`, and the scheme is spelled `Digest`.

    Scenario: writes the challenge so that a simple parser reads it
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "credentials"
      Then the challenge has:
        | text | matching ^Digest [a-z]+=("[^"]*"\|[^ ",=]+)(, ?[a-z]+=("[^"]*"\|[^ ",=]+))*$ |

  @MSTORE-AUTH-08
  Rule: Each 401 has a fresh nonce.

    Scenario: never gives out a nonce twice
      Given Alice has a mailbox
      When Alice tries to "get a challenge" 20 times
      Then no two of Alice's challenges have the same nonce

  @MSTORE-AUTH-11
  Rule: A body on the unauthenticated request is read and still answered 401.

    Scenario: reads a long body to its end before it asks for credentials
      Given Alice has a mailbox
      When Alice tries to "upload a long greeting" without "credentials"
      Then the server challenges it

  @MSTORE-AUTH-12 @writes
  Rule: The unauthenticated request changes nothing.

    Scenario Outline: does nothing when a client without credentials asks to <operation>
      Given Alice is ready to "<operation>"
      And Alice's mailbox is known
      When Alice tries to "<operation>" without "credentials"
      Then Alice's mailbox is as before
      And Alice can "<operation>"

      Examples:
        | operation         |
        | write the profile |
        | update in bulk    |

      @greeting
      Examples: greetings
        | operation         |
        | set a flag        |
        | upload a greeting |

      @destroys
      Examples: deletion
        | operation      |
        | delete in bulk |

    @greeting
    Scenario: does nothing when a client without credentials asks to clear a flag
      Given Alice can "set a flag"
      And Alice's greetings are known
      When Alice tries to "clear a flag" without "credentials"
      Then Alice's greetings are as before
      And Alice can "clear a flag"

  @MSTORE-AUTH-14
  Rule: Digest `username` is the GBA transaction identifier (B-TID).

    Scenario: knows a client by the B-TID of its bootstrap
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario Outline: does not take a B-TID that was never given out: <username>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<username>"
      Then the server refuses it

      Examples:
        | username                                 |
        | another username                         |
        | the username but for its first character |
        | the username with a digit before it      |

  @MSTORE-AUTH-15
  Rule: Digest password is the GBA key (Ks_NAF) in base64.

    Scenario: takes the key in Base64
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario Outline: does not take the <digest>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the server refuses it

      Examples:
        | digest                  |
        | password in hexadecimal |
        | password as raw bytes   |

  @MSTORE-AUTH-16
  Rule: The base64 uses the standard alphabet (`+` `/`).

    Scenario: takes a password with a plus or a slash
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "password in the standard alphabet"
      Then the server accepts it

    Scenario: does not take the same password with a minus and an underscore
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "password in the URL alphabet"
      Then the server refuses it

  @MSTORE-AUTH-17
  Rule: The base64 is padded.

    Scenario: does not take the password without its padding
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "password unpadded"
      Then the server refuses it

  @MSTORE-AUTH-18
  Rule: The base64 has no line wrapping, which for a 32-byte key (44 characters) means no trailing newline.

    Scenario Outline: does not take the <digest>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the server refuses it

      Examples:
        | digest                    |
        | password with a line feed |
        | password with a line end  |
        | password wrapped          |

  @MSTORE-AUTH-20
  Rule: The decoded URL is accepted as `uri` (absolute, or its path where the target file says so), and HA2 is computed over that text.

    Scenario Outline: takes the decoded URL when asked to <operation>
      Given Alice can "read the profile"
      When Alice tries to "<operation>" with the digest "uri decoded"
      Then the server accepts it

      Examples:
        | operation                  |
        | read the profile           |
        | read the voicemails folder |

  @MSTORE-AUTH-21
  Rule: The decoded path (with query) is accepted as `uri`.

    Scenario: reports whether the decoded path will do
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "uri as a path"
      Then the answer is noted

  @MSTORE-AUTH-22 @slow
  Rule: A percent-encoded `uri` (with HA2 over the encoded text) may be refused; the specification binds only the client.

    Scenario Outline: reports whether a <digest> will do
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the answer is noted

      Examples:
        | digest                   |
        | uri absolute and encoded |
        | uri as an encoded path   |

  @MSTORE-AUTH-24
  Rule: An unquoted `nc` is accepted.

    Scenario: takes a count without quotes
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "nc unquoted"
      Then the server accepts it

  @MSTORE-AUTH-25 @slow
  Rule: A quoted `nc` may fail to authenticate; a server without the parsing bug is right to take it.

    Scenario: reports whether a count in quotes will do
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "nc quoted"
      Then the answer is noted

  @MSTORE-AUTH-26
  Rule: `response` = MD5(HA1:nonce:nc:cnonce:qop:HA2), HA1 = MD5(username:realm:password), HA2 = MD5(method:uri).

    Scenario: takes the response that the formula gives
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario: does not take a response of which one digit is another
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "another response"
      Then the server refuses it

  @MSTORE-AUTH-27
  Rule: A response computed with a wrong password is refused.

    Scenario Outline: does not let another key <operation>
      Given Alice can "<operation>"
      When Alice tries to "<operation>" with the digest "another key"
      Then the server refuses it

      Examples:
        | operation                 |
        | read the profile          |
        | read the greetings folder |

  @MSTORE-AUTH-28
  Rule: A `realm` other than the challenge's may be refused.

    Scenario: reports whether the bare name of the host will do for a realm
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "another realm"
      Then the answer is noted

  @MSTORE-AUTH-29
  Rule: A nonce the server never issued is refused.

    Scenario Outline: does not take a nonce that it never gave out: <nonce>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<nonce>"
      Then the server refuses it

      Examples:
        | nonce                                 |
        | another nonce                         |
        | the nonce but for its first character |
        | the nonce with a digit before it      |

  @MSTORE-AUTH-30
  Rule: HA2 binds the method.

    Scenario: does not take a digest for another method
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "the method DELETE"
      Then the server refuses it

    @writes
    Scenario: does not let the digest of a reader write
      Given Alice's profile is known
      When Alice tries to "write the profile" with the digest "the method GET"
      Then Alice's profile is as before
      And Alice can "write the profile"

  @MSTORE-AUTH-31
  Rule: `uri` must denote the request target; valid credentials for one URL do not authorise another.

    Scenario: does not take a digest for another URL
      Given Alice can "read the greetings folder"
      When Alice tries to "read the greetings folder" with the digest of "read the profile"
      Then the server refuses it "digest of another URL"

  @MSTORE-AUTH-32
  Rule: `cnonce`, `nc` or `qop` missing, or `nc` not eight hex digits, may be refused.

    Scenario Outline: reports whether a digest with <digest> will do
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the answer is noted

      Examples:
        | digest                        |
        | no cnonce                     |
        | no cnonce, counted as nothing |
        | no nc                         |
        | no nc, counted as nothing     |
        | no qop                        |
        | nc of one digit               |
        | nc not hexadecimal            |

  @MSTORE-AUTH-33
  Rule: A legacy response without `qop` (RFC 2069 form) may be refused.

    Scenario: reports whether a response of the older form will do
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "the form of RFC 2069"
      Then the answer is noted

  @MSTORE-AUTH-34
  Rule: `algorithm=MD5-sess` and `algorithm=SHA-256` may be refused.

    Scenario Outline: reports whether <digest> will do
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the answer is noted

      Examples:
        | digest             |
        | algorithm MD5-sess |
        | algorithm SHA-256  |

  @MSTORE-AUTH-35
  Rule: Quoted `qop="auth"` and `algorithm="MD5"` in `Authorization` are accepted.

    Scenario Outline: takes <digest>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the server accepts it

      Examples:
        | digest                   |
        | qop and algorithm quoted |
        | qop unquoted             |
        | algorithm unquoted       |

  @MSTORE-AUTH-36
  Rule: Parameters are accepted in any order, separated by a bare comma or comma-space.

    Scenario Outline: takes <digest>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "<digest>"
      Then the server accepts it

      Examples:
        | digest                                     |
        | the parameters reversed                    |
        | the parameters by name                     |
        | commas alone                               |
        | commas and blanks                          |
        | the parameters reversed, commas and blanks |

  @MSTORE-AUTH-37
  Rule: A backslash in `uri` is escaped in the quoted-string and unescaped before HA2.

    Scenario: takes a digest of a URL with a backslash
      Given Alice can "read the profile"
      And Alice has 1 voicemail
      When Alice sets the flag "\Seen" of the voicemail
      Then the answer has:
        | status | to the digest, other than 401 |

  @MSTORE-AUTH-39 @slow
  Rule: Any other `User-Agent` ends in HTTP 504.

    Scenario Outline: does not serve <agent>
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the User-Agent "<agent>"
      Then the server answers 504

      Examples:
        | agent       |
        | Mozilla/5.0 |
        | curl/8      |

    Scenario Outline: does not let <agent> <operation>
      Given Alice has a mailbox
      When Alice tries to "<operation>" with the User-Agent "<agent>"
      Then the server answers 504

      Examples: readings
        | agent     | operation                  |
        | x3gpp-gba | read the profile           |
        | curl/8    | read the voicemails folder |
        | curl/8    | read the greetings folder  |
        | curl/8    | search                     |

      @writes
      Examples: changes
        | agent  | operation         |
        | curl/8 | write the profile |
        | curl/8 | upload a greeting |

    @gba @greeting @writes
    Scenario Outline: does not let another agent <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the User-Agent "curl/8"
      Then the server answers 504

      Examples:
        | operation    |
        | set a flag   |
        | clear a flag |

      @voicemail
      Examples: voicemails
        | operation      |
        | read an object |
        | download audio |
        | update in bulk |

      @voicemail @destroys
      Examples: deletion
        | operation      |
        | delete in bulk |

  @MSTORE-AUTH-40 @slow
  Rule: A request without `User-Agent` is refused.

    Scenario: does not serve a client that gives no name
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "User-Agent"
      Then the server refuses it

  @MSTORE-AUTH-41 @slow
  Rule: A `User-Agent` that merely contains the product token (`Foo/1.0 3gpp-gba`) is not covered by the specification.

    Scenario: reports whether the name may stand among others
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the User-Agent "Foo/1.0 3gpp-gba"
      Then the answer is noted

  @MSTORE-AUTH-46
  Rule: Credentials of another scheme are answered 401 with the Digest challenge; what is no digest is refused.

    Scenario Outline: asks for a digest when it is given "<credentials>"
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the Authorization "<credentials>"
      Then the server challenges it "another scheme"

      Examples:
        | credentials                |
        | Basic dXNlcjpwYXNzd29yZA== |
        | Bearer x                   |

    Scenario Outline: does not take "<credentials>" for a digest
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the Authorization "<credentials>"
      Then the server refuses it

      Examples:
        | credentials     |
        | Digest          |
        | Digest username |

  @MSTORE-AUTH-47 @writes
  Rule: A request refused for bad credentials changes nothing.

    @destroys
    Scenario: deletes nothing for another key
      Given Alice is ready to "delete in bulk"
      And Alice's voicemails are known
      When Alice tries to "delete in bulk" with the digest "another key"
      Then Alice's voicemails are as before
      And Alice can "delete in bulk"

    @greeting
    Scenario: sets no flag for another key
      Given Alice is ready to "set a flag"
      And Alice's greetings are known
      When Alice tries to "set a flag" with the digest "another key"
      Then Alice's greetings are as before
      And Alice can "set a flag"

    @greeting
    Scenario: clears no flag for another key
      Given Alice can "set a flag"
      And Alice's greetings are known
      When Alice tries to "clear a flag" with the digest "another key"
      Then Alice's greetings are as before
      And Alice can "clear a flag"

    Scenario Outline: does not <operation> for <digest>
      Given Alice is ready to "<operation>"
      And Alice's mailbox is known
      When Alice tries to "<operation>" with the digest "<digest>"
      Then Alice's mailbox is as before
      And Alice can "<operation>"

      Examples:
        | operation         | digest           |
        | write the profile | another key      |
        | write the profile | another nonce    |
        | write the profile | another username |
        | update in bulk    | another key      |
        | update in bulk    | another nonce    |
        | update in bulk    | another username |

      @greeting
      Examples: greetings
        | operation         | digest        |
        | upload a greeting | another key   |
        | upload a greeting | another nonce |

  @MSTORE-AUTH-48
  Rule: Re-using a nonce with the same `nc` is refused, or accepted; the client contract needs only single use.

    Scenario: reports whether a request can be repeated as it is
      Given Alice can "read the profile"
      When Alice tries to "repeat the request, credentials included"
      Then the answer is noted

  @MSTORE-AUTH-49
  Rule: Credentials that are refused are answered 401 with a new challenge.

    Scenario Outline: challenges a client again that asks to <operation> with another key
      Given Alice can "<operation>"
      When Alice tries to "<operation>" with the digest "another key"
      Then the server challenges it

      Examples:
        | operation                 |
        | read the profile          |
        | read the greetings folder |

  @MSTORE-AUTH-50
  Rule: `qop` and `algorithm` in `Authorization` are accepted without quotes, as RFC 2617 writes them.

    Scenario: takes qop and algorithm without quotes
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "qop and algorithm unquoted"
      Then the server accepts it
