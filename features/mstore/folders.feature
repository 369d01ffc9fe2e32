Feature: Folders
  A mailbox has a folder of voicemails and one of greetings. Each says how much it holds and how much it may hold.

  @MSTORE-FOLDER-01
  Rule: GET of folder `27a29814-dd8f-43ee-b768-19af98bf1d07` with attrFilter `Quota` succeeds and answers `folder`.

    Scenario: shows the folder of voicemails
      Given Alice has a mailbox
      When Alice reads the quota of the voicemails
      Then the server accepts it
      And the answer has:
        | folder | an object |

  @MSTORE-FOLDER-02
  Rule: Same for `c1a7c823-fdd1-4857-8d44-b315444d2a83`.

    Scenario: shows the folder of greetings
      Given Alice has a mailbox
      When Alice reads the quota of the greetings
      Then the server accepts it
      And the answer has:
        | folder | an object |

  @MSTORE-FOLDER-03
  Rule: Without attrFilter the server ends in HTTP 504.

    Scenario Outline: does not answer for the folder of <folder> without attrFilter
      Given Alice can "read the <folder> folder"
      When Alice reads the folder "<id>"
      Then the server answers 504

      Examples:
        | folder     | id                                   |
        | voicemails | 27a29814-dd8f-43ee-b768-19af98bf1d07 |
        | greetings  | c1a7c823-fdd1-4857-8d44-b315444d2a83 |

  @MSTORE-FOLDER-05
  Rule: The percent-encoded query in the path (`%3FattrFilter%3DQuota`) is accepted; digest `uri` is the decoded URL with a real `?`.

    Scenario Outline: shows the folder of <folder> where the query is encoded into the path
      Given Alice has a mailbox
      When Alice reads the folder "<id>%3FattrFilter%3DQuota"
      Then the server accepts it
      And the answer holds the attributes:
        | OccupiedStorage | a whole number |

      Examples:
        | folder     | id                                   |
        | voicemails | 27a29814-dd8f-43ee-b768-19af98bf1d07 |
        | greetings  | c1a7c823-fdd1-4857-8d44-b315444d2a83 |

  @MSTORE-FOLDER-06
  Rule: The plain query form `?attrFilter=Quota` is accepted.

    Scenario Outline: shows the folder of <folder> where the query stands behind the path
      Given Alice has a mailbox
      When Alice reads the folder "<id>?attrFilter=Quota"
      Then the server answers 200 "plain query"

      Examples:
        | folder     | id                                   |
        | voicemails | 27a29814-dd8f-43ee-b768-19af98bf1d07 |
        | greetings  | c1a7c823-fdd1-4857-8d44-b315444d2a83 |

  @MSTORE-FOLDER-07
  Rule: An unknown folder id is refused.

    Scenario: has no folder of an unknown id
      Given Alice can "read the voicemails folder"
      When Alice reads the folder "27a29814-dd8f-43ee-b768-19af98bf0000" with the filter "Quota"
      Then the server refuses it

    Scenario Outline: does not take <id> for the folder that it is like
      Given Alice can "read the voicemails folder"
      When Alice reads the folder "<id>" with the filter "Quota"
      Then the server refuses it

      Examples:
        | id                                    |
        | 27a29814                              |
        | 27a29814-dd8f-43ee-b768-19af98bf1d0   |
        | 27a29814-dd8f-43ee-b768-19af98bf1d070 |
        | 27a29814-dd8f-43ee-b768-19af98bf1d08  |
        | 27a29814-dd8f-43ee-8d44-b315444d2a83  |

    Scenario: does not take no id for that of a folder
      Given Alice can "read the voicemails folder"
      When Alice reads the folder "" with the filter "Quota"
      Then the server refuses it

  @MSTORE-FOLDER-08
  Rule: `folder.parentFolder` is the URL of a folder.

    Scenario Outline: names the parent of the folder of <folder>
      Given Alice has a mailbox
      When Alice reads the quota of the <folder>
      Then the answer has:
        | folder.parentFolder | a URL below /folders/ |

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-FOLDER-09
  Rule: `folder.attributes.attribute[]` items are `{name, value:[one string]}`.

    Scenario Outline: gives every attribute of the folder of <folder> one value
      Given Alice has a mailbox
      When Alice reads the quota of the <folder>
      Then the answer has:
        | folder.attributes.attribute | a list of attributes |

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-FOLDER-10
  Rule: `folder.attributes.resourceURL` is the URL of this folder (inside `attributes`, beside `attribute`).

    Scenario Outline: says where the folder of <folder> is
      Given Alice has a mailbox
      When Alice reads the quota of the <folder>
      Then the answer has:
        | folder.attributes.resourceURL | a URL ending /folders/<id> |

      Examples:
        | folder     | id                                   |
        | voicemails | 27a29814-dd8f-43ee-b768-19af98bf1d07 |
        | greetings  | c1a7c823-fdd1-4857-8d44-b315444d2a83 |

  @MSTORE-FOLDER-11
  Rule: `OccupiedStorage` in both folders: storage used in KiB.

    Scenario Outline: returns how much <folder> take
      Given Alice has a mailbox
      When Alice reads the quota of the <folder>
      Then the answer holds the attributes:
        | OccupiedStorage | a whole number |

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

    @greeting @writes
    Scenario: counts the KiB of a greeting
      Given Alice has the greeting "long" with:
        | bytes | 4096 |
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | OccupiedStorage | a whole number, at least 1 |

    @mock
    Scenario: counts the KiB of much audio
      Given Alice has a voicemail with:
        | bytes | 150000 |
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | OccupiedStorage | a whole number, at least 146 |

  @MSTORE-FOLDER-12
  Rule: `OccupiedStorage` is the storage of all objects of a folder, rounded down once.

    # Encoded they are less than a KiB too, and more than half of one: what is counted does not matter
    Scenario: shows a voicemail of 540 bytes as no KiB
      Given Alice has a voicemail with:
        | bytes | 540 |
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | OccupiedStorage | 0 |

    @writes
    Scenario: shows a greeting of 540 bytes as no KiB
      Given Alice has the greeting "one" with:
        | bytes | 540 |
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | OccupiedStorage | 0 |

    Scenario: rounds the storage of several voicemails down once
      Given Alice has a voicemail with:
        | bytes | 540 |
      And Alice has a voicemail with:
        | bytes | 540 |
      And Alice has a voicemail with:
        | bytes | 540 |
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | OccupiedStorage | a whole number, at least 1 |

  @MSTORE-FOLDER-13
  Rule: `TotalStorage` in both folders: limit in KiB.

    Scenario Outline: returns how much <folder> may take
      Given Alice has a mailbox
      When Alice reads the quota of the <folder>
      Then the answer holds the attributes:
        | TotalStorage | a whole number, at least OccupiedStorage |

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-FOLDER-14
  Rule: Voicemails folder: `FaxOccupiedMessages`.

    Scenario: returns how many faxes there are
      Given Alice has a mailbox
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | FaxOccupiedMessages | a whole number, at most FaxMessagesQuota |

    @voicemail
    Scenario: does not count a voicemail as a fax
      Given Alice's voicemails are known
      And Alice has 2 voicemails
      When Alice reads the quota of the voicemails
      Then the quota of Alice's voicemails has:
        | FaxOccupiedMessages | 0 more |

  @MSTORE-FOLDER-15
  Rule: Voicemails folder: `FaxMessagesQuota`.

    Scenario: returns how many faxes there may be
      Given Alice has a mailbox
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | FaxMessagesQuota | a whole number |

  @MSTORE-FOLDER-16
  Rule: Voicemails folder: `VMOccupiedMessages` = number of voicemails.

    Scenario: counts the voicemails that a search finds
      Given Alice has a mailbox
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMOccupiedMessages | the number of Alice's voicemails |

    @voicemail @writes
    Scenario: counts voicemails whether they were heard or not
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMOccupiedMessages | the number of Alice's voicemails |

    @mock
    Scenario Outline: counts <count> voicemails
      Given Alice has <count> voicemails
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMOccupiedMessages | <count> |

      Examples:
        | count |
        | 1     |
        | 9     |
        | 10    |
        | 11    |
        | 25    |

  @MSTORE-FOLDER-17
  Rule: Voicemails folder: `VMMessagesQuota`.

    Scenario: returns how many voicemails there may be
      Given Alice has a mailbox
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMMessagesQuota | a whole number, at least VMOccupiedMessages |

    @voicemail
    Scenario: has room for the voicemails that there are
      Given Alice has 1 voicemail
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMMessagesQuota | a whole number, at least VMOccupiedMessages |

  @MSTORE-FOLDER-18
  Rule: Greetings folder: `GreetingsOccupied` = number of greetings of any type.

    Scenario: counts the greetings that a search finds
      Given Alice has the greeting "one"
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | GreetingsOccupied | the number of Alice's greetings |

    Scenario Outline: counts a <type> among the greetings
      Given Alice's greetings are known
      When Alice uploads the greeting "another" with:
        | x-cns-greeting-type | <type> |
      Then the quota of Alice's greetings has:
        | GreetingsOccupied | <change> more |

      Examples:
        | type            | change |
        | normal-greeting | 1      |
        | voice-signature | 1      |

    @mock
    Scenario: counts more greetings than fit on a page of a search
      Given Alice has a mailbox with:
        | GreetingsQuota      | 20 |
        | NormalGreetingQuota | 20 |
      And Alice has 11 greetings
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | GreetingsOccupied      | 11 |
        | NormalGreetingOccupied | 11 |

  @MSTORE-FOLDER-19
  Rule: Greetings folder: `GreetingsQuota`.

    Scenario: returns how many greetings there may be
      Given Alice has a mailbox
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | GreetingsQuota | a whole number |

  @MSTORE-FOLDER-20
  Rule: Greetings folder: `NormalGreetingOccupied` = number of normal greetings.

    Scenario Outline: counts <change> more normal greetings after a <type>
      Given Alice's greetings are known
      When Alice uploads the greeting "another" with:
        | x-cns-greeting-type | <type> |
      Then the quota of Alice's greetings has:
        | NormalGreetingOccupied | <change> more |

      Examples:
        | type            | change |
        | normal-greeting | 1      |
        | voice-signature | 0      |

  @MSTORE-FOLDER-21
  Rule: Greetings folder: `NormalGreetingQuota`.

    Scenario: returns how many normal greetings there may be
      Given Alice has a mailbox
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | NormalGreetingQuota | a whole number |

  @MSTORE-FOLDER-22
  Rule: Greetings folder: `VoiceSignatureOccupied` = number of voice signatures.

    Scenario Outline: counts <change> more voice signatures after a <type>
      Given Alice's greetings are known
      When Alice uploads the greeting "another" with:
        | x-cns-greeting-type | <type> |
      Then the quota of Alice's greetings has:
        | VoiceSignatureOccupied | <change> more |

      Examples:
        | type            | change |
        | voice-signature | 1      |
        | normal-greeting | 0      |

  @MSTORE-FOLDER-23
  Rule: Greetings folder: `VoiceSignatureQuota`.

    Scenario: returns how many voice signatures there may be
      Given Alice has a mailbox
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | VoiceSignatureQuota | a whole number |

  @MSTORE-FOLDER-24
  Rule: Fax*/VM* attributes are absent from the greetings folder; Greetings*/NormalGreeting*/VoiceSignature* are absent from the voicemails folder.

    Scenario: does not count messages among the greetings
      Given Alice has a mailbox
      When Alice reads the quota of the greetings
      Then the answer holds the attributes:
        | OccupiedStorage     | a whole number |
        | FaxOccupiedMessages | none           |
        | FaxMessagesQuota    | none           |
        | VMOccupiedMessages  | none           |
        | VMMessagesQuota     | none           |

    Scenario: does not count greetings among the voicemails
      Given Alice has a mailbox
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | OccupiedStorage        | a whole number |
        | GreetingsOccupied      | none           |
        | GreetingsQuota         | none           |
        | NormalGreetingOccupied | none           |
        | NormalGreetingQuota    | none           |
        | VoiceSignatureOccupied | none           |
        | VoiceSignatureQuota    | none           |

  @MSTORE-FOLDER-25
  Rule: The counters of greetings fall again after a deletion.

    Scenario: no longer counts a greeting that was deleted
      Given Alice's greetings are known
      And Alice has the greeting "short-lived" with:
        | bytes | 4096 |
      When Alice deletes the greeting "short-lived"
      Then the quota of Alice's greetings has:
        | GreetingsOccupied      | 0 more |
        | NormalGreetingOccupied | 0 more |

  @MSTORE-FOLDER-26
  Rule: Each folder has its own quota: an upload to greetings leaves the voicemails folder's numbers unchanged.

    Scenario: counts a greeting among the greetings alone
      Given Alice's voicemails are known
      When Alice uploads the greeting "long" with:
        | bytes | 4096 |
      Then the server accepts it
      And the quota of Alice's voicemails has:
        | OccupiedStorage     | 0 more |
        | FaxOccupiedMessages | 0 more |
        | VMOccupiedMessages  | 0 more |

    @mock @voicemail
    Scenario: takes a greeting while there is no room for a voicemail
      Given Alice has a mailbox with:
        | VMMessagesQuota | 1 |
      And Alice has 1 voicemail
      When Alice uploads the greeting "mine" with:
        | flags | \Seen |
      Then the server accepts it
      And Alice finds the greeting "mine" among the greetings

  @MSTORE-FOLDER-27
  Rule: A folder holds objects of one kind only.

    Scenario: finds voicemails and greetings each in their own folder
      Given Alice has 1 voicemail
      And Alice has the greeting "one"
      When Alice reads the quota of the voicemails
      Then Alice finds the voicemail among the voicemails
      And Alice finds the greeting "one" among the greetings
      And Alice does not find the greeting "one" among the voicemails
      And Alice does not find the voicemail among the greetings

  @MSTORE-FOLDER-29
  Rule: Other attrFilter values are undefined.

    Scenario: reports what becomes of another filter
      Given Alice can "read the voicemails folder"
      When Alice reads the folder "27a29814-dd8f-43ee-b768-19af98bf1d07" with the filter "Nonsense"
      Then the answer is noted

  @MSTORE-FOLDER-31
  Rule: `OccupiedStorage` falls again after a deletion.

    Scenario: gives the storage of a greeting back that was deleted
      Given Alice's greetings are known
      And Alice has the greeting "short-lived" with:
        | bytes | 4096 |
      When Alice deletes the greeting "short-lived"
      Then the quota of Alice's greetings has:
        | OccupiedStorage | 0 more |

  @MSTORE-FOLDER-32
  Rule: Reading a folder changes nothing in the mailbox.

    Scenario Outline: leaves all as it is when the quota of the <folder> is read
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      And Alice removed the flag "\Seen" from the second voicemail
      And Alice has the greeting "heard" with:
        | flags | \Seen |
      And Alice has the greeting "active" with:
        | flags |  |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "active"
      When Alice reads the quota of the <folder>
      Then the server accepts it
      And the first voicemail of Alice has the flag "\Seen"
      And the second voicemail of Alice does not have the flag "\Seen"
      And the greeting "heard" of Alice has the flag "\Seen"
      And the greeting "active" of Alice has the flag "$CNS-Greeting-On"

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-FOLDER-33
  Rule: Each quota is the limit of this mailbox.

    Scenario Outline: shows a <quota> of <limit>
      Given Alice has a mailbox with:
        | <quota> | <limit> |
      When Alice reads the quota of the <folder>
      Then the answer holds the attributes:
        | <quota> | <limit> |

      Examples:
        | folder     | quota               | limit  |
        | voicemails | TotalStorage        | 1000   |
        | greetings  | TotalStorage        | 400000 |
        | voicemails | FaxMessagesQuota    | 0      |
        | voicemails | VMMessagesQuota     | 1      |
        | greetings  | GreetingsQuota      | 30     |
        | greetings  | NormalGreetingQuota | 1      |
        | greetings  | VoiceSignatureQuota | 0      |

  @MSTORE-FOLDER-34
  Rule: A mailbox is that of its whole number, also beside numbers that differ in one digit or in length.

    Scenario Outline: counts in the mailbox of a number what is its own beside one <neighbour>
      Given Alice has 1 voicemail
      And Alice has the greeting "one"
      And Bob has a mailbox with:
        | msisdn | Alice's <neighbour> |
      And Bob has 2 voicemails
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMOccupiedMessages | 1 |
      And Alice finds the voicemail among the voicemails
      And Alice finds the greeting "one" among the greetings

      Examples:
        | neighbour               |
        | with another last digit |
        | with one digit more     |
        | with one digit less     |
