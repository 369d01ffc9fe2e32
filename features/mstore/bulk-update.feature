Feature: Bulk update
  One request sets or clears the flag `\Seen` of many objects. Every object is tried, and has a result of its own
  that names it; where some fail the results may come as text inside another answer.

  @MSTORE-BULKUPDATE-01
  Rule: POST with `operation` `AddFlag` and `\Seen` sets the flag on the objects listed.

    Scenario: marks voicemails as seen
      Given Alice has 2 voicemails
      When Alice adds the flag "\Seen" to the first voicemail and the second voicemail
      Then the server accepts it
      And the first voicemail of Alice has the flag "\Seen"
      And the second voicemail of Alice has the flag "\Seen"

    Scenario: marks a voicemail as seen once more
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      And Alice removed the flag "\Seen" from the voicemail
      When Alice adds the flag "\Seen" to the voicemail
      Then the voicemail of Alice has the flag "\Seen"

    @mock
    Scenario: keeps a voicemail marked as seen
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail
      Then the server accepts it
      And 2 days have passed for Alice
      And the voicemail of Alice has the flag "\Seen"

  @MSTORE-BULKUPDATE-02
  Rule: `RemoveFlag` clears it.

    Scenario: marks voicemails as new again
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail and the second voicemail
      When Alice removes the flag "\Seen" from the first voicemail and the second voicemail
      Then the server accepts it
      And the first voicemail of Alice does not have the flag "\Seen"
      And the second voicemail of Alice does not have the flag "\Seen"

  @MSTORE-BULKUPDATE-03
  Rule: The answer is JSON `bulkResponseList.response[]`.

    Scenario Outline: answers a list to <request>
      Given Alice has 2 voicemails
      When Alice <request> the first voicemail and the second voicemail
      Then the answer has:
        | bulkResponseList.response | a list |

      Examples:
        | request                       |
        | adds the flag "\Seen" to      |
        | removes the flag "\Seen" from |

  @MSTORE-BULKUPDATE-04
  Rule: A success item names the object in `success.resourceURL`, with a 2xx `code`.

    Scenario: says that an object was changed
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail
      Then the result of the voicemail has:
        | code                | a status from 200 to 299 |
        | success.resourceURL | its URL                  |

  @MSTORE-BULKUPDATE-05
  Rule: A failure item has `failure.serviceException.variables` and a `code` that is not 2xx.

    Scenario: says that an object was not changed
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail and an unknown voicemail
      Then the result of an unknown voicemail has:
        | code                                 | a status outside 200 to 299 |
        | failure.serviceException.variables.0 | any text                    |

  @MSTORE-BULKUPDATE-06 @writes
  Rule: A failure item has a `reason`, and its `serviceException` a `messageId` and a `text`.

    Scenario: says in words that an object was not changed
      Given Alice has a mailbox
      When Alice adds the flag "\Seen" to an unknown voicemail
      Then the result of an unknown voicemail has:
        | reason                             | any text |
        | failure.serviceException.messageId | any text |
        | failure.serviceException.text      | any text |

  @MSTORE-BULKUPDATE-07 @writes
  Rule: Each item has exactly one of `success` and `failure`.

    Scenario: reports success and failure separately
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail and an unknown voicemail
      Then the result of the voicemail has:
        | failure | none |
      And the result of an unknown voicemail has:
        | success | none |

  @MSTORE-BULKUPDATE-08
  Rule: No short circuit: every valid object is changed whatever the others do.

    Scenario Outline: changes the valid ones of <objects>
      Given Alice has 2 voicemails
      When Alice adds the flag "\Seen" to <objects>
      Then the first voicemail of Alice has the flag "\Seen"
      And the second voicemail of Alice has the flag "\Seen"

      Examples:
        | objects                                                            |
        | an unknown voicemail, the first voicemail and the second voicemail |
        | the first voicemail, an unknown voicemail and the second voicemail |
        | the first voicemail, the second voicemail and an unknown voicemail |

  @MSTORE-BULKUPDATE-09
  Rule: An object listed twice has one result.

    Scenario: answers once for an object that is listed twice
      Given Alice has 2 voicemails
      When Alice adds the flag "\Seen" to the first voicemail, the first voicemail and the second voicemail
      Then the results are:
        | the first voicemail  | success |
        | the second voicemail | success |

  @MSTORE-BULKUPDATE-11 @writes
  Rule: When a 5xx carries `NWK_RSP`, its value is a string holding JSON of the bulk structure.

    Scenario: carries the results of a mixture past its status
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail and an unknown voicemail
      Then the list of results has:
        | NWK_RSP with a status from 500 to 599 | text |

  @MSTORE-BULKUPDATE-13 @writes
  Rule: A mixture of successes and failures answers 2xx and the list, or 5xx with `NWK_RSP`.

    Scenario: answers a mixture
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail and an unknown voicemail
      Then the list of results has:
        | form | plain with 2xx, or in NWK_RSP with a status from 500 to 599 |

  @MSTORE-BULKUPDATE-14 @writes
  Rule: A semantically invalid object path may answer `{"error":"MSTORE_RLY-MST_NWKERR"}`.

    Scenario: reports what becomes of a path that no object has
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail and the object "test"
      Then the "kind of body" of the answer is noted

  @MSTORE-BULKUPDATE-15
  Rule: Even then the valid objects are changed.

    Scenario Outline: changes the valid one of <objects>
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to <objects>
      Then the voicemail of Alice has the flag "\Seen"

      Examples:
        | objects                             |
        | the object "test" and the voicemail |
        | the voicemail and the object "test" |

  @MSTORE-BULKUPDATE-16 @writes
  Rule: An operation other than `AddFlag`/`RemoveFlag` is refused and changes nothing.

    Scenario Outline: refuses <operation> for an operation
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the second voicemail
      And Alice's voicemails are known
      When Alice tries to "mark the first voicemail and the second voicemail as seen" with:
        | bulkUpdate.operation | <operation> |
      Then the server reports no success
      And Alice's voicemails are as before

      Examples:
        | operation  |
        | "Nonsense" |
        | ""         |
        | none       |

  @MSTORE-BULKUPDATE-17 @writes
  Rule: A body without `bulkUpdate`, `objects.objectReference` or `flags.flag` is refused and changes nothing.

    Scenario Outline: refuses a body without <member>
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the second voicemail
      And Alice's voicemails are known
      When Alice tries to "mark the first voicemail and the second voicemail as seen" with:
        | <member> | none |
      Then the server refuses it
      And Alice's voicemails are as before

      Examples:
        | member                             |
        | bulkUpdate                         |
        | bulkUpdate.objects                 |
        | bulkUpdate.objects.objectReference |
        | bulkUpdate.flags                   |
        | bulkUpdate.flags.flag              |

    Scenario Outline: changes nothing for an empty list at <member>
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the second voicemail
      And Alice's voicemails are known
      When Alice tries to "mark the first voicemail and the second voicemail as seen" with:
        | <member> | [] |
      Then the answer is noted
      And Alice's voicemails are as before

      Examples:
        | member                             |
        | bulkUpdate.objects.objectReference |
        | bulkUpdate.flags.flag              |

  @MSTORE-BULKUPDATE-18
  Rule: AddFlag on an object already seen, and RemoveFlag on one unseen, succeed and change nothing.

    Scenario: marks as seen what was seen
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      And Alice's voicemails are known
      When Alice adds the flag "\Seen" to the voicemail
      Then the results are:
        | the voicemail | success |
      And Alice's voicemails are as before

    Scenario: marks as new what was new
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      And Alice removed the flag "\Seen" from the voicemail
      And Alice's voicemails are known
      When Alice removes the flag "\Seen" from the voicemail
      Then the results are:
        | the voicemail | success |
      And Alice's voicemails are as before

  @MSTORE-BULKUPDATE-19
  Rule: Every distinct object requested has a result, and no other object has.

    Scenario: answers for each object
      Given Alice has 3 voicemails
      When Alice adds the flag "\Seen" to the third voicemail, an unknown voicemail and the first voicemail
      Then the results are:
        | the first voicemail  | a result |
        | the third voicemail  | a result |
        | an unknown voicemail | a result |

  @MSTORE-BULKUPDATE-20
  Rule: Objects not listed are untouched.

    Scenario: leaves other voicemails alone
      Given Alice has 3 voicemails
      And Alice's mailbox is known
      When Alice adds the flag "\Seen" to the first voicemail and the third voicemail
      Then Alice's mailbox is as before but for:
        | the first voicemail | anything |
        | the third voicemail | anything |

    @greeting
    Scenario: leaves greetings alone
      Given Alice has 1 voicemail
      And Alice has the greeting "hello"
      And Alice's greetings are known
      When Alice removes the flag "\Seen" from the voicemail
      Then Alice's greetings are as before

  @MSTORE-BULKUPDATE-22 @writes
  Rule: `variables[0]` of a failure names the failed object's URL.

    Scenario: names the object that failed
      Given Alice has a mailbox
      When Alice adds the flag "\Seen" to an unknown voicemail
      Then the result of an unknown voicemail has:
        | failure.serviceException.variables.0 | its URL |

    @voicemail
    Scenario: names each of two objects that failed
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to an unknown voicemail, the voicemail and an unknown greeting
      Then the result of an unknown voicemail has:
        | failure.serviceException.variables.0 | its URL |
      And the result of an unknown greeting has:
        | failure.serviceException.variables.0 | its URL |

  @MSTORE-BULKUPDATE-26
  Rule: The `code` of an item is text, and a success has a `reason`.

    Scenario: says of a success what the specification prints
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail
      Then the result of the voicemail has:
        | code   | any text |
        | reason | any text |

  @MSTORE-BULKUPDATE-27
  Rule: Objects of another mailbox are not changed, nor are those of the same path in the own one.

    Scenario Outline: does not change what is Bob's in <objects>
      Given Alice has 1 voicemail
      And Bob has 1 voicemail
      And Alice can "read an object"
      And Bob's voicemails are known
      When Alice adds the flag "\Seen" to <objects>
      Then Bob's voicemails are as before
      And the voicemail of Alice has the flag "<flag>"

      Examples:
        | objects                         | flag    |
        | Bob's voicemail                 | \Recent |
        | Bob's voicemail, the voicemail  | \Seen   |

  @MSTORE-BULKUPDATE-28 @writes
  Rule: A body that is no JSON, or JSON of another shape, is refused and changes nothing.

    Scenario Outline: does not take a body <spelling>
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the second voicemail
      And Alice's voicemails are known
      When Alice tries to "mark the first voicemail and the second voicemail as seen" with the spelling "<spelling>"
      Then the server refuses it
      And Alice's voicemails are as before

      Examples:
        | spelling  |
        | cut off   |
        | in a list |
        | as a text |

  @MSTORE-BULKUPDATE-29
  Rule: `\Seen` is set and cleared on greetings as on voicemails, also in one request for both.

    Scenario: marks greetings as seen and as new
      Given Alice has the greeting "one" with:
        | flags | \Recent |
      And Alice has the greeting "two" with:
        | flags | \Seen |
      When Alice adds the flag "\Seen" to the greeting "one" and the greeting "two"
      Then the greeting "one" of Alice has the flag "\Seen"
      And the greeting "one" of Alice does not have the flag "\Recent"
      When Alice removes the flag "\Seen" from the greeting "two" and the greeting "one"
      Then the greeting "two" of Alice has the flag "\Recent"
      And the greeting "two" of Alice does not have the flag "\Seen"

    @voicemail
    Scenario Outline: marks <objects> in one request
      Given Alice has 1 voicemail
      And Alice has the greeting "mine" with:
        | flags | \Recent |
      When Alice adds the flag "\Seen" to <objects>
      Then the voicemail of Alice has the flag "\Seen"
      And the greeting "mine" of Alice has the flag "\Seen"

      Examples:
        | objects                               |
        | the voicemail and the greeting "mine" |
        | the greeting "mine" and the voicemail |

  @MSTORE-BULKUPDATE-30
  Rule: Each object of a long list is changed and has its result.

    Scenario Outline: marks <count> voicemails as seen and as new
      Given Alice has <count> voicemails
      When Alice adds the flag "\Seen" to every voicemail
      Then the list of results has:
        | successes | <count> |
      When Alice searches the voicemails by pages of 30
      Then each "object" of the answer is "flagged \Seen"
      When Alice removes the flag "\Seen" from every voicemail
      Then the list of results has:
        | successes | <count> |
      When Alice searches the voicemails by pages of 30
      Then each "object" of the answer is "flagged \Recent"

      Examples:
        | count |
        | 11    |
        | 120   |

  @MSTORE-BULKUPDATE-31
  Rule: Two requests at once that share an object both take effect.

    Scenario: marks all that two requests name
      Given Alice has 3 voicemails
      And Alice can "read an object"
      When Alice tries to "mark the first voicemail and the second voicemail as seen, and at once mark the second voicemail and the third voicemail as seen"
      Then the first voicemail of Alice has the flag "\Seen"
      And the second voicemail of Alice has the flag "\Seen"
      And the third voicemail of Alice has the flag "\Seen"

  @MSTORE-BULKUPDATE-32 @destroys
  Rule: An object that was deleted is not changed, and does not come back.

    Scenario: leaves a voicemail deleted that is marked as seen
      Given Alice has 2 voicemails
      And Alice deleted the first voicemail
      When Alice adds the flag "\Seen" to the first voicemail and the second voicemail
      Then the second voicemail of Alice has the flag "\Seen"
      And Alice does not find the first voicemail among the voicemails

  @MSTORE-BULKUPDATE-33
  Rule: A change of flags leaves all else of the object as it is.

    @greeting
    Scenario Outline: leaves <object> as it was that is marked as seen and as new
      Given Alice has 1 voicemail
      And Alice has the greeting "mine" with:
        | flags | \Recent |
      And Alice's mailbox is known
      And Alice added the flag "\Seen" to <object>
      When Alice removes the flag "\Seen" from <object>
      Then Alice's mailbox is as before

      Examples:
        | object                                |
        | the voicemail                         |
        | the voicemail and the greeting "mine" |

    @greeting
    Scenario: loses neither of two changes of one greeting at once
      Given Alice has the greeting "mine" with:
        | flags | \Recent |
      And Alice can "read the profile"
      When Alice tries to 'activate the greeting "mine", and at once mark the greeting "mine" as seen'
      Then the greeting "mine" of Alice has the flags "$CNS-Greeting-On \Seen"

  @MSTORE-BULKUPDATE-34
  Rule: The same JSON in another spelling means the same.

    Scenario Outline: understands a body <spelling>
      Given Alice has 2 voicemails
      And Alice can "read an object"
      When Alice tries to "mark the first voicemail and the second voicemail as seen" with the spelling "<spelling>"
      Then the server accepts it
      And the first voicemail of Alice has the flag "\Seen"
      And the second voicemail of Alice has the flag "\Seen"

      Examples:
        | spelling                      |
        | letters escaped               |
        | backslashes escaped           |
        | indented                      |
        | members in the opposite order |

  @MSTORE-BULKUPDATE-35 @writes
  Rule: A body that is nearly JSON, or has further members, is refused or read as it is meant.

    Scenario Outline: reports what becomes of a body <spelling>
      Given Alice has 2 voicemails
      And Alice can "read an object"
      When Alice tries to "mark the first voicemail and the second voicemail as seen" with the spelling "<spelling>"
      Then the answer is noted

      Examples:
        | spelling                 |
        | with a comma too many    |
        | with something behind it |
        | in single quotes         |
        | with further members     |
