Feature: Profile
  The profile says how the account stands. A change names the attributes that are to change, and no others.

  @MSTORE-PROFILE-01
  Rule: GET answers with JSON `vvmserviceProfile.attributes.attribute[]`.

    Scenario: shows the profile
      Given Alice has a mailbox
      When Alice reads the profile
      Then the server accepts it
      And the answer has:
        | vvmserviceProfile.attributes.attribute | a list |

  @MSTORE-PROFILE-02
  Rule: Each attribute is `{name: string, value: [one string]}`.

    Scenario: shows every attribute with one value
      Given Alice's profile is known
      When Alice reads the profile
      Then the answer fits "profile"

  @MSTORE-PROFILE-03
  Rule: GET includes `cosname` (string).

    Scenario: shows cosname
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | cosname | any text |

  @MSTORE-PROFILE-04
  Rule: GET includes `isblocked` (boolean text).

    Scenario: shows isblocked
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | isblocked | a boolean |

  @MSTORE-PROFILE-05
  Rule: GET includes `Language` (e.g. `eng`).

    Scenario: shows Language
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | Language | any text |

  @MSTORE-PROFILE-06
  Rule: GET includes `MigrationDate` in the form `YYYY:MM:DD:hh:mm`.

    Scenario: shows MigrationDate
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | MigrationDate | a date YYYY:MM:DD:hh:mm |

  @MSTORE-PROFILE-07
  Rule: GET includes `MigrationStatus` (boolean text, seen as `True`).

    Scenario: shows MigrationStatus
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | MigrationStatus | a boolean |

  @MSTORE-PROFILE-08
  Rule: GET includes `nut` (boolean text).

    Scenario: shows nut
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | nut | a boolean |

  @MSTORE-PROFILE-09
  Rule: GET includes `SMSDirectLink` (boolean text).

    Scenario: shows SMSDirectLink
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | SMSDirectLink | a boolean |

  @MSTORE-PROFILE-10
  Rule: GET includes `V2E_ON` (boolean text, seen as `False`).

    Scenario: shows V2E_ON
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | V2E_ON | a boolean |

  @MSTORE-PROFILE-11
  Rule: GET includes `V2t_Language` (e.g. `None`).

    Scenario: shows V2t_Language
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | V2t_Language | any text |

  @MSTORE-PROFILE-12
  Rule: GET includes `vvmon` (boolean text).

    Scenario: shows vvmon
      Given Alice has a mailbox
      When Alice reads the profile
      Then the answer holds the attributes:
        | vvmon | a boolean |

  @MSTORE-PROFILE-13
  Rule: `OLD_PWD` is [out] only: it never appears in GET.

    Scenario: does not show the old PIN
      Given Alice's profile is known
      When Alice reads the profile
      Then the answer holds the attributes:
        | OLD_PWD | none |

  @MSTORE-PROFILE-14
  Rule: `PWD` is [out] only: it never appears in GET; no attribute value equals the PIN.

    Scenario: does not show the PIN
      Given Alice's profile is known
      When Alice reads the profile
      Then the answer holds the attributes:
        | PWD | none |

    @pin
    Scenario: does not show the PIN under another name
      Given Alice's profile is known
      When Alice reads the profile
      Then the answer does not show "the PIN of Alice"

  @MSTORE-PROFILE-16 @writes
  Rule: PUT with the same structure answers 2xx.

    Scenario Outline: takes a change of <attribute> to <value>
      Given Alice has a mailbox
      When Alice writes to the profile:
        | <attribute> | <value> |
      Then the server accepts it

      Examples:
        | attribute | value |
        | nut       | false |
        | nut       | true  |
        | vvmon     | true  |

  @MSTORE-PROFILE-17 @writes
  Rule: PUT has POST semantics: attributes left out keep their values.

    Scenario Outline: leaves all alone that a change to <value> does not name
      Given Alice's profile is known
      When Alice writes to the profile:
        | nut | <value> |
      Then Alice's profile is as before but for:
        | profile nut | anything |

      Examples:
        | value |
        | true  |
        | false |

    @mock
    Scenario Outline: leaves <kept> at <value> where another attribute changes
      Given Alice has a mailbox with:
        | <kept> | <value> |
      And Alice's profile is known
      When Alice writes to the profile:
        | <changed> | true |
      Then the server accepts it
      And Alice's profile is as before but for:
        | profile <changed> | anything |

      Examples:
        | kept  | value | changed |
        | vvmon | false | nut     |
        | nut   | true  | vvmon   |

    @pin @mock @destroys
    Scenario: leaves all alone when the PIN is changed
      Given Alice's profile is known
      When Alice changes the PIN from the current PIN to a good PIN
      Then the server accepts it
      And Alice's profile is as before

  @MSTORE-PROFILE-18 @writes
  Rule: `nut` [in,out] written by PUT is returned by GET.

    Scenario Outline: shows the <value> that was written to nut
      Given Alice wrote to the profile:
        | nut | <other> |
      When Alice writes to the profile:
        | nut | <value> |
      Then Alice's profile has:
        | nut | <value> |

      Examples:
        | value | other |
        | true  | false |
        | false | true  |

    @mock
    Scenario Outline: shows both of two attributes that were written, <first> before <second>
      Given Alice has a mailbox with:
        | nut   | false |
        | vvmon | false |
      When Alice writes to the profile:
        | <first>  | true |
        | <second> | true |
      Then the server accepts it
      And Alice's profile has:
        | nut   | true |
        | vvmon | true |

      Examples:
        | first | second |
        | nut   | vvmon  |
        | vvmon | nut    |

  @MSTORE-PROFILE-19 @writes
  Rule: `vvmon` [in,out] `true` written by PUT is returned by GET.

    Scenario: shows that visual voicemail was switched on
      Given Alice has a mailbox
      When Alice writes to the profile:
        | vvmon | true |
      Then Alice's profile has:
        | vvmon | true |

    @mock
    Scenario: shows that visual voicemail was switched on where it was off
      Given Alice has a mailbox with:
        | vvmon | false |
      And Alice's profile has:
        | vvmon | false |
      When Alice writes to the profile:
        | vvmon | true |
      Then Alice's profile has:
        | vvmon | true |

    @mock
    Scenario: shows long after that visual voicemail was switched on
      Given Alice has a mailbox with:
        | vvmon | false |
      When Alice writes to the profile:
        | vvmon | true |
      Then the server accepts it
      And 100 days have passed for Alice
      And Alice's profile has:
        | vvmon | true |

  @MSTORE-PROFILE-20 @writes
  Rule: `vvmon` `false` written by PUT is returned by GET.

    Scenario: switches visual voicemail off, or says that it does not
      Given Alice wrote to the profile:
        | vvmon | true |
      When Alice writes to the profile:
        | vvmon | false |
      Then the server answers 200 "deactivated"
      And Alice's profile has:
        | vvmon | false if it was accepted, else true |

  @MSTORE-PROFILE-21 @writes
  Rule: [in]-only attributes (`isblocked`, `MigrationDate`, `MigrationStatus`) cannot be changed by PUT.

    Scenario Outline: lets no client change <attribute>
      Given Alice can "write the profile"
      And Alice's profile is known
      When Alice writes to the profile:
        | <attribute> | <value> |
      Then Alice's profile is as before

      Examples:
        | attribute       | value            |
        | isblocked       | true             |
        | MigrationDate   | 2001:02:03:04:05 |
        | MigrationStatus | False            |

  @MSTORE-PROFILE-22 @writes
  Rule: [in,out?] attributes (`cosname`, `Language`, `SMSDirectLink`, `V2E_ON`, `V2t_Language`) may be writable.

    Scenario Outline: reports whether <attribute> can be written
      Given Alice's profile is known
      When Alice writes to the profile:
        | <attribute> | the known value |
      Then the answer is noted
      And Alice's profile is as before

      Examples:
        | attribute     |
        | cosname       |
        | Language      |
        | SMSDirectLink |
        | V2E_ON        |
        | V2t_Language  |

  @MSTORE-PROFILE-24 @writes
  Rule: A successful PUT may have an empty body; no client reads one.

    Scenario: reports whether a change is answered with nothing
      Given Alice can "write the profile"
      When Alice writes to the profile:
        | nut | false |
      Then the answer has no "body"

  @MSTORE-PROFILE-26 @writes
  Rule: PUT with an unknown attribute name does not disturb known ones.

    Scenario: keeps what it knows whatever it makes of a name that it does not know
      Given Alice can "write the profile"
      And Alice's profile is known
      When Alice writes to the profile:
        | x-unknown | 1 |
      Then Alice's profile is as before but for:
        | profile x-unknown | anything |

    Scenario Outline: keeps what it knows whatever it makes of a value <what>
      Given Alice can "write the profile"
      And Alice's profile is known
      When Alice writes to the profile:
        | x-unknown | <value> |
      Then Alice's profile is as before but for:
        | profile x-unknown | anything |

      Examples:
        | what              | value                 |
        | with a quote      | some "quoted" words   |
        | with a backslash  | a\\b                  |
        | with a semicolon  | 1; vvmon=false        |
        | with an ampersand | 1&vvmon=false         |
        | with a tag        | <b>bold</b>           |
        | beyond ASCII      | früh, спозаранку, 🌄 |

  @MSTORE-PROFILE-27 @writes
  Rule: The profile reflects the account state: changing it does not alter folders or objects.

    Scenario Outline: leaves the <folder> alone when the profile changes
      Given Alice wrote to the profile:
        | nut | false |
      And Alice's <folder> are known
      When Alice writes to the profile:
        | nut | true |
      Then Alice's <folder> are as before

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

    @voicemail
    Scenario: leaves a voicemail alone when the profile changes
      Given Alice has 1 voicemail
      And Alice's voicemails are known
      When Alice writes to the profile:
        | nut | true |
      Then Alice's voicemails are as before

  @MSTORE-PROFILE-28
  Rule: GET is safe and repeatable.

    Scenario: shows the same a second time
      Given Alice's profile is known
      When Alice reads the quota of the voicemails
      Then Alice's profile is as before

    Scenario: shows the same a third time
      Given Alice's profile is known
      When Alice reads the profile
      Then Alice's profile is as before

  @MSTORE-PROFILE-29 @writes
  Rule: A profile is read as the JSON value that it is, however that is written.

    Scenario Outline: understands a profile <spelling>
      Given Alice can "write the profile"
      When Alice tries to "write the profile" with the spelling "<spelling>"
      Then the server accepts it
      And Alice's profile has:
        | nut | false |

      Examples:
        | spelling                      |
        | indented                      |
        | members in the opposite order |
        | letters escaped               |
