Feature: Errors
  A malformed request is refused with one error that gives no reason, and has no effect.

  @MSTORE-ERROR-01
  Rule: A malformed request is likely answered HTTP 400.

    Scenario Outline: answers 400 to <body>, asked to <operation>
      Given Alice can "<operation>"
      When Alice tries to "<operation>" with the body "<body>"
      Then the server answers 400 "malformed"

      @voicemail
      Examples:
        | operation | body |
        | search    | {    |
        | search    | []   |
        | search    | {}   |

      @writes
      Examples: profile
        | operation         | body |
        | write the profile | {    |
        | write the profile | []   |

  @MSTORE-ERROR-02
  Rule: When it is, the body is the JSON object with the single member `error` = `MSTORE_RLY-MST_NWKERR`.

    Scenario Outline: says no more than the network error to <body>, asked to <operation>
      Given Alice can "<operation>"
      When Alice tries to "<operation>" with the body "<body>"
      Then the answer has:
        | body of a 400 | the network error |

      @voicemail
      Examples:
        | operation | body |
        | search    | {    |
        | search    | []   |
        | search    | {}   |

      @writes
      Examples: profile
        | operation         | body |
        | write the profile | {    |
        | write the profile | []   |

      @voicemail @destroys
      Examples: deletion
        | operation      | body |
        | delete in bulk | {    |

  @MSTORE-ERROR-03 @writes
  Rule: The error gives no indication of the cause.

    Scenario: says the same of text that is no JSON and of JSON that is something else
      Given Alice can "write the profile"
      When Alice tries to "write the profile" with the body "{"
      Then the answer is the same when Alice tries to "write the profile" with the body "[]"

    @voicemail
    Scenario: says the same whatever was asked for
      Given Alice can "search"
      When Alice tries to "search" with the body "{"
      Then the answer is the same when Alice tries to "search" with the body "[]"
      And the answer is the same when Alice tries to "write the profile" with the body "{"

  @MSTORE-ERROR-05 @writes
  Rule: A JSON body without that `Content-Type` may be left unprocessed; the specification binds only the client.

    Scenario: reports whether JSON that is said to be text is processed
      Given Alice can "write the profile"
      When Alice tries to "write the profile" with the Content-Type "text/plain"
      Then the answer is noted
      And Alice's profile has:
        | nut | false if it was accepted, else true |

    Scenario: reports whether JSON that is not said to be any is processed
      Given Alice can "write the profile"
      When Alice tries to "write the profile" without "Content-Type"
      Then the answer is noted
      And Alice's profile has:
        | nut | false if it was accepted, else true |

  @MSTORE-ERROR-07
  Rule: A 504 arrives within the 60 s read time-out of the deployed client.

    Scenario: gives up over an unknown client while that still waits
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the User-Agent "curl/8"
      Then the answer has:
        | time | at most 60 seconds |

  @MSTORE-ERROR-12 @writes
  Rule: Truncated bodies (fewer bytes than `Content-Length`) never take effect.

    Scenario Outline: does nothing for <form>
      Given Alice's profile is known
      When Alice tries to "write the profile" with the form "<form>"
      Then the answer has:
        | status | none from 200 to 299 |
      And Alice's profile is as before
      And Alice can "write the profile"

      Examples:
        | form                         |
        | half a body                  |
        | a body without its last byte |

    Scenario Outline: does not <operation> for <form>
      Given Alice is ready to "<operation>"
      And Alice's mailbox is known
      When Alice tries to "<operation>" with the form "<form>"
      Then the answer has:
        | status | none from 200 to 299 |
      And Alice's mailbox is as before
      And Alice can "<operation>"

      @greeting
      Examples: uploads
        | operation              | form        |
        | upload a long greeting | half a body |

      @voicemail
      Examples: changes
        | operation      | form                         |
        | update in bulk | half a body                  |
        | update in bulk | a body without its last byte |

      @voicemail @destroys
      Examples: deletions
        | operation      | form                         |
        | delete in bulk | half a body                  |
        | delete in bulk | a body without its last byte |

  @MSTORE-ERROR-13 @writes
  Rule: Undocumented methods on a documented path may be refused.

    Scenario Outline: reports whether there is a way to <operation> by <method>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the method "<method>"
      Then the answer is noted

      Examples:
        | operation                  | method |
        | read the profile           | POST   |
        | write the profile          | POST   |
        | write the profile          | PATCH  |
        | read the greetings folder  | POST   |
        | search                     | GET    |
        | search                     | PUT    |
        | update in bulk             | PUT    |
        | read an object             | PUT    |

      @destroys
      Examples: deletion
        | operation                  | method |
        | read an object             | DELETE |
        | read the profile           | DELETE |
        | read the voicemails folder | DELETE |
        | download audio             | DELETE |
        | delete in bulk             | POST   |

  @MSTORE-ERROR-14
  Rule: `application/json` is taken however it is written: in other letters, with a charset.

    Scenario Outline: lets a client <operation> with the type <type>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Content-Type "<type>"
      Then the server accepts it

      @writes
      Examples: profiles
        | operation         | type                            |
        | write the profile | application/json; charset=utf-8 |
        | write the profile | Application/JSON                |

      @voicemail
      Examples: searches
        | operation | type                            |
        | search    | application/json; charset=utf-8 |
        | search    | Application/JSON                |

      @voicemail @writes
      Examples: changes
        | operation      | type                           |
        | update in bulk | application/json;charset=UTF-8 |
        | update in bulk | Application/JSON               |

      @voicemail @destroys
      Examples: deletions
        | operation      | type                           |
        | delete in bulk | application/json;charset=UTF-8 |
        | delete in bulk | Application/JSON               |
