Feature: Uploads
  A greeting is uploaded as a message of two documents: what it is, and a message of its own with the audio. The
  server keeps what the upload says of the greeting and fills in the rest.

  @MSTORE-UPLOAD-01
  Rule: POST `/objects` with the multipart message answers 2xx and creates the object.

    Scenario: takes a greeting
      Given Alice has a mailbox
      And Alice's mailbox is known
      When Alice uploads the greeting "hello" with:
        | flags | \Seen |
      Then the server accepts it
      And Alice finds the greeting "hello" among the greetings
      And Alice's mailbox is as before but for:
        | the greeting "hello" | anything |

  @MSTORE-UPLOAD-05
  Rule: `/VV-Mail/Inbox` is the folder path for voicemails.

    Scenario: takes a voicemail
      Given Alice has a mailbox
      When Alice uploads the greeting "message" with:
        | folder              | /VV-Mail/Inbox |
        | x-cns-greeting-type |                |
      Then the server answers 200 "voicemail uploaded"
      And Alice finds the greeting "message" among the voicemails if and only if it was accepted
      And Alice does not find the greeting "message" among the greetings

  @MSTORE-UPLOAD-06
  Rule: `/VV-Mail/Greetings` is the folder path for custom greetings.

    Scenario: puts a greeting among the greetings
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | folder | /VV-Mail/Greetings |
      Then Alice finds the greeting "hello" among the greetings
      And Alice does not find the greeting "hello" among the voicemails

  @MSTORE-UPLOAD-07
  Rule: An upload to another folder path is refused or stored where the server sees fit.

    Scenario Outline: reports what becomes of an upload to <folder>
      Given Alice has the greeting "hello"
      When Alice uploads the greeting "astray" with:
        | folder | <folder> |
      Then the answer is noted

      Examples:
        | folder                 |
        | /VV-Mail/Nowhere       |
        | /VV-Mail               |
        | /VV-Mail/Greetings/new |

  @MSTORE-UPLOAD-08
  Rule: `content-duration` attribute given at upload is returned by GET.

    Scenario Outline: keeps a duration of <seconds> s
      Given Alice has the greeting "hello" with:
        | frames           | <frames>  |
        | content-duration | <seconds> |
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | content-duration | <seconds> seconds |

      Examples:
        | frames | seconds |
        | 50     | 1       |
        | 600    | 12      |

    Scenario: keeps the duration of a greeting that becomes active
      Given Alice has the greeting "hello" with:
        | frames           | 50 |
        | content-duration | 1  |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "hello"
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | content-duration | 1 seconds |

  @MSTORE-UPLOAD-09
  Rule: `date` attribute given at upload is returned by GET.

    Scenario: keeps a date
      Given Alice has the greeting "hello" with:
        | date | 2019-05-04T03:02:01Z |
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | date | the instant 2019-05-04T03:02:01Z |

  @MSTORE-UPLOAD-10
  Rule: `Message-Id` attribute given at upload is returned, and equals `correlationId`.

    Scenario: keeps an id
      Given Alice has the greeting "hello" with:
        | Message-Id | 1556938921123 |
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | Message-Id | 1556938921123 |
      And the answer has:
        | object.correlationId | 1556938921123 |

  @MSTORE-UPLOAD-11
  Rule: `mime-version` attribute given at upload is returned.

    Scenario: keeps the version of MIME
      Given Alice has the greeting "hello" with:
        | mime-version | 1.0 |
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | mime-version | 1.0 |

  @MSTORE-UPLOAD-12
  Rule: `subject` attribute, an arbitrary string, is returned unchanged.

    Scenario Outline: keeps the subject <subject>
      Given Alice has the greeting "hello" with:
        | subject | <subject> |
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | subject | <subject> |

      Examples:
        | subject                                                                                                    |
        | On holiday                                                                                                 |
        | Grüße "x" \\ y                                                                                             |
        | いらっしゃいません 🏖                                                                                       |
        | <b>R&D</b> &amp; more                                                                                      |
        | two  blanks                                                                                                |
        | 100% %41 1+1 ~^`{}                                                                                         |
        | We are closed for the holidays from the first of August to the fifteenth of September, and back after that |

  @MSTORE-UPLOAD-13
  Rule: `x-cns-greeting-type` attribute given at upload is returned.

    Scenario: keeps the type normal-greeting
      Given Alice has the greeting "hello" with:
        | x-cns-greeting-type | normal-greeting |
      When Alice reads the greeting "hello"
      Then the answer holds the attributes:
        | x-cns-greeting-type | normal-greeting |

    @mock
    Scenario: keeps the type voice-signature
      Given Alice has the greeting "Alice" with:
        | x-cns-greeting-type | voice-signature |
      When Alice reads the greeting "Alice"
      Then the answer holds the attributes:
        | x-cns-greeting-type | voice-signature |

    @mock
    Scenario: keeps the type voice-signature of one that becomes active
      Given Alice has the greeting "Alice" with:
        | x-cns-greeting-type | voice-signature |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "Alice"
      When Alice reads the greeting "Alice"
      Then the answer holds the attributes:
        | x-cns-greeting-type | voice-signature |

  @MSTORE-UPLOAD-14
  Rule: The `\Seen` flag given at upload is on the new object.

    Scenario: keeps the flag
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | flags | \Seen |
      Then the greeting "hello" of Alice has the flag "\Seen"
      And the greeting "hello" of Alice does not have the flag "\Recent"

  @MSTORE-UPLOAD-15
  Rule: The recommended attributes and flag are not required.

    Scenario: takes a greeting of which only the folder is known
      Given Alice has a mailbox
      When Alice uploads the greeting "bare" with:
        | content-duration    |  |
        | date                |  |
        | Message-Id          |  |
        | mime-version        |  |
        | subject             |  |
        | x-cns-greeting-type |  |
        | flags               |  |
      Then the server accepts it
      And Alice finds the greeting "bare" among the greetings

    Scenario Outline: takes a greeting without <what>
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | <what> |  |
      Then the server accepts it
      And Alice finds the greeting "hello" among the greetings

      Examples:
        | what                |
        | content-duration    |
        | date                |
        | Message-Id          |
        | mime-version        |
        | subject             |
        | x-cns-greeting-type |
        | flags               |

  @MSTORE-UPLOAD-16
  Rule: Without `\Seen` the new object has `\Recent`.

    Scenario: marks a greeting as new that was not marked as seen
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | flags |  |
      Then the greeting "hello" of Alice has the flag "\Recent"
      And the greeting "hello" of Alice does not have the flag "\Seen"

  @MSTORE-UPLOAD-32
  Rule: A message whose inner boundary equals the outer is refused, or read all the same.

    Scenario: reports what becomes of a message in a message of the same boundary
      Given Alice has the greeting "hello"
      When Alice uploads the greeting "torn" with:
        | outer boundary | touchstone |
        | inner boundary | touchstone |
      Then the answer is noted

  @MSTORE-UPLOAD-33
  Rule: Base64 lines ending in LF alone, and a trailing LF before the delimiter's CRLF, are accepted.

    Scenario Outline: takes <bytes> bytes of audio in lines that end in LF
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | bytes | <bytes> |
        | lines | LF      |
      Then the server accepts it
      And what Alice uploaded can be downloaded

      Examples:
        | bytes |
        | 171   |
        | 172   |
        | 173   |

  @MSTORE-UPLOAD-34
  Rule: Boundary strings are arbitrary.

    Scenario Outline: takes a message with the boundaries <outer> and <inner>
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | outer boundary | <outer> |
        | inner boundary | <inner> |
      Then the server accepts it
      And what Alice uploaded can be downloaded

      Examples:
        | outer                                                                  | inner                                                                  |
        | a                                                                      | b                                                                      |
        | ----WebKitFormBoundary7MA4YWxkTrZu0gW                                  | ----------------------------974767299852498929531610575                |
        | 0123456789012345678901234567890123456789012345678901234567890123456789 | 9876543210987654321098765432109876543210987654321098765432109876543210 |
        | Part_1.2-3+4'5                                                         | _._-_+_'_                                                              |

  @MSTORE-UPLOAD-35
  Rule: A greeting uploaded without `$CNS-Greeting-On` is not active.

    Scenario Outline: leaves a new greeting off with the flags <flags>
      Given Alice has a mailbox
      When Alice uploads the greeting "hello" with:
        | flags | <flags> |
      Then the greeting "hello" of Alice does not have the flag "$CNS-Greeting-On"

      Examples:
        | flags |
        | \Seen |
        |       |

  @MSTORE-UPLOAD-36
  Rule: The server fills in what the client does not send: `resourceURL`, `path`, `parentFolder`, `payloadPart`, `Direction`=`In`, `from`, `to`.

    Scenario: fills in what an upload leaves out
      Given Alice has the greeting "bare" with:
        | content-duration    |  |
        | date                |  |
        | Message-Id          |  |
        | mime-version        |  |
        | subject             |  |
        | x-cns-greeting-type |  |
        | flags               |  |
      When Alice reads the greeting "bare"
      Then the answer has:
        | object.resourceURL        | any text      |
        | object.path               | any text      |
        | object.parentFolder       | any text      |
        | object.payloadPart        | a list of one |
        | object.payloadPart.0.href | any text      |
      And the answer holds the attributes:
        | Direction | In       |
        | from      | any text |
        | to        | any text |

  @MSTORE-UPLOAD-37 @mock
  Rule: An upload beyond `GreetingsQuota` (or the type's own quota, or TotalStorage) is refused.

    Scenario Outline: refuses what exceeds <quota>
      Given Alice has a mailbox with:
        | <quota> | 2 |
      And Alice has the greeting "first" with:
        | x-cns-greeting-type | <type> |
      And Alice has the greeting "second" with:
        | x-cns-greeting-type | <type> |
      And Alice's mailbox is known
      When Alice uploads the greeting "third" with:
        | frames              | <frames> |
        | x-cns-greeting-type | <type>   |
      Then the server refuses it
      And Alice's mailbox is as before

      Examples:
        | quota               | type            | frames |
        | GreetingsQuota      | normal-greeting | 3      |
        | NormalGreetingQuota | normal-greeting | 3      |
        | VoiceSignatureQuota | voice-signature | 3      |
        | TotalStorage        | normal-greeting | 100    |

    Scenario: counts greetings of any type for GreetingsQuota
      Given Alice has a mailbox with:
        | GreetingsQuota | 2 |
      And Alice has the greeting "first"
      And Alice has the greeting "Alice" with:
        | x-cns-greeting-type | voice-signature |
      And Alice's mailbox is known
      When Alice uploads the greeting "third" with:
        | x-cns-greeting-type | normal-greeting |
      Then the server refuses it
      And Alice's mailbox is as before

    Scenario: takes what fits
      Given Alice has a mailbox with:
        | GreetingsQuota | 2 |
      And Alice has the greeting "first"
      When Alice uploads the greeting "second" with:
        | flags | \Seen |
      Then the server accepts it

  @MSTORE-UPLOAD-38
  Rule: A message with one document missing is refused.

    Scenario Outline: refuses a message of <document> alone
      Given Alice has the greeting "hello"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "hello"
      And Alice's mailbox is known
      When Alice uploads the greeting "half" with:
        | documents | <document> |
      Then the server refuses it
      And Alice's mailbox is as before

      Examples:
        | document    |
        | root-fields |
        | attachments |

  @MSTORE-UPLOAD-39
  Rule: A root document that is no JSON is refused and nothing is stored.

    Scenario Outline: refuses the root document <root>
      Given Alice has the greeting "hello"
      And Alice's mailbox is known
      When Alice uploads the greeting "garbled" with:
        | root | <root> |
      Then the server refuses it
      And Alice's mailbox is as before

      Examples:
        | root                                            |
        | {"object":                                      |
        | {object: {parentFolderPath: VV-Mail/Greetings}} |
        | parentFolderPath=/VV-Mail/Greetings             |

  @MSTORE-UPLOAD-40
  Rule: Two uploads give two objects, also with equal bytes.

    Scenario: keeps two greetings of the same audio
      Given Alice has the greeting "one" with:
        | bytes | 102 |
      And Alice's mailbox is known
      When Alice uploads the greeting "two" with:
        | bytes | 102 |
      Then Alice finds the greeting "one" and the greeting "two" among the greetings
      And Alice's mailbox is as before but for:
        | the greeting "two" | anything |

    Scenario: keeps two greetings that are uploaded at once
      Given Alice's greetings are known
      When Alice tries to "upload a greeting, and at once upload a greeting"
      Then the quota of Alice's greetings has:
        | GreetingsOccupied | 2 more |

  @MSTORE-UPLOAD-41
  Rule: An upload without `object.parentFolderPath` is refused, or stored where the server sees fit.

    Scenario: reports what becomes of a greeting that belongs to no folder
      Given Alice has the greeting "hello"
      When Alice uploads the greeting "astray" with:
        | folder |  |
      Then the answer is noted

  @MSTORE-UPLOAD-42
  Rule: An upload does not set `$MarkNotToDelete`.

    Scenario: does not keep a greeting for ever because its upload says so
      Given Alice has the greeting "other"
      And Alice can "read the profile"
      When Alice uploads the greeting "mine" with:
        | flags | \Seen $MarkNotToDelete |
      And Alice searches the greetings by pages of 30
      Then each "object" of the answer is "not flagged $MarkNotToDelete"

  @MSTORE-UPLOAD-43
  Rule: An upload with `$CNS-Greeting-On` is refused, or stored active or inactive.

    Scenario: reports what becomes of a greeting that is uploaded as active
      Given Alice has a mailbox
      When Alice uploads the greeting "mine" with:
        | flags | \Seen $CNS-Greeting-On |
      Then the answer is noted

  @MSTORE-UPLOAD-44
  Rule: The same message in another spelling means the same.

    Scenario Outline: understands a message with <spelling>
      Given Alice has a mailbox
      When Alice uploads the greeting "mine" with:
        | spelling | <spelling> |
      Then the server accepts it
      And what Alice uploaded can be downloaded

      Examples:
        | spelling                   |
        | header names in lower case |
        | header names in upper case |
        | media types in upper case  |
        | boundaries in quotes       |
        | text before and behind it  |

  @MSTORE-UPLOAD-45
  Rule: An upload whose documents give wrong lengths is refused or stored whole.

    Scenario Outline: does not store a part of a message with <spelling>
      Given Alice has a mailbox
      When Alice uploads the greeting "mine" with:
        | bytes    | 400        |
        | spelling | <spelling> |
      Then Alice finds the audio of the greeting "mine" if and only if it was accepted

      Examples:
        | spelling                   |
        | lengths that are too small |
        | lengths that are too large |

  @MSTORE-UPLOAD-46
  Rule: A recommended member that is null or empty is as one that is left out.

    @mock
    Scenario Outline: takes a greeting with <members>
      Given Alice has a mailbox
      When Alice uploads the greeting "mine" with:
        | root | {"object":{"parentFolderPath":"/VV-Mail/Greetings",<members>}} |
      Then the server accepts it
      And what Alice uploaded can be downloaded

      Examples:
        | members                                           |
        | "attributes":null,"flags":null                    |
        | "attributes":{"attribute":[]},"flags":{"flag":[]} |
        | "flags":{"flag":null},"resourceURL":null          |

  @MSTORE-UPLOAD-47
  Rule: Of two uploads at once for the last place one is stored.

    Scenario: gives the last place once
      Given Alice has a mailbox with:
        | GreetingsQuota | 2 |
      And Alice has the greeting "first"
      And Alice's greetings are known
      When Alice tries to "upload a greeting, and at once upload a greeting"
      Then the quota of Alice's greetings has:
        | GreetingsOccupied | 1 more |

  @MSTORE-UPLOAD-48
  Rule: An upload leaves all other objects as they are.

    Scenario: leaves a greeting active and new when another one is uploaded
      Given Alice has the greeting "old" with:
        | flags | \Recent |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "old"
      And Alice's mailbox is known
      When Alice uploads the greeting "new" with:
        | subject | old |
      Then Alice finds the greeting "old" and the greeting "new" among the greetings
      And Alice's mailbox is as before but for:
        | the greeting "new" | anything |

    @mock
    Scenario: leaves a greeting active when a voice signature is uploaded
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice uploads the greeting "sig" with:
        | x-cns-greeting-type | voice-signature |
      Then the server accepts it
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-UPLOAD-49 @mock
  Rule: An upload to the inbox beyond `VMMessagesQuota` or TotalStorage is refused.

    Scenario Outline: refuses a voicemail that exceeds <quota>
      Given Alice has a mailbox with:
        | <quota> | 2 |
      And Alice has 2 voicemails
      And Alice's mailbox is known
      When Alice uploads the greeting "message" with:
        | folder              | /VV-Mail/Inbox |
        | frames              | <frames>       |
        | x-cns-greeting-type |                |
      Then the server refuses it
      And Alice's mailbox is as before

      Examples:
        | quota           | frames |
        | VMMessagesQuota | 3      |
        | TotalStorage    | 100    |

  @MSTORE-UPLOAD-50
  Rule: A greeting does not expire.

    Scenario: keeps a greeting past the time of voicemails
      Given Alice has a mailbox
      When Alice uploads the greeting "mine" with:
        | flags | \Seen |
      Then the server accepts it
      And 400 days have passed for Alice
      And Alice finds the greeting "mine" among the greetings
