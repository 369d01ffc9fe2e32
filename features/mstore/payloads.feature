Feature: Payloads
  The audio of an object is downloaded from where its `href` says, by a URL that is rewritten before.

  @MSTORE-PAYLOAD-01
  Rule: GET of the path taken from `payloadPart[0].href` succeeds and answers the audio.

    Scenario: hands out the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the server accepts it
      And the bytes of the download are those of the voicemail

    @greeting @writes
    Scenario: hands out the audio of a greeting
      Given Alice has the greeting "one"
      When Alice downloads the greeting "one"
      Then the server accepts it
      And the bytes of the download are those of the greeting "one"

  @MSTORE-PAYLOAD-03
  Rule: The response's `Content-Transfer-Encoding` header equals `payloadPart[0].contentEncoding`.

    Scenario: names the encoding of a voicemail in a header
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the answer has:
        | header Content-Transfer-Encoding | payloadPart.0.contentEncoding of the voicemail |

    @greeting @writes
    Scenario: names the encoding of a greeting in a header
      Given Alice has the greeting "one"
      When Alice downloads the greeting "one"
      Then the answer has:
        | header Content-Transfer-Encoding | payloadPart.0.contentEncoding of the greeting "one" |

  @MSTORE-PAYLOAD-04
  Rule: The response's `Content-Disposition` header equals `payloadPart[0].contentDisposition`.

    Scenario: names the file of a voicemail in a header
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the answer has:
        | header Content-Disposition | payloadPart.0.contentDisposition of the voicemail |

    @greeting @writes
    Scenario: names the file of a greeting in a header
      Given Alice has the greeting "one"
      When Alice downloads the greeting "one"
      Then the answer has:
        | header Content-Disposition | payloadPart.0.contentDisposition of the greeting "one" |

  @MSTORE-PAYLOAD-05
  Rule: With `base64`, the body is base64 text that decodes to the audio file.

    Scenario: sends padded Base64 of the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the server accepts it
      And the encoding of the download is that of the voicemail

    @greeting @writes
    Scenario Outline: sends padded Base64 of a file of <bytes> bytes
      Given Alice has the greeting "one" with:
        | bytes | <bytes> |
      When Alice downloads the greeting "one"
      Then the server accepts it
      And the encoding of the download is that of the greeting "one"
      And the bytes of the download are those of the greeting "one"

      Examples:
        | bytes |
        | 60    |
        | 61    |
        | 62    |
        | 5000  |

  @MSTORE-PAYLOAD-06
  Rule: `size` is the byte size of the audio file, before or after it is encoded.

    Scenario: returns the size of the audio of a voicemail
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the size of the download is that of the voicemail

    @greeting @writes
    Scenario: returns the size of the audio of a greeting
      Given Alice has the greeting "one"
      When Alice downloads the greeting "one"
      Then the size of the download is that of the greeting "one"

  @MSTORE-PAYLOAD-07
  Rule: The decoded file is of the type `contentType` says.

    Scenario: sends a file of the type that a voicemail names
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the server accepts it
      And the type of the download is that of the voicemail

    @greeting @writes
    Scenario: sends a file of the type that a greeting names
      Given Alice has the greeting "one"
      When Alice downloads the greeting "one"
      Then the server accepts it
      And the type of the download is that of the greeting "one"

  @MSTORE-PAYLOAD-08
  Rule: The attribute `content-type` is the MIME type of the download response of the whole object.

    Scenario: sends the whole of a voicemail as the message that it says it is
      Given Alice has 1 voicemail
      When Alice downloads "payloadURL" of the voicemail
      Then the server accepts it
      And the message of the download is that of the voicemail

    @greeting @writes
    Scenario: sends the whole of a greeting as the message that it says it is
      Given Alice has the greeting "one"
      When Alice downloads "payloadURL" of the greeting "one"
      Then the server accepts it
      And the message of the download is that of the greeting "one"

  @MSTORE-PAYLOAD-09
  Rule: The attribute `Content-Transfer-Encoding` is the header value when downloading.

    Scenario: names the encoding in a header as an attribute of a voicemail does
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the answer has:
        | header Content-Transfer-Encoding | Content-Transfer-Encoding of the voicemail |

    @greeting @writes
    Scenario: names the encoding in a header as an attribute of a greeting does
      Given Alice has the greeting "one"
      When Alice downloads the greeting "one"
      Then the answer has:
        | header Content-Transfer-Encoding | Content-Transfer-Encoding of the greeting "one" |

  @MSTORE-PAYLOAD-10
  Rule: An uploaded greeting downloads byte for byte.

    Scenario Outline: hands out the <bytes> bytes that were uploaded
      Given Alice has the greeting "one" with:
        | bytes | <bytes> |
      When Alice downloads the greeting "one"
      Then the server accepts it
      And the bytes of the download are those of the greeting "one"

      Examples:
        | bytes |
        | 60    |
        | 61    |
        | 62    |
        | 1024  |
        | 5000  |

    Scenario Outline: hands out <bytes> bytes that it took
      Given Alice has a mailbox
      When Alice uploads the greeting "one" with:
        | bytes | <bytes> |
      Then Alice finds the audio of the greeting "one" if and only if it was accepted

      Examples:
        | bytes   |
        | 1048576 |

  @MSTORE-PAYLOAD-14
  Rule: Downloading does not set `\Seen`.

    Scenario: leaves a voicemail unheard when it is downloaded
      Given Alice has 1 voicemail
      And Alice read the voicemail
      And Alice's voicemails are known
      When Alice downloads the voicemail
      Then the server accepts it
      And Alice's voicemails are as before

    @greeting @writes
    Scenario Outline: leaves all as it is when <object> is downloaded
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      And Alice has the greeting "heard" with:
        | flags | \Seen |
      And Alice has the greeting "active" with:
        | flags |  |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "active"
      And Alice's mailbox is known
      When Alice downloads <object>
      Then the server accepts it
      And Alice's mailbox is as before

      Examples:
        | object                |
        | the first voicemail   |
        | the second voicemail  |
        | the greeting "heard"  |
        | the greeting "active" |

  @MSTORE-PAYLOAD-15
  Rule: An unknown payload path is refused.

    Scenario: has no part but the one that it lists
      Given Alice has 1 voicemail
      And Alice downloaded the voicemail
      When Alice downloads "another part" of the voicemail
      Then the server refuses it

  @MSTORE-PAYLOAD-16
  Rule: `content-duration` agrees with the audio.

    Scenario: returns how long the audio of a voicemail lasts
      Given Alice has 1 voicemail
      When Alice downloads the voicemail
      Then the server accepts it
      And the duration of the download is that of the voicemail

    @mock
    Scenario Outline: returns how long <frames> frames of a voicemail last
      Given Alice has a voicemail with:
        | frames | <frames> |
      When Alice downloads the voicemail
      Then the server accepts it
      And the duration of the download is that of the voicemail

      Examples:
        | frames |
        | 1      |
        | 75     |
        | 3000   |

  @MSTORE-PAYLOAD-17
  Rule: A download is the audio of the object whose `href` it is, whichever others there are.

    Scenario Outline: hands out the audio of <object> and no other
      Given Alice has the greeting "early" with:
        | bytes | 100 |
      And Alice has the greeting "middle" with:
        | bytes | 200 |
      And Alice has the greeting "late" with:
        | bytes | 300 |
      When Alice downloads <object>
      Then the server accepts it
      And the bytes of the download are those of <object>

      Examples:
        | object                |
        | the greeting "early"  |
        | the greeting "middle" |
        | the greeting "late"   |

    @voicemail
    Scenario Outline: hands out the audio of <object> beside greetings
      Given Alice has 2 voicemails
      And Alice has the greeting "one" with:
        | bytes | 100 |
      And Alice has the greeting "two" with:
        | bytes | 200 |
      When Alice downloads <object>
      Then the server accepts it
      And the bytes of the download are those of <object>

      Examples:
        | object               |
        | the first voicemail  |
        | the second voicemail |
        | the greeting "one"   |
        | the greeting "two"   |

  @MSTORE-PAYLOAD-18
  Rule: The audio of another mailbox is not handed out.

    Scenario: does not hand out the audio of Bob's voicemail at its path in Alice's mailbox
      Given Alice has 1 voicemail
      And Bob has 2 voicemails
      When Alice tries to "download audio" with the path "[objects]/[part of the second voicemail of Bob]"
      Then the server refuses it

    @greeting @writes
    Scenario: does not hand out the audio of Bob's greeting at its path in Alice's mailbox
      Given Alice can "read an object"
      And Bob has the greeting "his"
      When Alice tries to "download audio" with the path "[objects]/[part of the greeting of Bob]"
      Then the server refuses it

  @MSTORE-PAYLOAD-19
  Rule: A download can be repeated.

    Scenario Outline: hands out the audio of <object> again
      Given Alice has 1 voicemail
      And Alice has the greeting "one"
      And Alice downloaded <object>
      When Alice downloads <object>
      Then the server accepts it
      And the bytes of the download are those of <object>

      Examples:
        | object             |
        | the voicemail      |
        | the greeting "one" |

  @MSTORE-PAYLOAD-20
  Rule: Audio of any size is handed out whole.

    Scenario Outline: hands out a voicemail of <bytes> bytes
      Given Alice has a voicemail with:
        | bytes | <bytes> |
      When Alice downloads the voicemail
      Then the server accepts it
      And the bytes of the download are those of the voicemail
      And the size of the download is that of the voicemail

      Examples:
        | bytes  |
        | 7      |
        | 57     |
        | 58     |
        | 32768  |
        | 100001 |
