@bsf
Feature: Bootstrapping
  A bootstrap gives the handset a B-TID and a key that the mStore derives as well. What one of the two derives otherwise
  opens nothing.

  @MSTORE-GBA-03
  Rule: The Ua security protocol identifier is the 5 bytes `01 00 01 00 2f`.

    Scenario: takes a key that is derived for 01 00 01 00 2f
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario Outline: does not take a key with the mistake <mistake>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "key <mistake>"
      Then the server refuses it

      Examples:
        | mistake              |
        | http-digest-protocol |
        | browser-protocol     |
        | negotiated-suite     |
        | no-protocol          |

  @MSTORE-GBA-09
  Rule: Credentials past their lifetime are refused.

    Scenario: takes credentials again while they hold
      Given Alice has a mailbox with:
        | lifetime of credentials | 60 seconds |
      And Alice can "read the profile"
      And 30 seconds have passed for Alice
      When Alice tries to "read the profile" with the credentials "of the request before"
      Then the server accepts it

    Scenario: does not take credentials that are past their lifetime
      Given Alice has a mailbox with:
        | lifetime of credentials | 60 seconds |
      And Alice can "read the profile"
      And 61 seconds have passed for Alice
      When Alice tries to "read the profile" with the credentials "of the request before"
      Then the server refuses it

  @MSTORE-GBA-11
  Rule: Ks_NAF = HMAC-SHA-256(Ks, 01 ‖ "gba-me" ‖ 0006 ‖ RAND ‖ 0010 ‖ IMPI ‖ L2 ‖ NAF_Id ‖ L3).

    Scenario: takes a key that is derived of all that belongs to it
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario Outline: does not take a key with the mistake <mistake>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "key <mistake>"
      Then the server refuses it

      Examples:
        | mistake            |
        | no-lengths         |
        | impi-without-realm |

  @MSTORE-GBA-12
  Rule: B-TID = base64(RAND) `@` BSF FQDN.

    Scenario: gives a B-TID made of RAND and its own name
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the bootstrap has:
        | B-TID | RAND and the name of the server |

  @MSTORE-GBA-13
  Rule: Ks = CK ‖ IK.

    Scenario: takes a key that is derived of CK and IK
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario: does not take a key that is derived of IK and CK
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "key ik-before-ck"
      Then the server refuses it

  @MSTORE-GBA-14
  Rule: NAF_Id in the KDF = FQDN ‖ Ua id; without `3GPP-bootstrapping@` and without port.

    Scenario: takes a key that is derived for its bare name
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario Outline: does not take a key with the mistake <mistake>
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "key <mistake>"
      Then the server refuses it

      Examples:
        | mistake          |
        | prefix-in-naf-id |
        | port-in-naf-id   |

  @MSTORE-GBA-15
  Rule: Ub is HTTP Digest with `algorithm=AKAv1-MD5`, `qop=auth-int`, username = IMPI, realm = BSF FQDN, password = RES as raw bytes.

    Scenario: challenges with AKA and its own name
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the challenge of the bootstrapping server has:
        | algorithm | AKAv1-MD5 |
        | qop       | auth-int  |
        | realm     | its name  |

    Scenario: takes RES as raw bytes for the password
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the bootstrap has:
        | outcome | a B-TID |

    Scenario: does not take another RES
      Given Alice has a mailbox
      When Alice tries to "bootstrap with another RES"
      Then the bootstrap has:
        | status                     | 401                 |
        | nonce of its new challenge | another than before |

  @MSTORE-GBA-16
  Rule: Ub nonce = base64(RAND ‖ AUTN ‖ optional server data).

    Scenario: challenges with RAND and AUTN
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the challenge of the bootstrapping server has:
        | nonce | RAND and AUTN |

  @MSTORE-GBA-19
  Rule: Ub success is 200, `application/vnd.3gpp.bsf+xml`, root `BootstrappingInfo` (xmlns `uri:3gpp-gba`) with `btid` and `lifetime`, and `Authentication-Info` with `rspauth`.

    Scenario: answers in its own media type
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the bootstrap has:
        | status       | 200                          |
        | Content-Type | application/vnd.3gpp.bsf+xml |

    Scenario: returns the B-TID and how long it is valid
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the bootstrap has:
        | status | 200                    |
        | body   | a B-TID and a lifetime |

    Scenario: proves itself
      Given Alice has a mailbox
      When Alice tries to "bootstrap"
      Then the bootstrap has:
        | rspauth | what RES and the body give |

  @MSTORE-GBA-20
  Rule: The label is `gba-me`, not `gba-u` or `gba-digest`.

    Scenario: takes a key that is derived with the label gba-me
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the digest "right"
      Then the server accepts it

    Scenario: does not take a key that is derived with the label gba-u
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "key label-gba-u"
      Then the server refuses it

  @MSTORE-GBA-21
  Rule: Keys derived for another NAF FQDN (e.g. staging) are refused.

    Scenario: does not take a key that is derived for another host
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the digest "key other-host"
      Then the server refuses it
