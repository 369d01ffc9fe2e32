@sends @writes
Feature: Message submission
  A sender hands in one message for each device of the recipient. The relay compares the devices addressed with
  those registered (409) and the registration ids with the current ones (410) before it delivers anything.

  @RELAY-MESSAGE-01
  Rule: A message set matching the recipient's devices returns 200.

    Scenario: takes a message for the only device
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the server answers 200 "message accepted"

  @RELAY-MESSAGE-02
  Rule: Missing or wrong credentials return 401 and deliver nothing.

    Scenario Outline: refuses a message with the Authorization "<authorization>"
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the Authorization "<authorization>"
      Then the server answers 401
      And nothing else was pushed to Bob

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses a message with the password of its recipient
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the password of "Bob"
      Then the server answers 401
      And nothing else was pushed to Bob

  @RELAY-MESSAGE-03
  Rule: Malformed JSON returns 415.

    Scenario Outline: refuses <what>
      Given Alice is registered
      And Bob is registered
      And Alice sent Bob a message
      When Alice tries to "message Bob" with the body '<body>'
      Then the server answers 415 "malformed JSON"

      Examples:
        | what                       | body                         |
        | a body cut short           | {"messages":[                |
        | a body with a brace astray | {"messages":[{"type":1,}}]}  |
        | a body that is a word      | messages                     |

  @RELAY-MESSAGE-04
  Rule: A body without a messages array is refused and delivers nothing.

    Scenario Outline: refuses the body <body>
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the body '<body>'
      Then the server refuses it
      And nothing else was pushed to Bob

      Examples:
        | body              |
        | {}                |
        | {"messages":null} |
        | {"messages":{}}   |

  @RELAY-MESSAGE-05
  Rule: A message without body is refused and delivers nothing.

    Scenario: refuses a message without a body
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body   |
        | 1      | absent |
      Then the server refuses it
      And nothing else was pushed to Bob

    @devices
    Scenario: delivers nothing to device 1 where the message for device 2 has no body
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device | body    |
        | 1      | b25lIDE |
        | 2      | absent  |
      Then the server refuses it
      And nothing else was pushed to Bob

  @RELAY-MESSAGE-06 @exhausts
  Rule: Too many messages return 413.

    Scenario: refuses the message that exceeds the limit
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" until the limit is passed
      Then the server answers 413

    @federation
    Scenario: refuses the message to another node that exceeds the limit
      Given Alice is registered
      And Bob is registered at the peer
      When Alice tries to "message Bob by way of the peer" until the limit is passed
      Then the server answers 413

  @RELAY-MESSAGE-07
  Rule: Leaving out a registered device returns 409.

    Scenario: refuses a message that leaves out the second device
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device |
        | 1      |
      Then the server answers 409
      And the answer has:
        | missingDevices | 2    |
        | extraDevices   | none |

    Scenario: refuses a message that leaves out the first device
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device |
        | 2      |
      Then the server answers 409
      And the answer has:
        | missingDevices | 1    |
        | extraDevices   | none |

    Scenario: refuses a message that leaves out a device added since the last one
      Given Alice is registered
      And Bob is registered
      And Alice sent Bob a message
      And Bob has a second device
      When Alice sends Bob messages:
        | device |
        | 1      |
      Then the server answers 409
      And the answer has:
        | missingDevices | 2    |
        | extraDevices   | none |

  @RELAY-MESSAGE-08
  Rule: Addressing a device that does not exist returns 409.

    Scenario: refuses a message for an unregistered device
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device |
        | 1      |
        | 3      |
      Then the server answers 409
      And the answer has:
        | missingDevices | none |
        | extraDevices   | 3    |

  @RELAY-MESSAGE-09
  Rule: The 409 body is JSON with missingDevices and extraDevices, arrays of device ids.

    Scenario: lists an extra device in the form of the specification
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device |
        | 1      |
        | 3      |
      Then the server answers 409
      And the answer fits "mismatched-devices"
      And the answer has:
        | extraDevices | 3 |

    @devices
    Scenario: lists a missing device in the form of the specification
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device |
        | 1      |
      Then the server answers 409
      And the answer fits "mismatched-devices"
      And the answer has:
        | missingDevices | 2 |

  @RELAY-MESSAGE-10
  Rule: A set with both faults reports both lists in one 409.

    Scenario: reports a missing and an extra device at once
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device |
        | 1      |
        | 3      |
      Then the server answers 409
      And the answer has:
        | missingDevices | 2 |
        | extraDevices   | 3 |

    Scenario: reports two missing and two extra devices at once
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And Bob has a third device
      When Alice sends Bob messages:
        | device |
        | 1      |
        | 7      |
        | 8      |
      Then the server answers 409
      And the answer has:
        | missingDevices | 2, 3 |
        | extraDevices   | 7, 8 |

  @RELAY-MESSAGE-11
  Rule: A 409 delivers nothing, not even to the matching devices.

    Scenario Outline: delivers nothing of a set for the devices <first> and <second>
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device   |
        | <first>  |
        | <second> |
      Then the server answers 409
      And nothing else was pushed to Bob

      Examples:
        | first | second |
        | 1     | 3      |
        | 3     | 2      |

  @RELAY-MESSAGE-12
  Rule: A destinationRegistrationId other than the device's current one returns 410.

    Scenario: refuses a message for an installation that is gone
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | stale          |
      Then the server answers 410

  @RELAY-MESSAGE-13
  Rule: The 410 body is JSON with staleDevices, the device ids concerned.

    Scenario: lists the stale device in the form of the specification
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | stale          |
      Then the server answers 410
      And the answer fits "stale-devices"
      And the answer has:
        | staleDevices | 1 |

  @RELAY-MESSAGE-14
  Rule: A 410 delivers nothing, not even to devices that are not stale.

    Scenario Outline: delivers nothing to device <right> where device <stale> is stale
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device  | registrationId |
        | <right> | right          |
        | <stale> | stale          |
      Then the server answers 410
      And nothing else was pushed to Bob

      Examples:
        | right | stale |
        | 1     | 2     |
        | 2     | 1     |

  @RELAY-MESSAGE-15
  Rule: staleDevices lists exactly the stale devices.

    Scenario Outline: lists "<stale>" where the registration ids are <first> and <second>
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <first>        |
        | 2      | <second>       |
      Then the server answers 410
      And the answer has:
        | staleDevices | <stale> |

      Examples:
        | first | second | stale |
        | right | stale  | 2     |
        | stale | right  | 1     |
        | stale | stale  | 1, 2  |

    Scenario Outline: lists "<stale>" of three devices
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And Bob has a third device
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <first>        |
        | 2      | right          |
        | 3      | stale          |
      Then the server answers 410
      And the answer has:
        | staleDevices | <stale> |

      Examples:
        | first | stale |
        | right | 3     |
        | stale | 1, 3  |

  @RELAY-MESSAGE-16
  Rule: When the device list is wrong and a device is stale, one of the two is reported, with the body that belongs to it.

    Scenario: reports the mismatch, or the stale device, but not a mixture
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | stale          |
        | 3      | right          |
      Then the answer is a 409 with missing "" and extra "3" or a 410 with stale "1"

  @RELAY-MESSAGE-17
  Rule: A matching destinationRegistrationId passes.

    Scenario: takes a message with the registration id of the device
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | right          |
      Then the server accepts it

    @devices
    Scenario: takes messages with the registration id of each device
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | right          |
        | 2      | right          |
      Then the server accepts it

  @RELAY-MESSAGE-18
  Rule: A missing or zero destinationRegistrationId skips the stale check.

    Scenario Outline: reports what becomes of a message with <registrationId> for a registration id
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | registrationId   |
        | 1      | <registrationId> |
      Then the answer is noted

      Examples:
        | registrationId |
        | absent         |
        | 0              |

  @RELAY-MESSAGE-19 @destroys
  Rule: After the recipient re-registers, the old registrationId gives 410 and the new one succeeds.

    Scenario Outline: takes the earlier registration id <earlier> for stale after <later>
      Given Alice is registered
      And Bob is registered with:
        | registrationId | <earlier> |
      And Alice sent Bob a message
      And Bob is registered again with:
        | registrationId | <later> |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <earlier>      |
      Then the server answers 410
      And the answer has:
        | staleDevices | 1 |

      Examples:
        | earlier | later |
        | 100     | 101   |
        | 101     | 100   |
        | 1       | 16383 |
        | 16383   | 1     |

    Scenario Outline: takes the later registration id <later> after <earlier>
      Given Alice is registered
      And Bob is registered with:
        | registrationId | <earlier> |
      And Alice sent Bob a message
      And Bob is registered again with:
        | registrationId | <later> |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <later>        |
      Then the server accepts it

      Examples:
        | earlier | later |
        | 100     | 101   |
        | 101     | 100   |
        | 1       | 16383 |
        | 16383   | 1     |

  @RELAY-MESSAGE-20
  Rule: body is accepted as unpadded Base64 and its bytes reach the recipient unchanged.

    Scenario Outline: delivers the bytes of <body>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body   |
        | 1      | <body> |
      Then the server accepts it
      And the signal to Bob has:
        | message | the bytes <bytes> |

      Examples:
        | body        | bytes            |
        | Zm9vYmFy    | 666f6f626172     |
        | Zm9vYmFyeg  | 666f6f6261727a   |
        | Zm9vYmFyego | 666f6f6261727a0a |
        | +/v7/w      | fbfbfbff         |

  @RELAY-MESSAGE-21
  Rule: A padded body that is accepted arrives whole.

    Scenario Outline: delivers the bytes of <body>, or refuses it
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body   |
        | 1      | <body> |
      Then unless it was refused, the signal to Bob has:
        | message | the bytes <bytes> |

      Examples:
        | body         | bytes            |
        | Zm9vYmFyeg== | 666f6f6261727a   |
        | Zm9vYmFyego= | 666f6f6261727a0a |

  @RELAY-MESSAGE-22
  Rule: A body that is not Base64 is refused with a 4xx and not delivered.

    Scenario Outline: refuses the body <body>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body   |
        | 1      | <body> |
      Then the server refuses it "undecodable body"
      And nothing else was pushed to Bob

      Examples:
        | body     |
        | !!!!     |
        | Zm9v*mFy |

  @RELAY-MESSAGE-23
  Rule: The type given by the sender reaches the recipient unchanged.

    Scenario Outline: delivers a message of type <type>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | type   |
        | 1      | <type> |
      Then the signal to Bob has:
        | type | <type> |

      Examples:
        | type |
        | 1    |
        | 2    |
        | 3    |
        | 4    |

  @RELAY-MESSAGE-24
  Rule: An unlisted type does not break the server.

    Scenario Outline: survives a message of type <type>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | type   |
        | 1      | <type> |
      Then the server accepts or refuses it
      And Alice can "message Bob"

      Examples:
        | type |
        | 5    |
        | 99   |
        | -1   |

  @RELAY-MESSAGE-25
  Rule: timestamp is accepted as a number.

    Scenario: takes a timestamp that is a number
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | timestamp     |
        | 1      | 1400000000123 |
      Then the server accepts it

  @RELAY-MESSAGE-26
  Rule: The timestamp delivered is the one submitted, or the time of the relay in milliseconds.

    Scenario Outline: delivers the timestamp <timestamp>, or its own
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | timestamp   |
        | 1      | <timestamp> |
      Then the signal to Bob has:
        | timestamp | 1400000000123 |

      Examples:
        | timestamp       |
        | "1400000000123" |
        | 1400000000123   |

  @RELAY-MESSAGE-27
  Rule: Every addressed device receives its own body.

    Scenario: delivers to each device what was meant for it
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device | body        |
        | 2      | dHdvIDIyMjI |
        | 1      | b25lIDE     |
      Then the server accepts it
      And each device of Bob receives its own

    Scenario: delivers to each of three devices what was meant for it
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And Bob has a third device
      When Alice sends Bob messages:
        | device | body         |
        | 3      | dGhyZWUgMyAz |
        | 1      | b25lIDE      |
        | 2      | dHdvIDIyMjI  |
      Then the server accepts it
      And each device of Bob receives its own

    Scenario: delivers to each device what is meant for both
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob messages:
        | device | body    |
        | 1      | b25lIDE |
        | 2      | b25lIDE |
      Then the server accepts it
      And each device of Bob receives its own

  @RELAY-MESSAGE-28
  Rule: A message to an unknown destination number is refused.

    Scenario: knows no such recipient
      Given Alice is registered
      And Bob is registered
      And Alice sent Bob a message
      When Alice tries to "send a message to an unknown number"
      Then the server refuses it

  @RELAY-MESSAGE-29 @destroys
  Rule: A message to a destination that has unregistered is refused.

    Scenario: no longer knows a recipient that took back its push id
      Given Alice is registered
      And Bob is registered
      And Alice sent Bob a message
      And Bob cleared the gcm id
      When Alice sends Bob a message
      Then the server refuses it

  @RELAY-MESSAGE-30
  Rule: Without relay the message is delivered locally.

    Scenario: delivers a message that names no relay
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the server accepts it
      And Bob receives it

    Scenario: delivers a message to its recipient and not to the number next to it
      Given Alice is registered
      And Carol is registered
      And Bob is registered with:
        | number | Carol's with another last digit |
      When Alice sends Bob a message
      Then the server accepts it
      And Bob receives it
      And nothing else was pushed to Carol

  @RELAY-MESSAGE-31
  Rule: With relay the message is forwarded to that node.

    @pushes
    Scenario: forwards a message to the node that is named
      Given Alice is registered
      And Bob is registered at the peer
      When Alice tries to "message Bob" with the relay "PEER"
      Then the server accepts it
      And Bob receives it

    Scenario: hands back the peer's answer about a device list
      Given Alice is registered
      And Bob is registered at the peer
      When Alice sends Bob messages:
        | device | relay |
        | 1      | PEER  |
        | 3      | PEER  |
      Then the server answers 409
      And the answer has:
        | missingDevices | none |
        | extraDevices   | 3    |

    Scenario: hands back the peer's answer about a stale device
      Given Alice is registered
      And Bob is registered at the peer
      When Alice sends Bob messages:
        | device | registrationId | relay |
        | 1      | stale          | PEER  |
      Then the server answers 410
      And the answer has:
        | staleDevices | 1 |

    @devices @pushes
    Scenario: forwards the messages for each of two devices
      Given Alice is registered
      And Bob is registered at the peer
      And Bob has a second device
      When Alice tries to "message Bob" with the relay "PEER"
      Then the server accepts it
      And each device of Bob receives its own

    @devices
    Scenario: hands back that the peer misses a device
      Given Alice is registered
      And Bob is registered at the peer
      And Bob has a second device
      When Alice sends Bob messages:
        | device | relay |
        | 1      | PEER  |
      Then the server answers 409
      And the answer has:
        | missingDevices | 2    |
        | extraDevices   | none |

    @pushes
    Scenario: does not deliver here what is for a number of the node that is named
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the relay "PEER"
      Then the server refuses it
      And nothing else was pushed to Bob

  @RELAY-MESSAGE-32
  Rule: A message that names an unknown relay is refused and delivers nothing locally.

    Scenario: knows no such node
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the relay "no-such-node"
      Then the server refuses it
      And nothing else was pushed to Bob

  @RELAY-MESSAGE-33
  Rule: An empty messages array is refused.

    Scenario: refuses an empty list
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the body '{"messages":[]}'
      Then the server refuses it

  @RELAY-MESSAGE-34
  Rule: Unreachable devices do not count as registered devices.

    Scenario: does not ask for a device without a push id
      Given Alice is registered
      And Bob is registered
      And Bob has a second device without a push id
      When Alice sends Bob messages:
        | device |
        | 1      |
      Then the server accepts it

    Scenario: takes a device without a push id for extra
      Given Alice is registered
      And Bob is registered
      And Bob has a second device without a push id
      When Alice sends Bob messages:
        | device |
        | 1      |
        | 2      |
      Then the server answers 409
      And the answer has:
        | missingDevices | none |
        | extraDevices   | 2    |

  @RELAY-MESSAGE-35 @exhausts
  Rule: The message limiter is per sender.

    Scenario: a used up limit of one sender leaves another sender alone
      Given Alice is registered
      And Bob is registered
      And Carol is registered
      And Alice has used up the "messages" limit towards Bob
      When Carol sends Bob a message
      Then the server accepts it

  @RELAY-MESSAGE-36
  Rule: An accepted message is delivered exactly once.

    Scenario: delivers five messages in five pushes
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" 5 times
      Then Bob receives each of them once

    Scenario Outline: delivers ten messages that <sender> sends at once
      Given Alice is registered
      And Alice has a second device
      And Bob is registered
      When <sender> sends Bob 10 messages at once
      Then Bob receives each of them once

      @devices
      Examples:
        | sender                |
        | Alice                 |
        | Alice's second device |

    Scenario Outline: delivers a message of type <type>, or refuses it
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | type   |
        | 1      | <type> |
      Then unless it was refused, the signal to Bob has:
        | message | as sent |

      Examples:
        | type |
        | 0    |
        | 5    |

    Scenario: delivers a message to the sender's own number, or refuses it
      Given Alice is registered
      When Alice sends Alice a message
      Then unless it was refused, the signal to Alice has:
        | message | as sent |

    @federation
    Scenario: delivers a message to a number that only another node has, or refuses it
      Given Alice is registered
      And Bob is registered at the peer
      When Alice sends Bob a message
      Then unless it was refused, the signal to Bob has:
        | message | as sent |

  @RELAY-MESSAGE-37
  Rule: Refused messages (401, 413, 415) are not delivered later.

    Scenario: never delivers a message refused for its credentials
      Given Alice is registered
      And Bob is registered
      And Alice was refused to "message Bob" with the Authorization "Basic [NUMBER:WRONG]"
      When Alice sends Bob a message
      Then nothing else was pushed to Bob
      And Bob receives it

    Scenario: never delivers a message refused for its JSON
      Given Alice is registered
      And Bob is registered
      And Alice was refused to "message Bob" with the end "missing"
      When Alice sends Bob a message
      Then nothing else was pushed to Bob
      And Bob receives it

    @exhausts @limits
    Scenario: never delivers a message refused for the limit
      Given Alice is registered
      And Bob is registered
      And Carol is registered
      And Alice has used up the "messages" limit towards Bob
      And Alice was refused to "message Bob" with the Authorization "Basic [NUMBER:PASSWORD]"
      When Carol sends Bob a message
      Then nothing else was pushed to Bob
      And Bob receives it

  @RELAY-MESSAGE-38
  Rule: A device addressed twice in one set is delivered twice or refused with a 4xx.

    Scenario: reports what becomes of a device addressed twice
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device |
        | 1      |
        | 1      |
      Then the answer is noted

  @RELAY-MESSAGE-39
  Rule: destinationDeviceId left out means device 1.

    Scenario: reports what becomes of a message that names no device
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device |
        | absent |
      Then the answer is noted

  @RELAY-MESSAGE-40
  Rule: A body of at least 4 KiB is relayed intact.

    Scenario: delivers 4098 bytes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of 4098 bytes
      Then Bob receives it

  @RELAY-MESSAGE-41
  Rule: timestamp is accepted as printed, a decimal text of milliseconds.

    Scenario: takes a timestamp in quotes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | timestamp       |
        | 1      | "1400000000123" |
      Then the server accepts it

  @RELAY-MESSAGE-42
  Rule: A message without timestamp is accepted.

    Scenario: takes a message without a timestamp
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | timestamp |
        | 1      | absent    |
      Then the server accepts it

  @RELAY-MESSAGE-43
  Rule: Without relay, a message to a number that only another node has is refused.

    Scenario: knows no number of another node without its name
      Given Alice is registered
      And Bob is registered at the peer
      When Alice sends Bob a message
      Then the server refuses it
      And nothing else was pushed to Bob

  @RELAY-MESSAGE-44
  Rule: A message that is accepted arrives whole, whatever its size.

    Scenario Outline: delivers <bytes> bytes whole, or refuses them
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of <bytes> bytes
      Then unless it was refused, the signal to Bob has:
        | message | as sent |

      Examples:
        | bytes |
        | 1     |
        | 15    |
        | 16    |
        | 1000  |
        | 4096  |
        | 32768 |

    Scenario Outline: delivers <bytes> bytes over APN whole, or refuses them
      Given Alice is registered
      And Bob is registered with:
        | push | apn |
      When Alice sends Bob a message of <bytes> bytes
      Then unless it was refused, the signal to Bob has:
        | message | as sent |

      Examples:
        | bytes |
        | 256   |
        | 4096  |
        | 32768 |

    Scenario: delivers no bytes, or refuses them
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body |
        | 1      | ""   |
      Then unless it was refused, the signal to Bob has:
        | message | the bytes |

  @RELAY-MESSAGE-45
  Rule: A message that another node hands over names the number and the device of its sender.

    Scenario Outline: names device <id> of an account of another node
      Given Alice is registered
      And Bob is registered at the peer
      And Bob has a second device
      When Bob tries to "<operation>" with the relay "TARGET"
      Then the signal to Alice has:
        | source       | Bob  |
        | sourceDevice | <id> |

      Examples:
        | operation                            | id |
        | message Alice                        | 1  |
        | message Alice from the second device | 2  |

  @RELAY-MESSAGE-46
  Rule: An empty relay means the same as none.

    Scenario: delivers a message here where the relay is empty
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the relay ""
      Then the server accepts it

  @RELAY-MESSAGE-47
  Rule: A message that names this node as its relay is delivered here or refused.

    Scenario: delivers a message that names this node once, or not at all
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" with the relay "TARGET"
      Then the answer is noted
      And nothing else was pushed to Bob
