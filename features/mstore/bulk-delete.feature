@destroys
Feature: Bulk delete
  One request deletes many objects of either folder. Every object is tried, and has a result in the form of the bulk
  update's. What is deleted is gone at once, its audio with it.

  @MSTORE-BULKDELETE-01
  Rule: DELETE with a JSON body listing objects deletes them.

    @voicemail
    Scenario: deletes voicemails
      Given Alice has 2 voicemails
      When Alice deletes the first voicemail and the second voicemail
      Then the server accepts it
      And Alice does not find the first voicemail and the second voicemail among the voicemails

    @greeting @writes
    Scenario: deletes a greeting
      Given Alice has the greeting "hello"
      When Alice deletes the greeting "hello"
      Then the server accepts it
      And Alice does not find the greeting "hello" among the greetings

    @voicemail
    Scenario: does not show what was deleted
      Given Alice has 1 voicemail
      And Alice read the voicemail
      And Alice deleted the voicemail
      When Alice tries to "repeat the request"
      Then the server refuses it

    @voicemail @mock @writes
    Scenario: lets a voicemail be found, read, heard, marked and deleted
      Given Alice has 1 voicemail
      And Alice finds the voicemail among the voicemails
      And Alice read the voicemail
      And Alice downloaded the voicemail
      And the bytes of the download are those of the voicemail
      And Alice added the flag "\Seen" to the voicemail
      And the voicemail of Alice has the flag "\Seen"
      When Alice deletes the voicemail
      Then Alice does not find the voicemail among the voicemails

    @voicemail @mock
    Scenario: does not bring back what was deleted
      Given Alice has 2 voicemails
      When Alice deletes the first voicemail
      Then the server accepts it
      And 2 days have passed for Alice
      And Alice does not find the first voicemail among the voicemails

    @voicemail @writes
    Scenario: deletes a voicemail that is marked at once
      Given Alice has 1 voicemail
      And Alice can "read the profile"
      When Alice tries to "mark the first voicemail as seen, and at once delete the first voicemail"
      Then Alice does not find the first voicemail among the voicemails

  @MSTORE-BULKDELETE-02
  Rule: Deletion is attempted for each object; no short circuit.

    Scenario Outline: deletes the valid ones of <objects>
      Given Alice has 2 voicemails
      When Alice deletes <objects>
      Then Alice does not find the first voicemail and the second voicemail among the voicemails

      Examples:
        | objects                                                            |
        | an unknown voicemail, the first voicemail and the second voicemail |
        | the first voicemail, an unknown voicemail and the second voicemail |
        | the first voicemail, the second voicemail and an unknown voicemail |

  @MSTORE-BULKDELETE-03 @voicemail
  Rule: The answer has the bulkUpdate structure, success and failure items alike.

    Scenario: answers a list
      Given Alice has 1 voicemail
      When Alice deletes the voicemail
      Then the answer has:
        | bulkResponseList.response | a list |
      And the result of the voicemail has:
        | code                | a status from 200 to 299 |
        | success.resourceURL | its URL                  |
        | failure             | none                     |

    Scenario: says that an object was not deleted
      Given Alice has 1 voicemail
      When Alice deletes the voicemail and an unknown voicemail
      Then the result of an unknown voicemail has:
        | code                                 | a status outside 200 to 299 unless it succeeded |
        | failure.serviceException.variables.0 | its URL unless it succeeded                     |

  @MSTORE-BULKDELETE-04 @voicemail
  Rule: Duplicates collapse to one result.

    Scenario: answers once for an object that is listed twice
      Given Alice has 1 voicemail
      When Alice deletes the voicemail and the voicemail
      Then the results are:
        | the voicemail | success |

  @MSTORE-BULKDELETE-06 @voicemail
  Rule: When a 5xx carries `NWK_RSP`, its value is a string holding JSON of the bulk structure.

    Scenario: carries the results of a mixture past its status
      Given Alice has 1 voicemail
      When Alice deletes the voicemail and an unknown voicemail
      Then the list of results has:
        | NWK_RSP with a status from 500 to 599 | text |

  @MSTORE-BULKDELETE-08 @voicemail
  Rule: With a semantically invalid path the valid objects are deleted all the same.

    Scenario Outline: deletes the valid one of <objects>
      Given Alice has 1 voicemail
      When Alice deletes <objects>
      Then Alice does not find the voicemail among the voicemails

      Examples:
        | objects                             |
        | the object "test" and the voicemail |
        | the voicemail and the object "test" |

  @MSTORE-BULKDELETE-09
  Rule: Only the listed objects are deleted.

    Scenario: leaves other voicemails where they are
      Given Alice has 3 voicemails
      And Alice's mailbox is known
      When Alice deletes the second voicemail
      Then Alice's mailbox is as before but for:
        | the second voicemail | anything |

    @mock
    Scenario: leaves those where they are whose numbers begin alike
      Given Alice has 12 voicemails
      And Alice's voicemails are known
      When Alice deletes the first voicemail
      Then Alice's voicemails are as before but for:
        | the first voicemail | anything |

    @greeting @writes
    Scenario: leaves greetings where they are
      Given Alice has 1 voicemail
      And Alice has the greeting "hello"
      And Alice's greetings are known
      When Alice deletes the voicemail
      Then Alice's greetings are as before

    @greeting @writes
    Scenario: leaves a greeting that comes at once
      Given Alice has the greeting "old"
      And Alice's greetings are known
      When Alice tries to 'upload a greeting, and at once delete the greeting "old"'
      Then the quota of Alice's greetings has:
        | GreetingsOccupied | 0 more |
      And Alice does not find the greeting "old" among the greetings

    @greeting @writes
    Scenario: leaves a greeting active when another active one is deleted
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "early"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "late"
      When Alice deletes the greeting "early"
      Then the greeting "late" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-BULKDELETE-10 @voicemail
  Rule: Deleting what is not there is a failure item or a success.

    Scenario: deletes what it has deleted
      Given Alice has 1 voicemail
      And Alice deleted the voicemail
      When Alice deletes the voicemail
      Then the answer is noted

  @MSTORE-BULKDELETE-12
  Rule: A DELETE without a body, or with an empty list, deletes nothing.

    Scenario Outline: deletes nothing where <what> is <value>
      Given Alice has 2 voicemails
      And Alice deleted the first voicemail
      And Alice's mailbox is known
      When Alice tries to "delete the second voicemail" with:
        | <member> | <value> |
      Then the server reports no success
      And Alice's mailbox is as before

      Examples:
        | what                               | member                             | value |
        | the body                           | body                               | none  |
        | bulkDelete.objects.objectReference | bulkDelete.objects.objectReference | []    |

  @MSTORE-BULKDELETE-13
  Rule: Greetings and voicemails are both deletable; one call may mix folders.

    @voicemail
    Scenario: deletes a voicemail and a greeting at once
      Given Alice has 1 voicemail
      And Alice has the greeting "hello"
      When Alice deletes the greeting "hello" and the voicemail
      Then Alice does not find the voicemail among the voicemails
      And Alice does not find the greeting "hello" among the greetings

    Scenario: lets a greeting be uploaded, switched on, heard, switched off and deleted
      Given Alice has the greeting "hello"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "hello"
      And Alice finds the greeting "hello" among the greetings
      And the greeting "hello" of Alice has the flag "$CNS-Greeting-On"
      And Alice downloaded the greeting "hello"
      And the bytes of the download are those of the greeting "hello"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "hello"
      When Alice deletes the greeting "hello"
      Then Alice does not find the greeting "hello" among the greetings

    Scenario: deletes a greeting that is active
      Given Alice has the greeting "hello"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "hello"
      When Alice deletes the greeting "hello"
      Then Alice does not find the greeting "hello" among the greetings

  @MSTORE-BULKDELETE-14
  Rule: The payload of a deleted object is gone too.

    @voicemail
    Scenario: does not hand out the audio of a deleted voicemail
      Given Alice has 1 voicemail
      And Alice downloaded the voicemail
      And Alice deleted the voicemail
      When Alice tries to "repeat the request"
      Then the server refuses it

    @greeting @writes
    Scenario: does not hand out the audio of a deleted greeting
      Given Alice has the greeting "hello"
      And Alice downloaded the greeting "hello"
      And Alice deleted the greeting "hello"
      When Alice tries to "repeat the request"
      Then the server refuses it

  @MSTORE-BULKDELETE-16
  Rule: Objects of another mailbox are not deleted, nor are those of the same path in the own one.

    Scenario Outline: does not delete what is Bob's in <objects>
      Given Alice has 2 voicemails
      And Bob has 2 voicemails
      And Alice deleted the second voicemail
      And Bob's voicemails are known
      When Alice deletes <objects>
      Then Bob's voicemails are as before
      And Alice <finds> the first voicemail among the voicemails

      Examples:
        | objects                                          | finds         |
        | Bob's first voicemail and Bob's second voicemail | finds         |
        | Bob's first voicemail and the first voicemail    | does not find |

  @MSTORE-BULKDELETE-17
  Rule: Each object of a long list is deleted and has its result.

    Scenario Outline: deletes <count> voicemails
      Given Alice has <count> voicemails
      And Alice's voicemails are known
      When Alice deletes every voicemail
      Then the list of results has:
        | successes | <count> |
      And the quota of Alice's voicemails has:
        | VMOccupiedMessages | -<count> more |

      Examples:
        | count |
        | 11    |
        | 120   |

  @MSTORE-BULKDELETE-18
  Rule: A body that is no JSON, or JSON of another shape, is refused and deletes nothing.

    Scenario Outline: does not take a body <spelling>
      Given Alice has 2 voicemails
      And Alice deleted the first voicemail
      And Alice's mailbox is known
      When Alice tries to "delete the second voicemail" with the spelling "<spelling>"
      Then the server refuses it
      And Alice's mailbox is as before

      Examples:
        | spelling  |
        | cut off   |
        | in a list |

  @MSTORE-BULKDELETE-19
  Rule: The same JSON in another spelling means the same.

    Scenario Outline: understands a body <spelling>
      Given Alice has 2 voicemails
      When Alice tries to "delete the first voicemail and the second voicemail" with the spelling "<spelling>"
      Then the server accepts it
      And Alice does not find the first voicemail and the second voicemail among the voicemails

      Examples:
        | spelling        |
        | slashes escaped |
        | indented        |

  @MSTORE-BULKDELETE-20
  Rule: What was deleted leaves its place to another object.

    Scenario: takes a greeting in place of one that was deleted
      Given Alice has a mailbox with:
        | GreetingsQuota | 2 |
      And Alice has the greeting "first"
      And Alice has the greeting "second"
      And Alice deleted the greeting "first"
      When Alice uploads the greeting "third" with:
        | flags | \Seen |
      Then the server accepts it
      And Alice finds the greeting "second" and the greeting "third" among the greetings
      And Alice does not find the greeting "first" among the greetings

  @MSTORE-BULKDELETE-21
  Rule: A body that is nearly JSON, or has further members, is refused or read as it is meant.

    Scenario Outline: reports what becomes of a body <spelling>
      Given Alice has 2 voicemails
      And Alice deleted the first voicemail
      When Alice tries to "delete the second voicemail" with the spelling "<spelling>"
      Then the answer is noted

      Examples:
        | spelling                 |
        | with a comma too many    |
        | with something behind it |
        | in single quotes         |
        | with further members     |
