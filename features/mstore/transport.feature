Feature: Transport
  The API is served over TLS by a proxy that speaks HTTP/1.0: one connection, one request, one answer.

  @MSTORE-TRANSPORT-01
  Rule: The API is served over TLS at the host of the base URL (production `wsg.t-mobile.com`, staging `wsg2.stg.sip.t-mobile.com`).

    Scenario: answers over TLS
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | HTTP/1.1 |
        | credentials | none     |
      Then the connection has:
        | TLS | used |

    Scenario: does not serve a client that speaks plain text
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | clear text |
        | credentials | none       |
      Then the answer has:
        | status | neither 401 nor from 200 to 299 |

  @MSTORE-TRANSPORT-02
  Rule: The response status line says `HTTP/1.0`, never 1.1 or 2.

    Scenario: says HTTP/1.0 to a client without credentials
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | HTTP/1.1 |
        | credentials | none     |
      Then the connection has:
        | status line | HTTP/1.0 |

    @gba
    Scenario: says HTTP/1.0 when all is well
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the form "HTTP/1.1"
      Then the connection has:
        | status line | HTTP/1.0 |

    @gba @voicemail @writes
    Scenario: says HTTP/1.0 with the results of a bulk request
      Given Alice is ready to "update in bulk"
      When Alice tries to "update in bulk" with the form "HTTP/1.1"
      Then the connection has:
        | status line | HTTP/1.0 |

    @gba
    Scenario: says HTTP/1.0 to a malformed request
      Given Alice has a mailbox
      When Alice tries to "search" with the body "{"
      Then the connection has:
        | status line | HTTP/1.0 |

    @gba @pin @writes @destroys
    Scenario: says HTTP/1.0 to a change of the PIN that it refuses
      Given Alice has a mailbox
      When Alice changes the PIN from a wrong PIN to a good PIN
      Then the connection has:
        | status line | HTTP/1.0 |

    @slow
    Scenario: says HTTP/1.0 when the gateway gives up
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the User-Agent "curl/8"
      Then the connection has:
        | status line | HTTP/1.0 |

    @gba @writes
    Scenario Outline: says HTTP/1.0 when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the form "HTTP/1.1"
      Then the connection has:
        | status line | HTTP/1.0 |

      @voicemail
      Examples: voicemails
        | operation      |
        | search         |
        | download audio |

      @greeting
      Examples: greetings
        | operation         |
        | set a flag        |
        | upload a greeting |

  @MSTORE-TRANSPORT-03
  Rule: The server closes the TCP connection after one response.

    Scenario: ends the connection with a client without credentials that would keep it
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | keep-alive |
        | credentials | none       |
      Then the connection has:
        | end | within 2 seconds of the answer |

    @gba
    Scenario: ends both connections of a call that would keep them
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the form "keep-alive"
      Then the connection has:
        | end | within 2 seconds of the answer |

    Scenario: does not answer a second request on the same connection
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | keep-alive, twice |
        | credentials | none              |
      Then the connection has:
        | answers | one |

    @gba
    Scenario Outline: ends the connection behind an answer when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the form "keep-alive"
      Then the connection has:
        | end | within 2 seconds of the answer |

      @writes
      Examples:
        | operation         |
        | write the profile |

      @voicemail
      Examples: voicemails
        | operation      |
        | search         |
        | download audio |

  @MSTORE-TRANSPORT-04
  Rule: No `Transfer-Encoding` header in responses (HTTP/1.0 has none); the body ends at `Content-Length` or at close.

    Scenario: answers a client without credentials in one piece
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | HTTP/1.1 |
        | credentials | none     |
      Then the answer has no "header Transfer-Encoding"
      And the connection has:
        | body | as long as Content-Length says |

    @gba
    Scenario Outline: answers in one piece when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the form "HTTP/1.1"
      Then the answer has no "header Transfer-Encoding"
      And the connection has:
        | body | as long as Content-Length says |

      Examples:
        | operation                  |
        | read the profile           |
        | read the voicemails folder |

      @voicemail
      Examples: voicemails
        | operation      |
        | search         |
        | download audio |

  @MSTORE-TRANSPORT-05
  Rule: TLS ALPN never selects `h2`.

    Scenario: does not take an offer of h2
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | an offer of h2 |
        | credentials | none           |
      Then the connection has:
        | ALPN | other than h2, or none |

  @MSTORE-TRANSPORT-06
  Rule: No `Connection: keep-alive` or `Keep-Alive` header is returned.

    Scenario: does not offer a client without credentials to keep the connection
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | keep-alive |
        | credentials | none       |
      Then the connection has:
        | keep-alive | not offered |

    @gba
    Scenario: does not offer to keep a connection when all is well
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the form "keep-alive"
      Then the connection has:
        | keep-alive | not offered |

  @MSTORE-TRANSPORT-10
  Rule: A request line labelled `HTTP/1.1` with `Host` and `Connection: Keep-Alive` is accepted.

    Scenario: serves a client of HTTP/1.1
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the form "keep-alive"
      Then the server accepts it

  @MSTORE-TRANSPORT-11
  Rule: A request line labelled `HTTP/1.0` is accepted.

    Scenario: asks a client of HTTP/1.0 for credentials
      Given Alice has a mailbox
      When Alice tries to "read the profile" with:
        | form        | HTTP/1.0 |
        | credentials | none     |
      Then the server answers 401

    Scenario: serves a client of HTTP/1.0
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the form "HTTP/1.0"
      Then the server accepts it

  @MSTORE-TRANSPORT-12
  Rule: A challenge obtained on one TCP connection is valid on another (two legs cannot share a connection).

    Scenario: takes on one connection what it asked for on another that has ended
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the form "HTTP/1.1"
      Then the server accepts it

  @MSTORE-TRANSPORT-15
  Rule: Gateway failures surface as HTTP statuses (504), not as a dropped connection.

    Scenario: says that the gateway gave up over an unknown client
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the User-Agent "curl/8"
      Then the answer is noted

    Scenario: says that the gateway gave up over a client without a name
      Given Alice has a mailbox
      When Alice tries to "read the profile" without "User-Agent"
      Then the answer is noted

    @gba
    Scenario: says that the gateway gave up over a folder without a filter
      Given Alice has a mailbox
      When Alice reads the folder "c1a7c823-fdd1-4857-8d44-b315444d2a83"
      Then the answer is noted
