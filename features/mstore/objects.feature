Feature: Objects
  The attributes of a voicemail or a greeting give its time and sender, its URL, and the URL of its audio.

  @MSTORE-OBJECT-01
  Rule: GET succeeds and answers JSON `object`.

    Scenario: shows a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the server accepts it
      And the answer has:
        | object | an object |

    @greeting @writes
    Scenario: shows a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the server accepts it
      And the answer has:
        | object | an object |

  @MSTORE-OBJECT-02
  Rule: The `object` value equals the item the search returns for it.

    Scenario: shows a voicemail as a search does
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then a search shows the voicemail of Alice as the answer does

    @greeting @writes
    Scenario: shows a greeting as a search does
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then a search shows the greeting "one" of Alice as the answer does

  @MSTORE-OBJECT-03
  Rule: `parentFolder` is the URL of the containing folder.

    Scenario: names the folder of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.parentFolder | a URL ending /folders/27a29814-dd8f-43ee-b768-19af98bf1d07 |

    @greeting @writes
    Scenario: names the folder of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.parentFolder | a URL ending /folders/c1a7c823-fdd1-4857-8d44-b315444d2a83 |

  @MSTORE-OBJECT-04
  Rule: `attributes.attribute[]` items are `{name, value:[one string]}`.

    Scenario: shows every attribute of a voicemail with one value
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.attributes.attribute | a list of attributes |

    @greeting @writes
    Scenario: shows every attribute of a greeting with one value
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.attributes.attribute | a list of attributes |

  @MSTORE-OBJECT-05
  Rule: `content-duration` (both kinds): a number of seconds.

    Scenario: returns how many seconds a voicemail lasts
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | content-duration | a number of seconds |

    @greeting @writes
    Scenario: returns how many seconds a greeting lasts
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | content-duration | a number of seconds |

  @MSTORE-OBJECT-06
  Rule: `Content-Transfer-Encoding` (both kinds): encoding used when downloading.

    Scenario: returns the transfer encoding of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | Content-Transfer-Encoding | a transfer encoding |

    @greeting @writes
    Scenario: returns the transfer encoding of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | Content-Transfer-Encoding | a transfer encoding |

  @MSTORE-OBJECT-07
  Rule: `content-type` (both kinds): MIME type of the download response, not of the file.

    Scenario: returns the media type of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | content-type | a media type other than of audio |

    @greeting @writes
    Scenario: returns the media type of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | content-type | a media type other than of audio |

  @MSTORE-OBJECT-08
  Rule: `date` (both kinds): creation timestamp, an instant of ISO 8601.

    Scenario: returns the date of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | date | an instant |

    @greeting @writes
    Scenario: returns the date of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | date | an instant |

  @MSTORE-OBJECT-09
  Rule: `Direction` (both kinds): call direction; always `In` for greetings.

    Scenario: returns the direction of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | Direction | any text |

    @greeting @writes
    Scenario: returns the direction of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | Direction | In |

  @MSTORE-OBJECT-10
  Rule: `expires`: voicemails only, expiration timestamp.

    Scenario: returns when a voicemail expires
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | expires | an instant after its date |

    @greeting @writes
    Scenario: returns no expires for a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | expires | none |

  @MSTORE-OBJECT-11
  Rule: `from` (both kinds): source number, possibly with `@domain`; for greetings equals the MSISDN.

    Scenario: returns the number that a voicemail is from
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | from | a number, perhaps with a domain |

    @mock
    Scenario Outline: returns the from of a voicemail from <number>
      Given Alice has a voicemail with:
        | from | <number> |
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | from | a number, perhaps with a domain |

      Examples:
        | number              |
        | 12025550123         |
        | 12025550123@tmo.com |

    @greeting @writes
    Scenario: gives a greeting the subscriber's number
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | from | the subscriber's number, perhaps with a domain |

  @MSTORE-OBJECT-12
  Rule: `importance`: voicemails only.

    Scenario: returns the importance of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | importance | any text |

    @greeting @writes
    Scenario: returns no importance for a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | importance | none |

  @MSTORE-OBJECT-13
  Rule: `message-context` (both kinds): `voice-message` or `x-voice-grtng`.

    Scenario: says of a voicemail what it is
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | message-context | voice-message |

    @greeting @writes
    Scenario: says of a greeting what it is
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | message-context | x-voice-grtng |

  @MSTORE-OBJECT-14
  Rule: `Message-Id` (both kinds): unique id of the object.

    Scenario: gives every voicemail an id of its own
      Given Alice has 3 voicemails
      When Alice reads the second voicemail
      Then the answer holds the attributes:
        | Message-Id | any text |
      And no two of Alice's voicemails have the same Message-Id

    @mock
    Scenario: gives voicemails of one second ids of their own
      Given Alice has a voicemail with:
        | date | 2024-05-01T10:00:00Z |
      And Alice has a voicemail with:
        | date | 2024-05-01T10:00:00Z |
      When Alice reads the second voicemail
      Then the answer holds the attributes:
        | Message-Id | any text |
      And no two of Alice's voicemails have the same Message-Id

    @greeting @writes
    Scenario: gives every greeting an id of its own
      Given Alice has the greeting "one"
      And Alice has the greeting "two"
      When Alice reads the greeting "two"
      Then the answer holds the attributes:
        | Message-Id | any text |
      And no two of Alice's greetings have the same Message-Id

  @MSTORE-OBJECT-15
  Rule: `mime-version` (both kinds).

    Scenario: returns the version of MIME of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | mime-version | 1.0 |

    @greeting @writes
    Scenario: returns the version of MIME of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | mime-version | 1.0 |

  @MSTORE-OBJECT-16
  Rule: `return-number`: voicemails only, possibly with `@domain`.

    Scenario: returns the number that a voicemail is to be answered at
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | return-number | a number, perhaps with a domain |

    @mock
    Scenario Outline: returns the return-number of a voicemail from <number>
      Given Alice has a voicemail with:
        | from | <number> |
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | return-number | a number, perhaps with a domain |

      Examples:
        | number              |
        | 12025550123         |
        | 12025550123@tmo.com |

    @greeting @writes
    Scenario: returns no return-number for a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | return-number | none |

  @MSTORE-OBJECT-17
  Rule: `sensitivity`: voicemails only.

    Scenario: returns the sensitivity of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | sensitivity | any text |

    @greeting @writes
    Scenario: returns no sensitivity for a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | sensitivity | none |

  @MSTORE-OBJECT-18
  Rule: `sourcenode`: voicemails only.

    Scenario: returns the node of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | sourcenode | any text |

    @greeting @writes
    Scenario: returns no sourcenode for a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | sourcenode | none |

  @MSTORE-OBJECT-19
  Rule: `subject`: greetings only, the string given at upload.

    Scenario: returns no subject for a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | subject | none |

    @greeting @writes
    Scenario: returns the subject of a greeting
      Given Alice has the greeting "out of office"
      When Alice reads the greeting "out of office"
      Then the answer holds the attributes:
        | subject | out of office |

    @greeting @writes
    Scenario Outline: returns the subject <subject> unchanged
      Given Alice has the greeting "one" with:
        | subject | <subject> |
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | subject | <subject> |

      Examples:
        | subject                                                                       |
        | 0                                                                             |
        | null                                                                          |
        | "quoted" 'twice'                                                              |
        | C:\\new\\table                                                                |
        | <b>&amp; 100 %41</b>                                                          |
        | Grüße, 日本語 😀                                                              |
        | !#$%&()*+,-./:;<=>?@[]^_`{}~                                                  |
        | a subject that is longer than any line of the message that it comes with may be, which is nothing to a server that keeps it as text |

  @MSTORE-OBJECT-20
  Rule: `to` (both kinds): target number without domain suffix; for greetings equals the MSISDN.

    Scenario: returns the number that a voicemail is for
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | to | the subscriber's number |

    @greeting @writes
    Scenario: returns the number that a greeting is for
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | to | the subscriber's number |

  @MSTORE-OBJECT-21
  Rule: `x-cns-greeting-type`: greetings only, the type given at upload.

    Scenario: returns no x-cns-greeting-type for a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | x-cns-greeting-type | none |

    @greeting @writes
    Scenario Outline: returns that a greeting is a <type>
      Given Alice has the greeting "one" with:
        | x-cns-greeting-type | <type> |
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | x-cns-greeting-type | <type> |

      Examples:
        | type            |
        | normal-greeting |
        | voice-signature |

  @MSTORE-OBJECT-22
  Rule: `flags.flag` is an array of strings.

    Scenario: shows the flags of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.flags.flag | a list of texts |

    @greeting @writes
    Scenario: shows the flags of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.flags.flag | a list of texts |

  @MSTORE-OBJECT-23
  Rule: `flags.resourceURL` is the URL ending `/objects/<object path>/flags`.

    Scenario: says where the flags of a voicemail are
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.flags.resourceURL | a URL ending /objects/[OBJECT PATH]/flags |

    @greeting @writes
    Scenario: says where the flags of a greeting are
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.flags.resourceURL | a URL ending /objects/[OBJECT PATH]/flags |

  @MSTORE-OBJECT-24
  Rule: `resourceURL` is the URL ending `/objects/<object path>`.

    Scenario: says where a voicemail is
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.resourceURL | a URL ending /objects/[OBJECT PATH] |

    @greeting @writes
    Scenario: says where a greeting is
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.resourceURL | a URL ending /objects/[OBJECT PATH] |

  @MSTORE-OBJECT-25
  Rule: `path` is `/VV-Mail/Inbox/…` for voicemails.

    Scenario: files a voicemail in the inbox
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.path | text that begins /VV-Mail/Inbox/ |

  @MSTORE-OBJECT-26
  Rule: `path` is `/VV-Mail/Greetings/…` for greetings.

    Scenario: files a greeting among the greetings
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.path | text that begins /VV-Mail/Greetings/ |

  @MSTORE-OBJECT-27
  Rule: `payloadURL` is a URL below `/objects/`.

    Scenario: says where the whole of a voicemail is
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadURL | a URL below /objects/ |

    @greeting @writes
    Scenario: says where the whole of a greeting is
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadURL | a URL below /objects/ |

  @MSTORE-OBJECT-28
  Rule: `payloadPart` is an array with exactly one part.

    Scenario: shows the audio of a voicemail as its one part
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadPart | a list of one |

    @greeting @writes
    Scenario: shows the audio of a greeting as its one part
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadPart | a list of one |

  @MSTORE-OBJECT-29
  Rule: `payloadPart[0].contentType`: MIME type of the audio file.

    Scenario: shows the media type of the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadPart.0.contentType | a media type of audio |

    @greeting @writes
    Scenario: shows the media type of the audio of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadPart.0.contentType | a media type of audio |

  @MSTORE-OBJECT-30
  Rule: `payloadPart[0].size`: byte size of the audio file.

    Scenario: shows the size of the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadPart.0.size | a count of bytes |

    @greeting @writes
    Scenario: shows the size of the audio of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadPart.0.size | a count of bytes |

  @MSTORE-OBJECT-31
  Rule: `payloadPart[0].contentEncoding`: transfer encoding when downloading.

    Scenario: shows the encoding of the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadPart.0.contentEncoding | a transfer encoding |

    @greeting @writes
    Scenario: shows the encoding of the audio of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadPart.0.contentEncoding | a transfer encoding |

  @MSTORE-OBJECT-32
  Rule: `payloadPart[0].contentDisposition`: a value of Content-Disposition.

    Scenario: shows the file name of the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadPart.0.contentDisposition | a content disposition |

    @greeting @writes
    Scenario: shows the file name of the audio of a greeting
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadPart.0.contentDisposition | a content disposition |

  @MSTORE-OBJECT-33
  Rule: `payloadPart[0].href` is the URL of the audio file.

    Scenario: says where the audio of a voicemail is
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.payloadPart.0.href | a URL below /objects/ other than its own |

    @greeting @writes
    Scenario: says where the audio of a greeting is
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.payloadPart.0.href | a URL below /objects/ other than its own |

  @MSTORE-OBJECT-34
  Rule: `correlationId` equals the `Message-Id` attribute.

    Scenario: correlates a voicemail by its Message-Id
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.correlationId | its Message-Id |

    @greeting @writes
    Scenario: correlates a greeting by its Message-Id
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.correlationId | its Message-Id |

  @MSTORE-OBJECT-35 @voicemail
  Rule: An unknown object path is refused.

    Scenario Outline: has no <folder> that was never there
      Given Alice can "read an object"
      When Alice reads an unknown <folder>
      Then the server refuses it

      Examples:
        | folder    |
        | voicemail |
        | greeting  |

    @mock
    Scenario Outline: does not take <path> for the path of a voicemail
      Given Alice has 1 voicemail
      When Alice tries to "read an object" with the path "[objects]/<path>"
      Then the server refuses it

      Examples:
        | path                                     |
        | [path of the voicemail of Alice]0        |
        | [path of the voicemail of Alice]x        |
        | [path of the voicemail of Alice]%2F1     |
        | 0[path of the voicemail of Alice]        |
        | x[path of the voicemail of Alice]        |

  @MSTORE-OBJECT-36
  Rule: GET changes neither flags nor counters.

    Scenario: leaves a voicemail as it is when it is read
      Given Alice has 1 voicemail
      And Alice's voicemails are known
      When Alice reads the voicemail
      Then the server accepts it
      And Alice's voicemails are as before

    @greeting @writes
    Scenario: leaves a greeting as it is when it is read
      Given Alice has the greeting "one" with:
        | flags |  |
      And Alice's greetings are known
      When Alice reads the greeting "one"
      Then the server accepts it
      And Alice's greetings are as before

    @greeting @writes
    Scenario Outline: leaves all as it is when <object> is read
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      And Alice has the greeting "heard" with:
        | flags | \Seen |
      And Alice has the greeting "active" with:
        | flags |  |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "active"
      And Alice's mailbox is known
      When Alice reads <object>
      Then the server accepts it
      And Alice's mailbox is as before

      Examples:
        | object                |
        | the first voicemail   |
        | the second voicemail  |
        | the greeting "heard"  |
        | the greeting "active" |

  @MSTORE-OBJECT-40
  Rule: `Message-Id` is a timestamp.

    Scenario: gives a voicemail an id that is a timestamp
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer holds the attributes:
        | Message-Id | a timestamp |

    @greeting @writes
    Scenario: gives a greeting the id in milliseconds that it came with
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer holds the attributes:
        | Message-Id | a whole number |

  @MSTORE-OBJECT-41
  Rule: `flags.flag` lists no flag twice.

    Scenario: lists each flag of a voicemail once
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.flags.flag | a list of different texts |

    @greeting @writes
    Scenario: lists each flag of a greeting once
      Given Alice has the greeting "one"
      When Alice reads the greeting "one"
      Then the answer has:
        | object.flags.flag | a list of different texts |

  @MSTORE-OBJECT-42
  Rule: GET answers the object at its path, whichever others there are.

    Scenario Outline: shows <object> and no other
      Given Alice has 3 voicemails
      And Alice has the greeting "early"
      And Alice has the greeting "late"
      When Alice reads <object>
      Then the answer has:
        | object.resourceURL       | a URL ending /objects/[OBJECT PATH]       |
        | object.flags.resourceURL | a URL ending /objects/[OBJECT PATH]/flags |
        | object.correlationId     | its Message-Id                            |
      And the answer holds the attributes:
        | Message-Id | that of <object> |
      And a search shows <object> of Alice as the answer does

      Examples:
        | object               |
        | the first voicemail  |
        | the second voicemail |
        | the third voicemail  |
        | the greeting "early" |
        | the greeting "late"  |

  @MSTORE-OBJECT-43
  Rule: `parentFolder`, its path below the base URL, is the address of the folder.

    Scenario: has the folder where a voicemail says
      Given Alice has 1 voicemail
      When Alice tries to "read the folder that the voicemail names"
      Then the server accepts it
      And the answer holds the attributes:
        | VMOccupiedMessages | the number of Alice's voicemails |

    @greeting @writes
    Scenario: has the folder where a greeting says
      Given Alice has the greeting "one"
      When Alice tries to "read the folder that the greeting names"
      Then the server accepts it
      And the answer holds the attributes:
        | GreetingsOccupied | the number of Alice's greetings |

  @MSTORE-OBJECT-44
  Rule: `flags.resourceURL`, its path below the base URL and a flag behind it, is the address of the flag.

    Scenario: has the flag where a greeting says
      Given Alice has the greeting "one"
      When Alice tries to "set the flag behind the flags of the greeting"
      Then the server accepts it
      And the greeting "one" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-OBJECT-45
  Rule: An object of another mailbox is not shown.

    Scenario: does not show Bob's voicemail at its path in Alice's mailbox
      Given Alice has 1 voicemail
      And Bob has 2 voicemails
      When Alice tries to "read an object" with the path "[objects]/[path of the second voicemail of Bob]"
      Then the server refuses it

    @writes
    Scenario: does not show Bob's greeting at its path in Alice's mailbox
      Given Alice can "read an object"
      And Bob has the greeting "his"
      When Alice tries to "read an object" with the path "[objects]/[path of the greeting of Bob]"
      Then the server refuses it

  @MSTORE-OBJECT-46
  Rule: Reading an object again answers the same.

    Scenario Outline: shows <object> the second time as the first
      Given Alice has 2 voicemails
      And Alice has the greeting "one"
      And Alice's mailbox is known
      And Alice read <object>
      When Alice reads <object>
      Then the server accepts it
      And a search shows <object> of Alice as the answer does
      And Alice's mailbox is as before

      Examples:
        | object               |
        | the second voicemail |
        | the greeting "one"   |
