@pin
Feature: PIN
  A PIN change sends the old PIN and the new one. A refusal is status 403 with a reason in a header.

  @MSTORE-PIN-01
  Rule: PUT with `OLD_PWD` (current PIN) and `PWD` (acceptable PIN) changes the PIN and answers 2xx.

    @mock
    Scenario: accepts a PIN that nothing speaks against
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to a good PIN
      Then the server accepts it

    @mock
    Scenario: knows the old PIN no longer
      Given Alice has a mailbox with:
        | pin | 1397 |
      When Alice changes the PIN from the current PIN to a good PIN
      Then the server accepts it
      And 2 days have passed for Alice
      And the PIN of Alice is not the PIN "1397"

    @mock
    Scenario: knows the new PIN
      Given Alice has a mailbox
      And Alice changed the PIN from the current PIN to a good PIN
      And 2 days have passed for Alice
      When Alice changes the PIN from the current PIN to a good PIN
      Then the server accepts it

    @mock
    Scenario: knows the last of three PINs alone
      Given Alice has a mailbox with:
        | pin | 1397 |
      And Alice changed the PIN from the current PIN to a good PIN
      And 2 days have passed for Alice
      When Alice changes the PIN from the current PIN to another good PIN
      Then the server accepts it
      And 2 days have passed for Alice
      And the PIN of Alice is not the PIN "1397"
      And the PIN of Alice is the current PIN

  @MSTORE-PIN-03
  Rule: A failed PIN change answers HTTP 403.

    Scenario Outline: refuses <what> with 403
      Given Alice has a mailbox
      When Alice changes the PIN from <old> to <new>
      Then the server answers 403

      Examples:
        | what                  | old             | new                   |
        | repeated digits       | the current PIN | a PIN of one digit    |
        | consecutive digits    | the current PIN | a PIN in a row        |
        | the end of the number | the current PIN | the end of the number |
        | a letter              | the current PIN | a PIN with a letter   |
        | the current PIN       | the current PIN | the current PIN       |
        | too few digits        | the current PIN | too short a PIN       |
        | another old PIN       | a wrong PIN     | a good PIN            |

    @mock
    Scenario: refuses the PIN of before on the same day with 403
      Given Alice has a mailbox with:
        | pin | 1397 |
      And Alice changed the PIN from the current PIN to a good PIN
      When Alice changes the PIN from the current PIN to the PIN "1397"
      Then the server answers 403

    @mock
    Scenario: refuses any change while visual voicemail is off with 403
      Given Alice has a mailbox with:
        | vvmon | false |
      When Alice changes the PIN from the current PIN to a good PIN
      Then the server answers 403

  @MSTORE-PIN-04
  Rule: The 403 carries a response header `reason-phrase` with one of the ten values, spelled and cased exactly.

    Scenario Outline: gives one of the ten reasons for <what>
      Given Alice has a mailbox
      When Alice changes the PIN from <old> to <new>
      Then the answer has:
        | header reason-phrase | one of the ten reasons |

      Examples:
        | what            | old             | new                |
        | repeated digits | the current PIN | a PIN of one digit |
        | too few digits  | the current PIN | too short a PIN    |
        | another old PIN | a wrong PIN     | a good PIN         |

  @MSTORE-PIN-05
  Rule: `reason-phrase` is a header field; the status-line text is something else and carries no meaning.

    Scenario: gives the reason in a header
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to too short a PIN
      Then the answer has:
        | header reason-phrase | any text |

  @MSTORE-PIN-06
  Rule: `PIN has Repeated Digits`.

    Scenario: gives the reason for four equal digits
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to a PIN of one digit
      Then the answer has:
        | header reason-phrase | PIN has Repeated Digits |

  @MSTORE-PIN-07
  Rule: `PIN has Consecutive Numbers`.

    Scenario: gives the reason for four digits in a row
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to a PIN in a row
      Then the answer has:
        | header reason-phrase | PIN has Consecutive Numbers |

    Scenario: reports what becomes of falling digits
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to the PIN "5432"
      Then the answer is noted

  @MSTORE-PIN-08
  Rule: `PIN recently Changed`.

    Scenario: gives the reason when the PIN is changed back at once
      Given Alice has a mailbox with:
        | pin | 1397 |
      And Alice changed the PIN from the current PIN to a good PIN
      When Alice changes the PIN from the current PIN to the PIN "1397"
      Then the answer has:
        | header reason-phrase | PIN recently Changed |

  @MSTORE-PIN-09
  Rule: `PIN last 4 digit match MSISDN`.

    Scenario: gives the reason for the last four digits of the number
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to the end of the number
      Then the answer has:
        | header reason-phrase | PIN last 4 digit match MSISDN |

  @MSTORE-PIN-10
  Rule: `PIN has invalid Character`.

    Scenario Outline: gives the reason for <pin>
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to <pin>
      Then the answer has:
        | header reason-phrase | PIN has invalid Character |

      Examples:
        | pin                                  |
        | a PIN with a letter                  |
        | a PIN with an asterisk               |
        | a PIN with a blank behind it         |
        | a PIN with a digit of another script |

  @MSTORE-PIN-11
  Rule: `PIN in Use`.

    Scenario: gives the reason for the current PIN
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to the current PIN
      Then the answer has:
        | header reason-phrase | PIN in Use |

  @MSTORE-PIN-12
  Rule: `PIN length too Long`.

    @mock
    Scenario: gives the reason for too many digits
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to too long a PIN
      Then the answer has:
        | header reason-phrase | PIN length too Long |

  @MSTORE-PIN-13
  Rule: `PIN length too Short`.

    Scenario: gives the reason for too few digits
      Given Alice has a mailbox
      When Alice changes the PIN from the current PIN to too short a PIN
      Then the answer has:
        | header reason-phrase | PIN length too Short |

  @MSTORE-PIN-14
  Rule: `Invalid OLD PIN`.

    Scenario: gives the reason where the old PIN is another
      Given Alice has a mailbox
      When Alice changes the PIN from a wrong PIN to a good PIN
      Then the answer has:
        | header reason-phrase | Invalid OLD PIN |

    @mock
    Scenario Outline: gives the reason for <old>
      Given Alice has a mailbox
      When Alice changes the PIN from <old> to a good PIN
      Then the answer has:
        | header reason-phrase | Invalid OLD PIN |

      Examples:
        | old                                     |
        | the current PIN without its last digit  |
        | the current PIN with a zero behind it   |
        | the current PIN with another last digit |

  @MSTORE-PIN-15
  Rule: `VVM Not Active`.

    Scenario: gives the reason while visual voicemail is off
      Given Alice has a mailbox with:
        | vvmon | false |
      When Alice changes the PIN from the current PIN to a good PIN
      Then the answer has:
        | header reason-phrase | VVM Not Active |

  @MSTORE-PIN-16
  Rule: A failed change leaves the PIN as it was.

    @mock
    Scenario Outline: keeps the PIN when it refuses <what>
      Given Alice has a mailbox
      When Alice changes the PIN from <old> to <new>
      Then the PIN of Alice is the current PIN

      Examples:
        | what                  | old             | new                   |
        | repeated digits       | the current PIN | a PIN of one digit    |
        | consecutive digits    | the current PIN | a PIN in a row        |
        | a letter              | the current PIN | a PIN with a letter   |
        | too many digits       | the current PIN | too long a PIN        |
        | another old PIN       | a wrong PIN     | a good PIN            |
        | too few digits        | the current PIN | too short a PIN       |
        | the end of the number | the current PIN | the end of the number |

  @MSTORE-PIN-17
  Rule: PINs are JSON strings; leading zeros count.

    @mock
    Scenario: keeps a zero in front
      Given Alice has a mailbox
      And Alice changed the PIN from the current PIN to a PIN with a zero in front
      And 2 days have passed for Alice
      When Alice changes the PIN from a PIN with a zero in front to a good PIN
      Then the server accepts it

    @mock
    Scenario: does not take the PIN without its zero
      Given Alice has a mailbox
      And Alice changed the PIN from the current PIN to a PIN with a zero in front
      And 2 days have passed for Alice
      When Alice changes the PIN from that PIN without its zero to a good PIN
      Then the server refuses it
      And the PIN of Alice is a PIN with a zero in front

  @MSTORE-PIN-18
  Rule: `OLD_PWD` or `PWD` alone does not change the PIN.

    @mock
    Scenario Outline: changes nothing for <attribute> alone
      Given Alice has a mailbox
      When Alice writes to the profile:
        | <attribute> | <pin> |
      Then the server refuses it
      And the PIN of Alice is the current PIN

      Examples:
        | attribute | pin  |
        | OLD_PWD   | 1397 |
        | PWD       | 2580 |

  @MSTORE-PIN-22
  Rule: A profile change that is no PIN change does not return `reason-phrase`.

    Scenario: gives no reason for a change of nut
      Given Alice has a mailbox
      When Alice writes to the profile:
        | nut | false |
      Then the server accepts it
      And the answer has:
        | header reason-phrase | none |

  @MSTORE-PIN-23
  Rule: A failing PIN change changes no other attribute.

    Scenario Outline: keeps the profile when it refuses <what>
      Given Alice's profile is known
      When Alice changes the PIN from <old> to <new>
      Then Alice's profile is as before

      Examples:
        | what            | old             | new                |
        | repeated digits | the current PIN | a PIN of one digit |
        | another old PIN | a wrong PIN     | a good PIN         |

  @MSTORE-PIN-24 @mock
  Rule: A change of the PIN is read as the JSON value that it is, however that is written.

    Scenario Outline: understands two PINs <spelling>
      Given Alice has a mailbox
      When Alice tries to "change the PIN" with the spelling "<spelling>"
      Then the server accepts it
      And 2 days have passed for Alice
      And the PIN of Alice is a good PIN

      Examples:
        | spelling                |
        | indented                |
        | letters escaped         |
        | digits of texts escaped |
