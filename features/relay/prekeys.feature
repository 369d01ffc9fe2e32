@sends @writes
Feature: Prekey retrieval
  Who wants to start a session fetches a prekey of the recipient's device, or of each of its devices. A one-time
  key is handed out once; when they are used up the last resort key takes their place.

  @RELAY-PREKEY-01
  Rule: A prekey request for a registered number and device returns 200 and an object with a `keys` array.

    Scenario: hands out a prekey
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice fetches a prekey of Bob
      Then the server answers 200 "prekeys fetched"
      And the answer holds one prekey of each of the devices "1" of Bob

    Scenario: hands its own prekey to a caller
      Given Alice is registered
      And Alice uploaded 2 prekeys
      When Alice fetches a prekey of Alice
      Then the server accepts it
      And the answer holds one prekey of each of the devices "1" of Alice

    @devices
    Scenario: hands a prekey of its other device to a caller
      Given Alice is registered
      And Alice has a second device
      And each device of Alice uploaded 2 prekeys
      When Alice fetches a prekey of Alice's second device
      Then the server accepts it
      And the answer holds one prekey of each of the devices "2" of Alice

  @RELAY-PREKEY-02
  Rule: Each entry has deviceId and keyId, which are numbers, publicKey and identityKey, which are texts.

    Scenario: names device, id and both keys
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice fetches a prekey of Bob
      Then the prekey of Bob has:
        | deviceId    | number |
        | keyId       | number |
        | publicKey   | string |
        | identityKey | string |

  @RELAY-PREKEY-03
  Rule: A one-time prekey is handed out at most once.

    Scenario Outline: hands <caller> another key than it handed Alice
      Given Alice is registered
      And Carol is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When <caller> fetches a prekey of Bob
      Then the prekey of Bob has:
        | handed out before | never |

      Examples:
        | caller |
        | Alice  |
        | Carol  |

    Scenario: hands a second caller none of the keys that the first one got
      Given Alice is registered
      And Carol is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      And Alice fetched a prekey of Bob
      When Carol fetches a prekey of Bob
      Then the prekey of Bob has:
        | handed out before | never |

  @RELAY-PREKEY-04
  Rule: Concurrent requests never receive the same one-time prekey.

    Scenario: hands fifty keys to fifty callers at once
      Given Bob is registered
      And Bob uploaded 50 prekeys
      When 50 others fetch a prekey of Bob at once
      Then no two of the prekeys of Bob have the same publicKey

  @RELAY-PREKEY-05
  Rule: When the one-time keys are used up the last resort key is returned.

    Scenario: hands out the last resort key after the only one-time key
      Given Alice is registered
      And Carol is registered
      And Bob is registered
      And Bob uploaded 1 prekeys
      And Alice fetched a prekey of Bob
      When Carol fetches a prekey of Bob
      Then the prekey of Bob has:
        | kind | the last resort key |

  @RELAY-PREKEY-06
  Rule: The last resort key is not consumed.

    Scenario: hands out the last resort key again
      Given Alice is registered
      And Carol is registered
      And Bob is registered
      And Bob uploaded 1 prekeys
      And Alice fetched a prekey of Bob
      And Carol fetched a prekey of Bob
      When Alice fetches a prekey of Bob
      Then the prekey of Bob has:
        | kind | the last resort key |

  @RELAY-PREKEY-07
  Rule: The last resort key is not used while one-time keys remain.

    Scenario: hands out a one-time key first
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice fetches a prekey of Bob
      Then the prekey of Bob has:
        | kind | a one-time key |

    Scenario: hands out a one-time key as long as there is one
      Given Alice is registered
      And Carol is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      When Carol fetches a prekey of Bob
      Then the prekey of Bob has:
        | kind | a one-time key |

  @RELAY-PREKEY-08
  Rule: With `*` the response has one entry per device of the recipient.

    Scenario: hands out a key of each of two devices
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And each device of Bob uploaded 2 prekeys
      When Alice fetches a prekey of every device of Bob
      Then the answer holds one prekey of each of the devices "1, 2" of Bob

    Scenario: hands out a key of each of three devices
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And Bob has a third device
      And each device of Bob uploaded 2 prekeys
      When Alice fetches a prekey of every device of Bob
      Then the answer holds one prekey of each of the devices "1, 2, 3" of Bob

  @RELAY-PREKEY-09
  Rule: With a device id the response has that device's entry only.

    Scenario Outline: hands out a key of <device> alone
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And each device of Bob uploaded 2 prekeys
      When Alice fetches a prekey of <device>
      Then the answer holds one prekey of each of the devices "<id>" of Bob

      Examples:
        | device              | id |
        | Bob                 | 1  |
        | Bob's second device | 2  |

  @RELAY-PREKEY-10
  Rule: A `*` request consumes exactly one one-time key per device.

    Scenario Outline: hands out of <device> what a request for every device left
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And each device of Bob uploaded 2 prekeys
      And Alice fetched a prekey of every device of Bob
      When Alice fetches a prekey of <device>
      Then the prekey of <device> has:
        | kind | a one-time key |
      And the prekey of Bob has:
        | handed out before | never |

      Examples:
        | device              |
        | Bob                 |
        | Bob's second device |

    Scenario Outline: hands out the last resort key of <device> after a request for every device and one more
      Given Alice is registered
      And Carol is registered
      And Bob is registered
      And Bob has a second device
      And each device of Bob uploaded 2 prekeys
      And Alice fetched a prekey of every device of Bob
      And Carol fetched a prekey of <device>
      When Alice fetches a prekey of <device>
      Then the prekey of <device> has:
        | kind | the last resort key |

      Examples:
        | device              |
        | Bob                 |
        | Bob's second device |

    Scenario: hands twenty keys of each of two devices to twenty callers at once
      Given Bob is registered
      And Bob has a second device
      And each device of Bob uploaded 20 prekeys
      When 20 others fetch a prekey of every device of Bob at once
      Then no two of the prekeys of Bob have the same publicKey

  @RELAY-PREKEY-11
  Rule: Missing or wrong credentials return 401 and consume nothing.

    Scenario Outline: refuses to hand out a prekey for the Authorization "<authorization>"
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the Authorization "<authorization>"
      Then the server answers 401
      And Bob's prekeys are as before

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses to hand out a prekey for the password of its owner
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the password of "Bob"
      Then the server answers 401
      And Bob's prekeys are as before

  @RELAY-PREKEY-12
  Rule: An unknown number returns 404.

    Scenario Outline: knows no prekey of an unregistered number, for the device <device>
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of an unknown number" with the device "<device>"
      Then the server answers 404

      Examples:
        | device |
        | 1      |
        | *      |

  @RELAY-PREKEY-13 @destroys
  Rule: A number that is unregistered returns 404.

    Scenario Outline: knows no prekey of a number that took back its <kind> id, for the device <device>
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      And Bob cleared the <kind> id
      When Alice tries to "fetch a prekey of Bob" with the device "<device>"
      Then the server answers 404

      Examples:
        | kind | device |
        | gcm  | 1      |
        | gcm  | *      |
        | apn  | 1      |
        | apn  | *      |

  @RELAY-PREKEY-14
  Rule: A device id the number does not have is refused.

    Scenario: knows no prekey of an unregistered device
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the device "9"
      Then the server refuses it

  @RELAY-PREKEY-15
  Rule: A request for a reachable device without stored keys is refused.

    Scenario Outline: knows no prekey of a client that uploaded none, for the device <device>
      Given Alice is registered
      And Carol is registered
      And Carol uploaded 2 prekeys
      And Alice fetched a prekey of Carol
      And Bob is registered
      When Alice tries to "fetch a prekey of Bob" with the device "<device>"
      Then the server refuses it

      Examples:
        | device |
        | 1      |
        | *      |

  @RELAY-PREKEY-16 @exhausts
  Rule: Too many prekey requests return 413.

    Scenario: refuses the request that exceeds the limit
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 10 prekeys
      When Alice tries to "fetch a prekey of Bob" until the limit is passed
      Then the server answers 413

    @federation
    Scenario: refuses the request to another node that exceeds the limit
      Given Alice is registered
      And Bob is registered at the peer
      And Bob uploaded 10 prekeys
      When Alice tries to "fetch a prekey of Bob by way of the peer" until the limit is passed
      Then the server answers 413

  @RELAY-PREKEY-17
  Rule: Refused requests (401, 404, 413) consume no prekey.

    Scenario: keeps the keys from a caller with another password
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the Authorization "Basic [NUMBER:WRONG]"
      Then Bob's prekeys are as before

    Scenario: keeps the keys from a caller that asks for a device that is not there
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the device "9"
      Then Bob's prekeys are as before

    Scenario: keeps the keys from a caller that names a relay that is not there
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the relay "no-such-node"
      Then Bob's prekeys are as before

    @exhausts @limits
    Scenario: keeps the keys from a caller whose limit is used up
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 5 prekeys beyond the limit
      When Alice tries to "fetch a prekey of Bob" until the limit is passed
      Then the server refuses it
      And Bob's prekeys are as before

    Scenario Outline: keeps the keys from a request for every device with the <part> "<value>"
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with:
        | device | *       |
        | <part> | <value> |
      Then the server refuses it
      And Bob's prekeys are as before

      Examples:
        | part          | value                |
        | Authorization | Basic [NUMBER:WRONG] |
        | relay         | no-such-node         |

  @RELAY-PREKEY-18
  Rule: relay names a federated node and the request is answered from that node.

    Scenario: hands out a key that was left at the node that is named
      Given Alice is registered
      And Bob is registered at the peer
      And Bob uploaded 2 prekeys
      When Alice tries to "fetch a prekey of Bob" with the relay "PEER"
      Then the prekey of Bob has:
        | kind | a one-time key |

    @devices
    Scenario Outline: asks the node that is named for <device>
      Given Alice is registered
      And Bob is registered at the peer
      And Bob has a second device
      And each device of Bob uploaded 2 prekeys
      When Alice tries to "fetch a prekey of <device>" with the relay "PEER"
      Then the answer holds one prekey of each of the devices "<id>" of Bob

      Examples:
        | device              | id |
        | Bob                 | 1  |
        | Bob's second device | 2  |

    @devices
    Scenario: asks the node that is named for every device
      Given Alice is registered
      And Bob is registered at the peer
      And Bob has a second device
      And each device of Bob uploaded 2 prekeys
      When Alice tries to "fetch a prekey of Bob" with:
        | relay  | PEER |
        | device | *    |
      Then the answer holds one prekey of each of the devices "1, 2" of Bob

    Scenario: does not look here for a number of the node that is named
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the relay "PEER"
      Then the server answers 404
      And Bob's prekeys are as before

  @RELAY-PREKEY-19
  Rule: An unknown relay is refused, and no prekey of a number of this node is handed out.

    Scenario: knows no such node
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 3 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the relay "no-such-node"
      Then the server refuses it

  @RELAY-PREKEY-20
  Rule: Without relay the local node is used.

    Scenario: hands out a key that was left here where no node is named
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice fetches a prekey of Bob
      Then the server accepts it
      And the prekey of Bob has:
        | kind | a one-time key |

  @RELAY-PREKEY-21
  Rule: A device id that is neither an integer nor `*` returns a 4xx.

    Scenario Outline: refuses the device id <device>
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      When Alice tries to "fetch a prekey of Bob" with the device "<device>"
      Then the server refuses it

      Examples:
        | device |
        | abc    |
        | 1x     |
        | **     |
        | 1.5    |

  @RELAY-PREKEY-22
  Rule: The entry also carries the device's registrationId (missing from the specification).

    Scenario: reports whether a prekey names the registration id of its device
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice fetches a prekey of Bob
      Then the "registrationId of Bob's prekey" of the answer is noted

  @RELAY-PREKEY-23 @destroys
  Rule: Devices that are not reachable are left out of a `*` response.

    Scenario: leaves out a device that took back its push id
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      And each device of Bob uploaded 3 prekeys
      And Alice fetched a prekey of every device of Bob
      And Bob's second device cleared the gcm id
      When Alice fetches a prekey of every device of Bob
      Then the answer holds one prekey of each of the devices "1" of Bob

  @RELAY-PREKEY-24 @exhausts
  Rule: The limiter does not spill over to other callers or other targets.

    Scenario: lets another caller fetch what the limit keeps from the first
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 10 prekeys
      And Carol is registered
      And Alice has used up the "prekeys" limit towards Bob
      When Carol fetches a prekey of Bob
      Then the server accepts it

    Scenario: lets the first caller fetch the key of another target
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 10 prekeys
      And Carol is registered
      And Carol uploaded 2 prekeys
      And Alice has used up the "prekeys" limit towards Bob
      When Alice fetches a prekey of Carol
      Then the server accepts it

  @RELAY-PREKEY-26
  Rule: Without relay, a request for a number that only another node has is refused.

    Scenario: knows no number of another node without its name
      Given Alice is registered
      And Bob is registered at the peer
      And Bob uploaded 2 prekeys
      And Alice tried to "fetch a prekey of Bob" with the relay "PEER"
      When Alice fetches a prekey of Bob
      Then the server refuses it

  @RELAY-PREKEY-27
  Rule: An empty relay means the same as none.

    Scenario: hands out a key that was left here where the relay is empty
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice tries to "fetch a prekey of Bob" with the relay ""
      Then the server accepts it

  @RELAY-PREKEY-28
  Rule: A request that names this node as its relay is answered here or refused.

    Scenario: hands out a key of a number of this node, or none
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice tries to "fetch a prekey of Bob" with the relay "TARGET"
      Then the answer is noted
      And Bob's prekeys are as before
