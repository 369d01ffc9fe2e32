@sends @writes
Feature: Push delivery
  What the relay hands to a push gateway is sealed: version | iv | ciphertext | mac, under the receiving device's
  signaling key. Only that device can read who wrote, when, and what.

  @RELAY-PUSH-01
  Rule: A GCM client receives the payload as unpadded Base64 of the encrypted signal.

    Scenario Outline: pushes unpadded Base64 for a message of <size> bytes
      Given Alice is registered
      And Bob is registered with:
        | push | gcm |
      When Alice sends Bob a message of <size> bytes
      Then the notification to Bob has:
        | payload | unpadded Base64 and nothing else |

      Examples:
        | size |
        | 25   |
        | 40   |

  @RELAY-PUSH-02
  Rule: An APN client receives a JSON notification with a text member m.

    Scenario: puts the payload in m
      Given Alice is registered
      And Bob is registered with:
        | push | apn |
      When Alice sends Bob a message of 25 bytes
      Then the notification to Bob has:
        | m | a text |

  @RELAY-PUSH-03
  Rule: m is the same payload as for GCM.

    Scenario Outline: puts a sealed signal of <size> bytes in m
      Given Alice is registered
      And Bob is registered with:
        | push | apn |
      When Alice sends Bob a message of <size> bytes
      Then the notification to Bob has:
        | payload | what a GCM client receives |

      Examples:
        | size |
        | 25   |
        | 40   |

  @RELAY-PUSH-04
  Rule: The decoded payload is version (1 byte), IV (16), ciphertext (n), MAC (10), in that order.

    Scenario Outline: lays out the frame of a message of <size> bytes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of <size> bytes
      Then the frame to Bob has:
        | layout | version, IV, whole cipher blocks, MAC |

      Examples:
        | size |
        | 8    |
        | 25   |
        | 40   |

  @RELAY-PUSH-05
  Rule: The version byte is 0x01.

    Scenario: marks the frame as version 1
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the frame to Bob has:
        | version | 1 |

  @RELAY-PUSH-06
  Rule: The ciphertext is AES-256-CBC with PKCS#5 padding under signalingKey bytes 0-31.

    Scenario Outline: enciphers a message of <size> bytes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of <size> bytes
      Then the frame to Bob has:
        | padding | whole |

      Examples:
        | size |
        | 4    |
        | 5    |
        | 20   |
        | 21   |

    Scenario: pads a signal of whole blocks with a block of its own
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of 21 bytes
      Then the frame to Bob has:
        | padding | a whole block |

  @RELAY-PUSH-07
  Rule: The IV is fresh for every payload.

    Scenario: uses twenty IVs for twenty payloads
      Given Alice is registered
      And Bob is registered
      When Alice tries to "message Bob" 20 times
      Then no two of the frames to Bob have the same IV

    Scenario: uses two IVs for the two devices of one message
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob a message
      Then no two of the frames to Bob have the same IV

  @RELAY-PUSH-08
  Rule: The payload's MAC verifies and is 10 bytes.

    Scenario: authenticates every byte of the frame
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the frame to Bob has:
        | MAC | verifies over the whole frame |

  @RELAY-PUSH-09
  Rule: The MAC is HMAC keyed with signalingKey bytes 32-51, truncated to its first 10 bytes.

    Scenario: reports which HMAC the relay computes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the frame to Bob has:
        | MAC | is an HMAC of the dialect |

  @RELAY-PUSH-10
  Rule: The MAC covers version, IV and ciphertext.

    Scenario: computes the MAC over the whole frame before it
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the frame to Bob has:
        | MAC | covers version, IV and ciphertext |

  @RELAY-PUSH-11
  Rule: The plaintext is an IncomingPushMessageSignal in proto2 wire format.

    Scenario: seals a signal without leftover bytes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the signal to Bob has:
        | plaintext | a signal without leftover bytes |

  @RELAY-PUSH-12
  Rule: source (field 2) is the sender's number.

    Scenario: names the sender
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the signal to Bob has:
        | source | Alice |

  @RELAY-PUSH-13
  Rule: sourceDevice (field 7) is the sender's device id.

    Scenario: names the first device of the sender
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the signal to Bob has:
        | sourceDevice | 1 |

    @devices
    Scenario: names the second device of the sender
      Given Alice is registered
      And Alice has a second device
      And Bob is registered
      When Alice's second device sends Bob a message
      Then the signal to Bob has:
        | sourceDevice | 2 |

    @devices
    Scenario: names the third device of the sender
      Given Alice is registered
      And Alice has a second device
      And Alice has a third device
      And Bob is registered
      When Alice's third device sends Bob a message
      Then the signal to Bob has:
        | sourceDevice | 3 |

  @RELAY-PUSH-14
  Rule: message (field 6) holds the decoded body bytes.

    Scenario Outline: carries a body of <size> bytes
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of <size> bytes
      Then the signal to Bob has:
        | message | as sent |

      Examples:
        | size |
        | 12   |
        | 13   |
        | 14   |
        | 127  |
        | 128  |
        | 300  |
        | 2000 |

    Scenario Outline: carries a body of the bytes <bytes>
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob messages:
        | device | body   |
        | 1      | <body> |
      Then the signal to Bob has:
        | message | the bytes <bytes> |

      Examples:
        | body     | bytes        |
        | AAAAAAAA | 000000000000 |
        | AAABAAAA | 000001000000 |
        | /////wAA | ffffffff0000 |
        | DQogICAN | 0d0a2020200d |

  @RELAY-PUSH-15
  Rule: type (field 1) is the message type as varint enum.

    Scenario Outline: carries the type <type>
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

  @RELAY-PUSH-16
  Rule: timestamp (field 5) is uint64 milliseconds since the epoch.

    Scenario: carries milliseconds
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the signal to Bob has:
        | timestamp | 13 digits as a varint |

  @RELAY-PUSH-17
  Rule: relay (field 3) is absent for local senders and names the sender's node for federated ones.

    Scenario: names no relay for a local sender
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message
      Then the signal to Bob has:
        | relay | none |

    @federation
    Scenario: names the node of a federated sender
      Given Alice is registered at the peer
      And Bob is registered
      When Alice tries to "message Bob" with the relay "TARGET"
      Then the signal to Bob has:
        | relay | the node of Alice |

  @RELAY-PUSH-18
  Rule: Each payload is encrypted with the receiving device's own signalingKey.

    Scenario: seals under the key of the device addressed and no other
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob a message
      Then the pushes to Bob have:
        | key | the one of its device alone |

  @RELAY-PUSH-19 @destroys
  Rule: After re-registration a payload is encrypted with the signalingKey of the latest registration.

    Scenario: seals under the key of the later registration
      Given Alice is registered
      And Bob is registered
      And Bob is registered again
      When Alice sends Bob a message
      Then the push to Bob has:
        | key | the new signaling key alone |

    Scenario: seals under the later key after a push under the earlier one
      Given Alice is registered
      And Bob is registered
      And Alice sent Bob a message
      And Bob is registered again
      When Alice sends Bob a message
      Then the push to Bob has:
        | key | the new signaling key alone |

  @RELAY-PUSH-20
  Rule: Nothing of the signal is readable in the notification.

    Scenario Outline: shows neither sender nor body in a notification by <kind>
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      When Alice sends Bob a message
      Then the notification to Bob does not show "the number of Alice"
      And the notification to Bob does not show "the message"

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSH-22
  Rule: An APN notification has an alert, which says "You have a new message!"

    Scenario: alerts an APN client, in words that are noted
      Given Alice is registered
      And Bob is registered with:
        | push | apn |
      When Alice sends Bob a message of 25 bytes
      Then the notification to Bob has:
        | alert | any text |
