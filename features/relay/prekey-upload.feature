@sends @writes
Feature: Prekey upload
  A device leaves keys at the relay so that others can start a session with it while it is away: one-time keys,
  and a last resort key for when those are used up. Each key is Base64 of 33 bytes that begin with 0x05.

  @RELAY-KEYS-01
  Rule: Uploading prekeys returns 200.

    Scenario: takes two one-time keys and a last resort key
      Given Bob is registered
      When Bob uploads 2 prekeys
      Then the server answers 200 "prekeys stored"

  @RELAY-KEYS-02
  Rule: Upload with missing or wrong credentials returns 401 and changes no stored key.

    Scenario Outline: refuses prekeys with the Authorization "<authorization>", and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" with the Authorization "<authorization>"
      Then the server answers 401
      And Bob's prekeys are as before

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses prekeys with the password of another account, and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Carol is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" with the password of "Carol"
      Then the server answers 401
      And Bob's prekeys are as before

  @RELAY-KEYS-03
  Rule: Malformed JSON returns 415.

    Scenario Outline: refuses <what>
      Given Bob is registered
      When Bob tries to "store prekeys" with the body '<body>'
      Then the server answers 415 "malformed JSON"

      Examples:
        | what                       | body                                |
        | a body cut short           | {"lastResortKey":{"keyId":16777215, |
        | a body with a brace astray | {"keys":[}]}                        |
        | a body that is a word      | prekeys                             |

  @RELAY-KEYS-04
  Rule: A body without lastResortKey is refused and changes no stored key.

    Scenario: refuses prekeys without the last resort key, and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" without "lastResortKey"
      Then the server refuses it
      And Bob's prekeys are as before

    Scenario: refuses prekeys with null for the last resort key, and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" with:
        | lastResortKey | null |
      Then the server refuses it
      And Bob's prekeys are as before

  @RELAY-KEYS-05
  Rule: A body without keys is refused and changes no stored key.

    Scenario: refuses prekeys without the one-time keys, and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" without "keys"
      Then the server refuses it
      And Bob's prekeys are as before

    Scenario: refuses prekeys with null for the one-time keys, and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" with:
        | keys | null |
      Then the server refuses it
      And Bob's prekeys are as before

  @RELAY-KEYS-06
  Rule: A key object lacking keyId, publicKey or identityKey is refused.

    Scenario Outline: refuses prekeys without <member>, and keeps those it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" without "<member>"
      Then the server refuses it
      And Bob's prekeys are as before

      Examples:
        | member             |
        | keys.0.publicKey   |
        | keys.0.identityKey |
        | keys.1.publicKey   |

    Scenario Outline: refuses a last resort key without <member>, and keeps the keys it has
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" without "lastResortKey.<member>"
      Then the server refuses it "incomplete last resort key"
      And Bob's prekeys are as before

      Examples:
        | member      |
        | publicKey   |
        | identityKey |

    Scenario Outline: refuses prekeys without <member>
      Given Bob is registered
      When Bob tries to "store prekeys" without "<member>"
      Then the server refuses it "prekey without an id"

      Examples:
        | member              |
        | keys.0.keyId        |
        | lastResortKey.keyId |

  @RELAY-KEYS-07
  Rule: Every uploaded triple (keyId, publicKey, identityKey) is served unchanged.

    Scenario: hands out each key with the id it was uploaded with, and the identity key
      Given Bob is registered
      When Bob uploads the prekeys:
        | keyId   | publicKey                                    | identityKey                                  |
        | 9000001 | BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f | Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+ |
        | 70000   | Bf7771X+++/J/vvvPf7777H+++8l/vvvmf777w3++++B | Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+ |
      Then the server accepts it
      And Bob's next prekeys have:
        | all members | as uploaded |

    Scenario Outline: hands out each of <count> one-time keys, unless there are too many
      Given Bob is registered
      When Bob uploads <count> prekeys
      Then unless it was refused, Bob's next prekeys have:
        | one-time keys | each of them |

      Examples:
        | count |
        | 1     |
        | 9     |
        | 10    |
        | 11    |
        | 25    |

    Scenario: hands out a key under an id that was handed out before
      Given Alice is registered
      And Bob is registered
      And Bob uploaded the prekeys:
        | keyId |
        | 5     |
      And Alice fetched a prekey of Bob
      When Bob uploads the prekeys:
        | keyId |
        | 5     |
        | 6     |
      Then unless it was refused, Bob's next prekeys have:
        | one-time keys | each of them |

  @RELAY-KEYS-08
  Rule: publicKey is Base64 of 33 bytes starting 0x05 and is served in the same unpadded form.

    Scenario: hands out the very text of a public key
      Given Bob is registered
      When Bob uploads the prekeys:
        | publicKey                                    |
        | Bf7771X+++/J/vvvPf7777H+++8l/vvvmf777w3++++B |
        | Bf/j71b/4+/K/+PvPv/j77L/4+8m/+Pvmv/j7w7/4++C |
      Then the server accepts it
      And Bob's next prekeys have:
        | publicKey | as uploaded |

  @RELAY-KEYS-09
  Rule: identityKey is Base64 of 33 bytes starting 0x05 and is served in the same unpadded form.

    Scenario: hands out the very text of an identity key
      Given Bob is registered
      When Bob uploads the prekeys:
        | identityKey                                  |
        | Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+ |
        | Bfv/v1L7/7/G+/+/Ovv/v677/78i+/+/lvv/vwr7/79+ |
      Then the server accepts it
      And Bob's next prekeys have:
        | identityKey | as uploaded |

  @RELAY-KEYS-10
  Rule: keyId carries 24 bits.

    Scenario: hands out the lowest ids, the highest, and one between them
      Given Bob is registered
      When Bob uploads the prekeys:
        | keyId    |
        | 65536    |
        | 0        |
        | 16777214 |
        | 1        |
      Then the server accepts it
      And Bob's next prekeys have:
        | keyId | as uploaded |

  @RELAY-KEYS-11
  Rule: The last resort key with keyId 0xFFFFFF (16777215) is accepted and served with that id.

    Scenario: hands out the last resort key under its id
      Given Bob is registered
      When Bob uploads 2 prekeys
      Then the server accepts it
      And Bob's next prekeys have:
        | last resort key | with the id 16777215 |

  @RELAY-KEYS-12
  Rule: A last resort key with another keyId is refused.

    Scenario Outline: reports what becomes of a last resort key with the id <id>
      Given Bob is registered
      When Bob tries to "store prekeys" with:
        | lastResortKey.keyId | <id> |
      Then the answer is noted

      Examples:
        | id       |
        | 5        |
        | 16777214 |

  @RELAY-KEYS-13
  Rule: Keys of the wrong length, type byte or encoding are refused.

    Scenario Outline: reports what becomes of a public key <what>
      Given Bob is registered
      When Bob tries to "store prekeys" with:
        | keys.0.publicKey | "<key>" |
      Then the answer is noted

      Examples:
        | what                   | key                                            |
        | of 32 bytes            | BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4    |
        | of 32 bytes and padded | BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4=   |
        | of 34 bytes            | BQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fIA |
        | of another type        | BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f   |
        | that is no Base64      | !!!!                                           |

  @RELAY-KEYS-14
  Rule: keyIds outside 24 bits, or not integers, are refused.

    Scenario Outline: reports what becomes of the id <id>
      Given Bob is registered
      When Bob tries to "store prekeys" with:
        | keys.0.keyId | <id> |
      Then the answer is noted

      Examples:
        | id       |
        | -1       |
        | 16777216 |
        | 1.5      |
        | "abc"    |

  @RELAY-KEYS-15
  Rule: A new upload replaces the device's previous keys.

    Scenario: hands out no key of the upload before
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      When Bob uploads 2 prekeys
      Then the server accepts it
      And Bob's next prekeys have:
        | replaced keys | none |

    Scenario: hands out no key of the upload before one without one-time keys
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      When Bob uploads 0 prekeys
      Then the server accepts it
      And Bob's next prekeys have:
        | replaced keys | none |

  @RELAY-KEYS-16
  Rule: An upload with an empty keys list and a last resort key is accepted.

    Scenario: takes a last resort key and no one-time keys
      Given Bob is registered
      When Bob uploads 0 prekeys
      Then the server accepts it
      And Bob's next prekeys have:
        | last resort key | handed out last |

  @RELAY-KEYS-17
  Rule: An upload affects only the authenticated number and device.

    Scenario: leaves the keys of another number alone
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice uploads 2 prekeys
      Then the server accepts it
      And Bob's prekeys are as before
      And Alice's prekeys are as before

    @devices
    Scenario Outline: leaves the keys of <other> alone where <device> uploads
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And <other> uploaded 3 prekeys
      And Alice fetched a prekey of <other>
      When <device> uploads 2 prekeys
      Then the server accepts it
      And <other>'s prekeys are as before

      Examples:
        | device              | other               |
        | Bob                 | Bob's second device |
        | Bob's second device | Bob                 |

    Scenario: leaves the keys of the number next to it alone
      Given Alice is registered
      And Carol is registered
      And Bob is registered with:
        | number | Carol's with another last digit |
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Carol uploads 2 prekeys
      Then the server accepts it
      And Bob's prekeys are as before

    @devices
    Scenario: keeps the keys of three devices apart
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And Bob has a third device
      And each device of Bob uploaded 2 prekeys
      When Alice fetches a prekey of every device of Bob
      Then the answer holds one prekey of each of the devices "1, 2, 3" of Bob

  @RELAY-KEYS-18
  Rule: A refused upload leaves the stored keys unchanged.

    Scenario Outline: keeps the keys after the body <body>
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "store prekeys" with the body '<body>'
      Then the server refuses it as <requirement> requires
      And Bob's prekeys are as before

      Examples:
        | body               | requirement   |
        | {"lastResortKey":{ | RELAY-KEYS-03 |
        | {"keys":[]}        | RELAY-KEYS-04 |

  @RELAY-KEYS-19
  Rule: A batch of 100 one-time keys is accepted.

    Scenario: takes a hundred one-time keys
      Given Bob is registered
      When Bob uploads 100 prekeys
      Then the server accepts it
      And Bob's next prekeys have:
        | one-time keys | each of them |

  @RELAY-KEYS-22
  Rule: An upload of two keys with the same id is accepted or refused.

    Scenario: reports what becomes of two keys with the same id
      Given Bob is registered
      When Bob uploads the prekeys:
        | keyId |
        | 77    |
        | 77    |
      Then the answer is noted

  @RELAY-KEYS-23
  Rule: Stored keys stay until they are handed out or replaced, whatever else their owner does.

    Scenario Outline: keeps the keys of an owner who wants to <operation>
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "<operation>"
      Then the server accepts it
      And Bob's prekeys are as before

      Examples:
        | operation     |
        | set a gcm id  |
        | set an apn id |
        | message Alice |

    Scenario: keeps the keys of an owner who wants to message itself, granted or refused
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Bob tries to "message Bob"
      Then the server accepts or refuses it
      And Bob's prekeys are as before

    @devices @destroys
    Scenario Outline: keeps the keys of one device where <another> <does something>
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And <one> uploaded 3 prekeys
      And Alice fetched a prekey of <one>
      When <another> <does something>
      Then the server accepts it
      And <one>'s prekeys are as before

      Examples:
        | one                 | another             | does something         |
        | Bob's second device | Bob                 | submits the gcm id "a" |
        | Bob's second device | Bob                 | submits the apn id "a" |
        | Bob                 | Bob's second device | clears the gcm id      |
        | Bob                 | Bob's second device | sends Alice a message  |

    Scenario: keeps the key of one number where one of another with the same id is handed out
      Given Alice is registered
      And Bob is registered
      And Alice uploaded the prekeys:
        | keyId |
        | 4711  |
      And Bob uploaded the prekeys:
        | keyId |
        | 4711  |
      When Alice fetches a prekey of Bob
      Then the server accepts it
      And Alice's prekeys are as before

    @devices
    Scenario Outline: keeps the key of <one> where one of <another> with the same id is handed out
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And <one> uploaded the prekeys:
        | keyId |
        | 4711  |
      And <another> uploaded the prekeys:
        | keyId |
        | 4711  |
      When Alice fetches a prekey of <another>
      Then the server accepts it
      And <one>'s prekeys are as before

      Examples:
        | one                 | another             |
        | Bob                 | Bob's second device |
        | Bob's second device | Bob                 |
