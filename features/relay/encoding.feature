@sends @writes
Feature: Encodings
  What holds for every operation: JSON both ways, Base64 of the standard alphabet without
  padding, numbers in paths, the fields of a signal, and an answer below 500 to whatever is asked.

  @RELAY-ENCODING-01
  Rule: JSON answers are valid JSON.

    Scenario Outline: answers in JSON when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>"
      Then the answer has:
        | status       | 200   |
        | Content-Type | noted |
        | body         | JSON  |

      Examples:
        | operation              |
        | query the directory    |
        | fetch a prekey         |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-ENCODING-02
  Rule: 409 and 410 bodies are valid JSON.

    Scenario Outline: answers <status> in JSON when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>"
      Then the answer has:
        | status       | <status> |
        | Content-Type | noted    |
        | body         | JSON     |

      Examples:
        | status | operation                              |
        | 409    | send a message for a device too many   |
        | 410    | send a message to a stale installation |

  @RELAY-ENCODING-03
  Rule: Requests with a body that is typed otherwise than application/json, or not at all, return 415.

    Scenario Outline: refuses to <operation> for the content type "<type>"
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Content-Type "<type>"
      Then the server answers 415 "wrong media type"

      Examples:
        | operation           | type                              |
        | confirm a number    | none                              |
        | confirm a number    | text/plain                        |
        | confirm a number    | application/x-www-form-urlencoded |
        | set an apn id       | none                              |
        | set an apn id       | text/plain                        |
        | set an apn id       | application/x-www-form-urlencoded |
        | set a gcm id        | none                              |
        | set a gcm id        | text/plain                        |
        | set a gcm id        | application/x-www-form-urlencoded |
        | store prekeys       | none                              |
        | store prekeys       | text/plain                        |
        | store prekeys       | application/x-www-form-urlencoded |
        | query the directory | none                              |
        | query the directory | text/plain                        |
        | query the directory | application/x-www-form-urlencoded |
        | send a message      | none                              |
        | send a message      | text/plain                        |
        | send a message      | application/x-www-form-urlencoded |

  @RELAY-ENCODING-04
  Rule: Standard JSON is required; the specification's shorthand (bare names, `=`, hex numbers, trailing commas) returns 415.

    Scenario Outline: refuses to <operation> for <shorthand>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the body '<body>'
      Then the server answers 415 "shorthand JSON"

      Examples:
        | operation           | shorthand        | body                                                                                                                                                                    |
        | set an apn id       | a bare name      | {apnRegistrationId:"abc"}                                                                                                                                               |
        | set an apn id       | an equals sign   | {"apnRegistrationId"="abc"}                                                                                                                                             |
        | set an apn id       | a trailing comma | {"apnRegistrationId":"abc",}                                                                                                                                            |
        | set a gcm id        | a bare name      | {gcmRegistrationId:"abc"}                                                                                                                                               |
        | set a gcm id        | an equals sign   | {"gcmRegistrationId"="abc"}                                                                                                                                             |
        | set a gcm id        | a trailing comma | {"gcmRegistrationId":"abc",}                                                                                                                                            |
        | query the directory | a bare name      | {contacts:["BQVVHxMt5zAFXA"]}                                                                                                                                           |
        | query the directory | an equals sign   | {"contacts"=["BQVVHxMt5zAFXA"]}                                                                                                                                         |
        | query the directory | a trailing comma | {"contacts":["BQVVHxMt5zAFXA",]}                                                                                                                                        |
        | store prekeys       | a bare name      | {lastResortKey:{"keyId":16777215,"publicKey":"BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f","identityKey":"Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+"},"keys":[]}    |
        | store prekeys       | an equals sign   | {"lastResortKey"={"keyId":16777215,"publicKey":"BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f","identityKey":"Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+"},"keys":[]}  |
        | store prekeys       | a hex number     | {"lastResortKey":{"keyId":0xFFFFFF,"publicKey":"BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f","identityKey":"Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+"},"keys":[]}  |
        | store prekeys       | a trailing comma | {"lastResortKey":{"keyId":16777215,"publicKey":"BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f","identityKey":"Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+"},"keys":[],} |
        | send a message      | a bare name      | {messages:[{"type":1,"destinationDeviceId":1,"body":"Zm9vYmFyeg","timestamp":1400000000123}]}                                                                           |
        | send a message      | an equals sign   | {"messages":[{"type"=1,"destinationDeviceId":1,"body":"Zm9vYmFyeg","timestamp":1400000000123}]}                                                                         |
        | send a message      | a hex number     | {"messages":[{"type":0x1,"destinationDeviceId":1,"body":"Zm9vYmFyeg","timestamp":1400000000123}]}                                                                       |
        | send a message      | a trailing comma | {"messages":[{"type":1,"destinationDeviceId":1,"body":"Zm9vYmFyeg","timestamp":1400000000123},]}                                                                        |

  @RELAY-ENCODING-05 @destroys
  Rule: Unknown JSON members are ignored.

    Scenario Outline: lets a client <operation> with an unknown member
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the unknown member "x"
      Then the server accepts it

      Examples:
        | operation           |
        | confirm a number    |
        | set an apn id       |
        | set a gcm id        |
        | clear an apn id     |
        | clear a gcm id      |
        | store prekeys       |
        | query the directory |
        | send a message      |

  @RELAY-ENCODING-06
  Rule: Base64 produced by the server uses the standard alphabet without padding.

    Scenario: writes tokens in the standard alphabet
      Given the token of Bob has a "+" and a "/"
      And Alice is registered
      And Bob is registered
      When Alice looks up Bob
      Then each "Base64 text" of the answer is "in the standard alphabet, without padding"

    Scenario: writes keys in the standard alphabet
      Given Alice is registered
      And Bob is registered
      And Bob uploaded the prekeys:
        | publicKey                                    | identityKey                                  |
        | Bf7771X+++/J/vvvPf7777H+++8l/vvvmf777w3++++B | Bfvw/1L78P/G+/D/Ovvw/6778P8i+/D/lvvw/wr78P9+ |
      When Alice fetches a prekey of Bob
      Then each "Base64 text" of the answer is "in the standard alphabet, without padding"

    @pushes
    Scenario: writes the payload of a push in the standard alphabet
      Given Alice is registered
      And Bob is registered with:
        | push | gcm |
      When Alice sends Bob a message of 1000 bytes
      Then the notification to Bob has:
        | payload | unpadded Base64 and nothing else |

  @RELAY-ENCODING-11
  Rule: IncomingPushMessageSignal: type 1, source 2, relay 3, timestamp 5, message 6, sourceDevice 7; field 4 unused.

    Scenario: puts the members of a local signal into their fields
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | type |
        | 1      | 3    |
      Then the fields of the signal to Bob are:
        | number | wire type | member       |
        | 1      | varint    | type         |
        | 2      | bytes     | source       |
        | 5      | varint    | timestamp    |
        | 6      | bytes     | message      |
        | 7      | varint    | sourceDevice |

    @federation
    Scenario: puts the node of a federated sender into field 3
      Given Alice is registered
      And Bob is registered at the peer
      When Alice tries to "message Bob" with the relay "PEER"
      Then the fields of the signal to Bob are:
        | number | wire type | member       |
        | 1      | varint    | type         |
        | 2      | bytes     | source       |
        | 3      | bytes     | relay        |
        | 5      | varint    | timestamp    |
        | 6      | bytes     | message      |
        | 7      | varint    | sourceDevice |

  @RELAY-ENCODING-12
  Rule: Signal types are UNKNOWN 0, CIPHERTEXT 1, KEY_EXCHANGE 2, PREKEY_BUNDLE 3, PLAINTEXT 4.

    Scenario Outline: delivers <name> as <type>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | type   |
        | 1      | <type> |
      Then the signal to Bob has:
        | type | <type> |

      Examples:
        | name          | type |
        | CIPHERTEXT    | 1    |
        | KEY_EXCHANGE  | 2    |
        | PREKEY_BUNDLE | 3    |
        | PLAINTEXT     | 4    |

  @RELAY-ENCODING-14
  Rule: The message body is opaque: whatever bytes it encodes are what the recipient gets.

    Scenario Outline: delivers <what>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body   |
        | 1      | <body> |
      Then the server accepts it
      And the signal to Bob has:
        | message | the bytes <bytes> |

      Examples:
        | what                   | body                                                                                                                                                                                                                                                                                                                                                     | bytes                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                |
        | every byte there is    | AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/wAB | 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff0001 |
        | UTF-8 text             | R3LDvMOfZSwg5LiW55WMIAou                                                                                                                                                                                                                                                                                                                                 | 4772c3bcc39f652c20e4b896e7958c200a2e                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 |
        | a content of one field | CgVoZWxsbyAB                                                                                                                                                                                                                                                                                                                                             | 0a0568656c6c6f2001                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   |
        | NUL bytes              | AABBAEIA                                                                                                                                                                                                                                                                                                                                                 | 000041004200                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                         |
        | no protobuf at all     | //////////9/AP8H                                                                                                                                                                                                                                                                                                                                         | ffffffffffffffff7f00ff07                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             |

    Scenario: delivers a gzip stream
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body                                     |
        | 1      | H4sIAAAAAAACA8tIzcnJV0ivqqoCAJXC6F4KAAAA |
      Then the server accepts it
      And the signal to Bob has:
        | message | the gzip stream 1f8b0800000000000203cb48cdc9c95748afaaaa020095c2e85e0a000000 |

  @RELAY-ENCODING-15
  Rule: A number in a path is accepted with a literal plus and with `%2B`, and `*` also as `%2A`.

    Scenario Outline: lets a client <operation> with "<character>" written as "<spelling>"
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with:
        | "<character>" in the path | <spelling> |
      Then the server accepts it

      Examples:
        | operation                      | character | spelling |
        | ask for a code                 | +         | +        |
        | ask for a code                 | +         | %2B      |
        | ask for a code                 | +         | %2b      |
        | fetch a prekey                 | +         | +        |
        | fetch a prekey                 | +         | %2B      |
        | send a message                 | +         | +        |
        | send a message                 | +         | %2B      |
        | fetch a prekey of every device | *         | *        |
        | fetch a prekey of every device | *         | %2A      |

  @RELAY-ENCODING-16
  Rule: deviceId, keyId and the ids in 409/410 bodies are JSON numbers, as printed without quotes.

    Scenario Outline: writes ids as integers when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>"
      Then each "id" of the answer is "a JSON integer"

      Examples:
        | operation                              |
        | fetch a prekey                         |
        | send a message for a device too many   |
        | send a message to a stale installation |

    Scenario: writes the ids of missing devices as integers
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device |
        | 3      |
      Then each "id" of the answer is "a JSON integer"

  @RELAY-ENCODING-17
  Rule: No refused or odd request in this register is left without an answer.

    Scenario Outline: answers whatever JSON it is sent when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with malformed input:
        | body                |                       |
        | body                | null                  |
        | body                | []                    |
        | body                | "text"                |
        | body                | 17                    |
        | body                | {}                    |
        | body                | {"cut":[              |
        | body                | {bare: 1}             |
        | body                | {"twice":1,"twice":2} |
        | header Content-Type | none                  |
        | header Content-Type | text/plain            |
        | header Content-Type | nonsense              |
      Then each of them is answered

      Examples:
        | operation           |
        | confirm a number    |
        | set an apn id       |
        | set a gcm id        |
        | clear an apn id     |
        | clear a gcm id      |
        | store prekeys       |
        | query the directory |
        | send a message      |

    Scenario Outline: answers whatever credentials it is sent when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with malformed input:
        | header Authorization | none                        |
        | header Authorization | Basic                       |
        | header Authorization | Basic A                     |
        | header Authorization | Basic abc                   |
        | header Authorization | Basic !!!!                  |
        | header Authorization | Basic [nocolon]             |
        | header Authorization | Basic [:]                   |
        | header Authorization | Basic [NUMBER:]             |
        | header Authorization | Basic [NUMBER.abc:PASSWORD] |
        | header Authorization | Basic [NUMBER.9:PASSWORD]   |
        | header Authorization | Basic [UNKNOWN:PASSWORD]    |
        | header Authorization | Basic [NUMBER:WRONG]        |
        | header Authorization | Bearer x                    |
        | header Authorization | [NUMBER:PASSWORD]           |
      Then each of them is answered

      Examples:
        | operation              |
        | confirm a number       |
        | set an apn id          |
        | set a gcm id           |
        | clear an apn id        |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

    Scenario: answers whatever number a code is asked for
      Given Alice is ready to "ask for a code"
      When Alice tries to "ask for a code" with malformed input:
        | path | abc                              |
        | path | +                                |
        | path | +1                               |
        | path | 14155550100                      |
        | path | %2B%2B14155550100                |
        | path | +1415555010000000000000000000000 |
        | path | %00                              |
        | path | %ZZ                              |
      Then each of them is answered

    Scenario: answers whatever is confirmed
      Given Alice is ready to "confirm a number"
      When Alice tries to "confirm a number" with malformed input:
        | member signalingKey   | null                 |
        | member signalingKey   | ""                   |
        | member signalingKey   | "A"                  |
        | member signalingKey   | "!!!!"               |
        | member signalingKey   | 17                   |
        | member supportsSms    | "perhaps"            |
        | member supportsSms    | null                 |
        | member registrationId | "abc"                |
        | member registrationId | -1                   |
        | member registrationId | 1e99                 |
        | member registrationId | null                 |
        | path                  | abc                  |
        | path                  | 99999999999999999999 |
        | path                  | %00                  |
      Then each of them is answered

    Scenario Outline: answers whatever <kind> id is set
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with malformed input:
        | member <kind>RegistrationId | null     |
        | member <kind>RegistrationId | ""       |
        | member <kind>RegistrationId | 17       |
        | member <kind>RegistrationId | {}       |
        | member <kind>RegistrationId | []       |
        | member <kind>RegistrationId | "\u0000" |
      Then each of them is answered

      Examples:
        | kind | operation     |
        | apn  | set an apn id |
        | gcm  | set a gcm id  |

    Scenario: answers whatever keys are stored
      Given Alice is ready to "store prekeys"
      When Alice tries to "store prekeys" with malformed input:
        | member lastResortKey             | null     |
        | member lastResortKey             | []       |
        | member lastResortKey             | {}       |
        | member lastResortKey.keyId       | null     |
        | member lastResortKey.keyId       | 5        |
        | member lastResortKey.publicKey   | null     |
        | member lastResortKey.identityKey | null     |
        | member keys                      | null     |
        | member keys                      | {}       |
        | member keys.0                    | null     |
        | member keys.0                    | 17       |
        | member keys.0                    | {}       |
        | member keys.0.keyId              | null     |
        | member keys.0.keyId              | -1       |
        | member keys.0.keyId              | 16777216 |
        | member keys.0.keyId              | 1.5      |
        | member keys.0.keyId              | 1e99     |
        | member keys.0.keyId              | "abc"    |
        | member keys.0.publicKey          | null     |
        | member keys.0.publicKey          | "A"      |
        | member keys.0.publicKey          | "!!!!"   |
        | member keys.0.publicKey          | 17       |
        | member keys.0.identityKey        | null     |
        | member keys.0.identityKey        | "BAAA"   |
      Then each of them is answered

    Scenario: answers whatever contacts are looked up
      Given Alice is ready to "query the directory"
      When Alice tries to "query the directory" with malformed input:
        | member contacts   | null                           |
        | member contacts   | {}                             |
        | member contacts   | "BQVVHxMt5zAFXA"               |
        | member contacts   | []                             |
        | member contacts.0 | null                           |
        | member contacts.0 | 17                             |
        | member contacts.0 | {}                             |
        | member contacts.0 | ""                             |
        | member contacts.0 | "A"                            |
        | member contacts.0 | "!!!!"                         |
        | member contacts.0 | "BQVVHxMt5zAFXA=="             |
        | member contacts.0 | "BQVVHxMt5zAFXABQVVHxMt5zAFXA" |
      Then each of them is answered

    Scenario: answers whatever prekey is fetched
      Given Alice is ready to "fetch a prekey"
      When Alice tries to "fetch a prekey" with malformed input:
        | path | 9                    |
        | path | -1                   |
        | path | 0                    |
        | path | abc                  |
        | path | 1x                   |
        | path | **                   |
        | path | 99999999999999999999 |
        | path | %00                  |
        | path | %ZZ                  |
        | path | 1?relay=             |
        | path | 1?relay=no-such-node |
        | path | *?relay=no-such-node |
      Then each of them is answered

    Scenario: answers whatever message is sent
      Given Alice is ready to "send a message"
      When Alice tries to "send a message" with malformed input:
        | member relay                                | ""             |
        | member relay                                | 17             |
        | member relay                                | "no-such-node" |
        | member messages                             | null           |
        | member messages                             | {}             |
        | member messages                             | []             |
        | member messages.0                           | null           |
        | member messages.0                           | 17             |
        | member messages.0                           | {}             |
        | member messages.0.type                      | null           |
        | member messages.0.type                      | "abc"          |
        | member messages.0.type                      | 5              |
        | member messages.0.type                      | -1             |
        | member messages.0.type                      | 1e99           |
        | member messages.0.destinationDeviceId       | null           |
        | member messages.0.destinationDeviceId       | "abc"          |
        | member messages.0.destinationDeviceId       | -1             |
        | member messages.0.destinationDeviceId       | 1e99           |
        | member messages.0.destinationRegistrationId | null           |
        | member messages.0.destinationRegistrationId | "abc"          |
        | member messages.0.destinationRegistrationId | -1             |
        | member messages.0.body                      | null           |
        | member messages.0.body                      | ""             |
        | member messages.0.body                      | "A"            |
        | member messages.0.body                      | "AB"           |
        | member messages.0.body                      | "ABC"          |
        | member messages.0.body                      | "!!!!"         |
        | member messages.0.body                      | 17             |
        | member messages.0.timestamp                 | null           |
        | member messages.0.timestamp                 | "abc"          |
        | member messages.0.timestamp                 | -1             |
        | member messages.0.timestamp                 | 1e99           |
        | path                                        | abc            |
        | path                                        | %00            |
        | path                                        | %ZZ            |
      Then each of them is answered

    Scenario: answers whatever attachment is retrieved
      Given Alice is ready to "retrieve an attachment"
      When Alice tries to "retrieve an attachment" with malformed input:
        | path | abc                        |
        | path | 0                          |
        | path | -1                         |
        | path | 1.5                        |
        | path | 99999999999999999999999999 |
        | path | %00                        |
        | path | %ZZ                        |
      Then each of them is answered

  @RELAY-ENCODING-18
  Rule: An empty request body on a JSON operation is refused.

    Scenario Outline: refuses to <operation> without a byte of JSON
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the body ''
      Then the server refuses it

      Examples:
        | operation           |
        | set an apn id       |
        | set a gcm id        |
        | store prekeys       |
        | query the directory |
        | send a message      |

  @RELAY-ENCODING-19 @destroys
  Rule: Requests typed application/json are accepted however that is written: in other case, with its charset.

    Scenario Outline: lets a client <operation> in <type>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Content-Type "<type>"
      Then the server accepts it

      Examples:
        | operation           | type                            |
        | confirm a number    | application/json; charset=utf-8 |
        | confirm a number    | Application/JSON                |
        | confirm a number    | application/json;charset=UTF-8  |
        | set an apn id       | application/json; charset=utf-8 |
        | set an apn id       | Application/JSON                |
        | set an apn id       | application/json;charset=UTF-8  |
        | set a gcm id        | application/json; charset=utf-8 |
        | set a gcm id        | Application/JSON                |
        | set a gcm id        | application/json;charset=UTF-8  |
        | clear an apn id     | application/json; charset=utf-8 |
        | clear an apn id     | Application/JSON                |
        | clear an apn id     | application/json;charset=UTF-8  |
        | clear a gcm id      | application/json; charset=utf-8 |
        | clear a gcm id      | Application/JSON                |
        | clear a gcm id      | application/json;charset=UTF-8  |
        | store prekeys       | application/json; charset=utf-8 |
        | store prekeys       | Application/JSON                |
        | store prekeys       | application/json;charset=UTF-8  |
        | query the directory | application/json; charset=utf-8 |
        | query the directory | Application/JSON                |
        | query the directory | application/json;charset=UTF-8  |
        | send a message      | application/json; charset=utf-8 |
        | send a message      | Application/JSON                |
        | send a message      | application/json;charset=UTF-8  |

  @RELAY-ENCODING-20 @exhausts @slow
  Rule: A limit holds over time: what has refilled can be used up again, and no more than that.

    Scenario Outline: the <limit> limit gives back what one refill does, and no more
      Given Alice asked for a code by "<code>"
      And Alice has used up the "<limit>" limit
      And the "<limit>" limit has refilled "once" for Alice
      Then the "<limit>" limit lets Alice through "as often as one refill gives back" and no more

      Examples:
        | limit  | code  |
        | sms    | voice |
        | voice  | sms   |
        | verify | sms   |

    Scenario Outline: the <limit> limit is as narrow as at first after twice the time it takes to refill
      Given Alice asked for a code by "<code>"
      And Alice has used up the "<limit>" limit
      And the "<limit>" limit has refilled "twice over" for Alice
      Then the "<limit>" limit lets Alice through "as often as at first" and no more

      Examples:
        | limit  | code  |
        | sms    | voice |
        | voice  | sms   |
        | verify | sms   |

    Scenario Outline: the <limit> limit gives a client back what one refill does, and no more
      Given the relay has a "<limit>" limit
      And Alice is registered
      And Bob is registered
      And Bob uploaded 8 prekeys
      And Alice uploaded an attachment of 10 bytes
      And Alice has used up the "<limit>" limit
      And the "<limit>" limit has refilled "once" for Alice
      Then the "<limit>" limit lets Alice through "as often as one refill gives back" and no more

      Examples:
        | limit      |
        | messages   |
        | prekeys    |
        | retrievals |

    Scenario Outline: the <limit> limit is as narrow for a client as at first after twice the time it takes to refill
      Given the relay has a "<limit>" limit
      And Alice is registered
      And Bob is registered
      And Bob uploaded 8 prekeys
      And Alice uploaded an attachment of 10 bytes
      And Alice has used up the "<limit>" limit
      And the "<limit>" limit has refilled "twice over" for Alice
      Then the "<limit>" limit lets Alice through "as often as at first" and no more

      Examples:
        | limit      |
        | messages   |
        | prekeys    |
        | retrievals |

    Scenario Outline: the attachments limit lets through <often> after it has refilled <refilled>
      Given Alice is registered
      And Alice has used up the "attachments" limit
      And the "attachments" limit has refilled "<refilled>" for Alice
      Then the "attachments" limit lets Alice through "<often>" and no more

      Examples:
        | refilled   | often                             |
        | once       | as often as one refill gives back |
        | twice over | as often as at first              |

  @RELAY-ENCODING-21 @destroys
  Rule: JSON of another spelling is the same JSON: with white space, escaped letters, members in any order.

    Scenario Outline: lets a client <operation> in JSON written <spelling>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the spelling "<spelling>"
      Then the server accepts it

      Examples:
        | operation           | spelling         |
        | confirm a number    | at length        |
        | confirm a number    | escaped          |
        | confirm a number    | in reverse order |
        | set an apn id       | at length        |
        | set an apn id       | escaped          |
        | set an apn id       | in reverse order |
        | set a gcm id        | at length        |
        | set a gcm id        | escaped          |
        | set a gcm id        | in reverse order |
        | clear an apn id     | at length        |
        | clear an apn id     | escaped          |
        | clear a gcm id      | at length        |
        | clear a gcm id      | escaped          |
        | store prekeys       | at length        |
        | store prekeys       | escaped          |
        | store prekeys       | in reverse order |
        | query the directory | at length        |
        | query the directory | escaped          |
        | query the directory | in reverse order |
        | send a message      | at length        |
        | send a message      | escaped          |
        | send a message      | in reverse order |

  @RELAY-ENCODING-22 @destroys
  Rule: A request in another form of HTTP is the same request: with header names in other case, with escapes in its path that it does not need, with a body in chunks or behind an expectation.

    Scenario Outline: lets a client <operation> with header names in <letters> letters
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the header names "<letters>"
      Then the server accepts it

      Examples:
        | operation              | letters |
        | confirm a number       | small   |
        | set an apn id          | small   |
        | set a gcm id           | small   |
        | clear an apn id        | small   |
        | clear a gcm id         | small   |
        | store prekeys          | small   |
        | query the directory    | small   |
        | fetch a prekey         | small   |
        | send a message         | small   |
        | allocate an attachment | small   |
        | retrieve an attachment | small   |
        | set a gcm id           | capital |
        | fetch a prekey         | capital |
        | send a message         | capital |
        | allocate an attachment | capital |

    Scenario Outline: lets a client <operation> with escapes in the last part of its path
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the last part "escaped"
      Then the server accepts it

      Examples:
        | operation              |
        | ask for a code         |
        | confirm a number       |
        | fetch a prekey         |
        | send a message         |
        | retrieve an attachment |

    Scenario Outline: lets a client <operation> with a body in chunks
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Transfer-Encoding "chunked"
      Then the server accepts it

      Examples:
        | operation           |
        | confirm a number    |
        | set an apn id       |
        | set a gcm id        |
        | clear an apn id     |
        | clear a gcm id      |
        | store prekeys       |
        | query the directory |
        | send a message      |

    Scenario Outline: lets a client <operation> with a body that it asks for
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Expect "100-continue"
      Then the server accepts it

      Examples:
        | operation           |
        | confirm a number    |
        | set an apn id       |
        | set a gcm id        |
        | clear an apn id     |
        | clear a gcm id      |
        | store prekeys       |
        | query the directory |
        | send a message      |
