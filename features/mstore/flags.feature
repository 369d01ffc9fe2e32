Feature: Flags
  Every flag has one way to change it or none: what was heard goes through bulk changes, whether a greeting is active
  through an endpoint of its own, and the rest is the server's.

  @MSTORE-FLAG-01 @writes
  Rule: `\Seen` and `\Recent` exclude each other: exactly one of them is on every object.

    Scenario: shows of every voicemail that it was heard or that it was not
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      And Alice removed the flag "\Seen" from the second voicemail
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then each "object" of the answer is "flagged either \Seen or \Recent"

    @greeting
    Scenario Outline: shows of a greeting that was uploaded with "<flags>" the same
      Given Alice has the greeting "mine" with:
        | flags | <flags> |
      When Alice searches the greetings with:
        | maxEntries | 10 |
      Then each "object" of the answer is "flagged either \Seen or \Recent"

      Examples:
        | flags   |
        | \Seen   |
        | \Recent |

    @greeting @mock
    Scenario: shows of an active voice signature the same
      Given Alice has the greeting "sig" with:
        | x-cns-greeting-type | voice-signature |
        | flags               | \Recent         |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "sig"
      When Alice searches the greetings with:
        | maxEntries | 10 |
      Then each "object" of the answer is "flagged either \Seen or \Recent"

  @MSTORE-FLAG-02
  Rule: Setting `\Seen` removes `\Recent`.

    Scenario: no longer calls a voicemail recent once it was heard
      Given Alice has 1 voicemail
      And Alice removed the flag "\Seen" from the voicemail
      When Alice adds the flag "\Seen" to the voicemail
      Then the voicemail of Alice has the flag "\Seen"
      And the voicemail of Alice does not have the flag "\Recent"

  @MSTORE-FLAG-03
  Rule: Clearing `\Seen` adds `\Recent`.

    Scenario: calls a voicemail recent again
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      When Alice removes the flag "\Seen" from the voicemail
      Then the voicemail of Alice has the flag "\Recent"
      And the voicemail of Alice does not have the flag "\Seen"

  @MSTORE-FLAG-04 @writes
  Rule: `\Recent` cannot be set through the API.

    Scenario: does not set \Recent at the flag endpoint
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      And Alice's voicemails are known
      When Alice sets the flag "\Recent" of the voicemail
      Then the server refuses it
      And Alice's voicemails are as before

    Scenario: does not set \Recent in bulk
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      And Alice's voicemails are known
      When Alice adds the flag "\Recent" to the voicemail
      Then the server reports no success
      And Alice's voicemails are as before

  @MSTORE-FLAG-05 @writes
  Rule: `\Recent` cannot be unset through the API.

    Scenario: does not clear \Recent at the flag endpoint
      Given Alice has 1 voicemail
      And Alice removed the flag "\Seen" from the voicemail
      And Alice's voicemails are known
      When Alice clears the flag "\Recent" of the voicemail
      Then the server refuses it
      And Alice's voicemails are as before

    Scenario: does not clear \Recent in bulk
      Given Alice has 1 voicemail
      And Alice removed the flag "\Seen" from the voicemail
      And Alice's voicemails are known
      When Alice removes the flag "\Recent" from the voicemail
      Then the server reports no success
      And Alice's voicemails are as before

  @MSTORE-FLAG-06 @writes
  Rule: `$MarkNotToDelete` cannot be set through the API.

    Scenario: does not set $MarkNotToDelete at the flag endpoint
      Given Alice has 1 voicemail
      And Alice can "read an object"
      When Alice sets the flag "$MarkNotToDelete" of the voicemail
      Then the server refuses it
      And the voicemail of Alice does not have the flag "$MarkNotToDelete"

    Scenario: does not set $MarkNotToDelete in bulk
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      When Alice adds the flag "$MarkNotToDelete" to the voicemail
      Then the server reports no success
      And the voicemail of Alice does not have the flag "$MarkNotToDelete"

  @MSTORE-FLAG-07 @writes
  Rule: `$MarkNotToDelete` cannot be unset through the API.

    Scenario: does not clear $MarkNotToDelete at the flag endpoint
      Given Alice has a voicemail with:
        | flags | $MarkNotToDelete |
      And the voicemail of Alice has the flag "$MarkNotToDelete"
      When Alice clears the flag "$MarkNotToDelete" of the voicemail
      Then the server refuses it
      And the voicemail of Alice has the flag "$MarkNotToDelete"

    Scenario: does not clear $MarkNotToDelete in bulk
      Given Alice has a voicemail with:
        | flags | $MarkNotToDelete |
      And Alice added the flag "\Seen" to the voicemail
      When Alice removes the flag "$MarkNotToDelete" from the voicemail
      Then the server reports no success
      And the voicemail of Alice has the flag "$MarkNotToDelete"

  @MSTORE-FLAG-08
  Rule: A voicemail with `$MarkNotToDelete` does not expire.

    Scenario: keeps a voicemail with the flag past its time
      Given Alice has a voicemail with:
        | date    | 2020-01-01T00:00:00Z |
        | expires | 2020-04-01T00:00:00Z |
        | flags   | $MarkNotToDelete     |
      When Alice searches the voicemails with:
        | maxEntries | 100 |
      Then Alice finds the voicemail among the voicemails

    Scenario: keeps a voicemail with the flag that was seen past its time
      Given Alice has a voicemail with:
        | date    | 2020-01-01T00:00:00Z   |
        | expires | 2020-04-01T00:00:00Z   |
        | flags   | \Seen $MarkNotToDelete |
      When Alice searches the voicemails with:
        | maxEntries | 100 |
      Then Alice finds the voicemail among the voicemails

  @MSTORE-FLAG-09
  Rule: PUT `…/flags/$CNS-Greeting-On` sets the flag on a greeting.

    Scenario: makes a greeting active
      Given Alice has the greeting "mine"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

    Scenario: makes a greeting active once more
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

    @mock
    Scenario Outline: makes a voice signature active that is <flag>
      Given Alice has the greeting "sig" with:
        | x-cns-greeting-type | voice-signature |
        | flags               | <flag>          |
      And the greeting "sig" of Alice has the flag "<flag>"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "sig"
      Then the greeting "sig" of Alice has the flag "$CNS-Greeting-On"

      Examples:
        | flag    |
        | \Seen   |
        | \Recent |

    @mock
    Scenario: keeps a greeting active
      Given Alice has the greeting "mine"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And 2 days have passed for Alice
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-10
  Rule: DELETE clears it.

    Scenario: makes a greeting inactive
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the greeting "mine" of Alice does not have the flag "$CNS-Greeting-On"

    @mock
    Scenario: keeps a greeting inactive
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And 2 days have passed for Alice
      And the greeting "mine" of Alice does not have the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-11
  Rule: PUT is idempotent.

    Scenario: leaves a greeting active that is made so again
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      And Alice's greetings are known
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And Alice's greetings are as before
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

    Scenario: lists the flag of an active greeting once
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice reads the greeting "mine"
      Then the answer has:
        | object.flags.flag | a list of different texts |

  @MSTORE-FLAG-12
  Rule: DELETE is idempotent.

    Scenario: makes a greeting inactive that was just uploaded
      Given Alice has the greeting "mine"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the greeting "mine" of Alice does not have the flag "$CNS-Greeting-On"

    Scenario: leaves a greeting inactive that is made so again
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the greeting "mine" of Alice does not have the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-13
  Rule: The answer has no body.

    Scenario: answers the setting of a flag with nothing
      Given Alice has the greeting "mine"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the answer has no "body"

    Scenario: answers the clearing of a flag with nothing
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the server accepts it
      And the answer has no "body"

  @MSTORE-FLAG-14 @writes
  Rule: PUT of `\Seen` at the flag endpoint fails.

    Scenario: does not set \Seen at the flag endpoint
      Given Alice has 1 voicemail
      And Alice removed the flag "\Seen" from the voicemail
      When Alice sets the flag "\Seen" of the voicemail
      Then the server refuses it
      And the voicemail of Alice does not have the flag "\Seen"

  @MSTORE-FLAG-15 @writes
  Rule: DELETE of `\Seen` at the flag endpoint fails.

    Scenario: does not clear \Seen at the flag endpoint
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      When Alice clears the flag "\Seen" of the voicemail
      Then the server refuses it
      And the voicemail of Alice has the flag "\Seen"

  @MSTORE-FLAG-16
  Rule: Several greetings may have `$CNS-Greeting-On` at once.

    Scenario: has two active greetings
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "early"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "late"
      Then the greeting "early" of Alice has the flag "$CNS-Greeting-On"
      And the greeting "late" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-17
  Rule: Setting it on one greeting does not clear another's.

    Scenario: leaves a later greeting active when an earlier one becomes so
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "late"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "early"
      Then the greeting "late" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-18
  Rule: bulkUpdate cannot set `$CNS-Greeting-On`.

    Scenario: does not make a greeting active in bulk
      Given Alice has the greeting "mine"
      And Alice added the flag "\Seen" to the greeting "mine"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice adds the flag "$CNS-Greeting-On" to the greeting "mine"
      Then the server reports no success
      And the greeting "mine" of Alice does not have the flag "$CNS-Greeting-On"

    @voicemail @writes
    Scenario: does not make a voicemail an active greeting in bulk
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      When Alice adds the flag "$CNS-Greeting-On" to the voicemail
      Then the server reports no success
      And the voicemail of Alice does not have the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-19
  Rule: bulkUpdate cannot clear `$CNS-Greeting-On`.

    Scenario: does not make a greeting inactive in bulk
      Given Alice has the greeting "mine"
      And Alice added the flag "\Seen" to the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice removes the flag "$CNS-Greeting-On" from the greeting "mine"
      Then the server reports no success
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-20 @writes
  Rule: bulkUpdate of `$CNS-Greeting-On` that names a non-greeting object aborts with HTTP 400.

    Scenario: gives up a bulk change of the flag of greetings that names a voicemail
      Given Alice has 1 voicemail
      And Alice added the flag "\Seen" to the voicemail
      When Alice adds the flag "$CNS-Greeting-On" to the voicemail
      Then the answer is noted

  @MSTORE-FLAG-21 @writes
  Rule: `$CNS-Greeting-On` is a greeting's flag: PUT on a voicemail is refused.

    Scenario: does not set the flag of greetings on a voicemail
      Given Alice has 1 voicemail
      And Alice can "read an object"
      When Alice sets the flag "$CNS-Greeting-On" of the voicemail
      Then the server refuses it
      And the voicemail of Alice does not have the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-22 @writes
  Rule: A flag call on an unknown object is refused.

    Scenario Outline: does not take a flag of an object that is not there: <verb>
      Given Alice can "read the profile"
      When Alice <verb> the flag "$CNS-Greeting-On" of an unknown greeting
      Then the server refuses it

      Examples:
        | verb   |
        | sets   |
        | clears |

  @MSTORE-FLAG-23
  Rule: What becomes of a flag that the specification does not name is open.

    Scenario: reports whether a flag of another name can be set
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice sets the flag "$Unheard-Of" of the greeting "mine"
      Then the answer is noted

  @MSTORE-FLAG-27
  Rule: A flag change shows at once in GET and in search.

    Scenario Outline: shows at once in a search that a voicemail <was>
      Given Alice has 1 voicemail
      And Alice <changed> the flag "\Seen" <of> the voicemail
      When Alice reads the voicemail
      Then a search shows the voicemail of Alice as the answer does
      And the voicemail of Alice has the flag "<flag>"

      Examples:
        | was           | changed | of   | flag    |
        | was heard     | added   | to   | \Seen   |
        | was not heard | removed | from | \Recent |

    @greeting
    Scenario: shows at once in a search that a greeting is active
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice reads the greeting "mine"
      Then a search shows the greeting "mine" of Alice as the answer does
      And the greeting "mine" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-28
  Rule: A flag call without a body needs no `Content-Type`.

    Scenario: takes a change of a flag without a type
      Given Alice is ready to "set a flag"
      When Alice tries to "set a flag" without "Content-Type"
      Then the server accepts it
      And the greeting "ready" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-29
  Rule: A voicemail without `$MarkNotToDelete` is gone once the time in `expires` has passed.

    Scenario: does not keep a voicemail without the flag past its time
      Given Alice has a voicemail with:
        | date    | 2020-01-01T00:00:00Z |
        | expires | 2020-04-01T00:00:00Z |
      When Alice searches the voicemails with:
        | maxEntries | 100 |
      Then Alice does not find the voicemail among the voicemails

    Scenario: does not show a voicemail past its time
      Given Alice has a voicemail with:
        | date    | 2020-01-01T00:00:00Z |
        | expires | 2020-04-01T00:00:00Z |
      When Alice reads the voicemail
      Then the server refuses it

    Scenario: no longer counts a voicemail that is past its time
      Given Alice has a voicemail with:
        | date    | 2020-01-01T00:00:00Z |
        | expires | 2020-04-01T00:00:00Z |
      When Alice reads the quota of the voicemails
      Then the answer holds the attributes:
        | VMOccupiedMessages | 0 |

    Scenario: does not hand out the audio of a voicemail past its time
      Given Alice has a voicemail with:
        | expires | tomorrow |
      And Alice downloaded the voicemail
      And 2 days have passed for Alice
      When Alice tries to "repeat the request"
      Then the server refuses it

    @writes
    Scenario: does not mark a voicemail past its time
      Given Alice has a voicemail with:
        | date    | 2020-01-01T00:00:00Z |
        | expires | 2020-04-01T00:00:00Z |
      When Alice adds the flag "\Seen" to the voicemail
      Then the server reports no success

  @MSTORE-FLAG-30
  Rule: A flag call without a body is accepted whatever its `Content-Type`.

    Scenario Outline: takes a change of a flag whatever its type: <operation>, <type>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Content-Type "<type>"
      Then the server accepts it

      Examples:
        | operation    | type                              |
        | set a flag   | application/x-www-form-urlencoded |
        | set a flag   | application/json                  |
        | clear a flag | application/x-www-form-urlencoded |

  @MSTORE-FLAG-31
  Rule: A change of one flag leaves the other flags of the object as they are.

    @mock
    Scenario Outline: keeps $MarkNotToDelete of a voicemail that is marked as <state>
      Given Alice has a voicemail with:
        | flags | $MarkNotToDelete <flag> |
      And the voicemail of Alice has the flag "$MarkNotToDelete"
      When Alice <changes> the flag "\Seen" <of> the voicemail
      Then the voicemail of Alice has the flags "$MarkNotToDelete <then>"

      Examples:
        | state | flag  | changes | of   | then    |
        | seen  |       | adds    | to   | \Seen   |
        | new   | \Seen | removes | from | \Recent |

    Scenario Outline: leaves a greeting active that is marked as <state>
      Given Alice has the greeting "mine" with:
        | flags | <flag> |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice <changes> the flag "\Seen" <of> the greeting "mine"
      Then the greeting "mine" of Alice has the flags "$CNS-Greeting-On <then>"

      Examples:
        | state | flag    | changes | of   | then    |
        | seen  | \Recent | adds    | to   | \Seen   |
        | new   | \Seen   | removes | from | \Recent |

    Scenario: leaves a greeting inactive that is marked as seen
      Given Alice has the greeting "mine" with:
        | flags | \Recent |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "mine"
      When Alice adds the flag "\Seen" to the greeting "mine"
      Then the greeting "mine" of Alice does not have the flag "$CNS-Greeting-On"

    Scenario Outline: leaves a greeting <flag> that becomes active and inactive
      Given Alice has the greeting "mine" with:
        | flags | <flag> |
      And the greeting "mine" of Alice has the flag "<flag>"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the greeting "mine" of Alice has the flags "$CNS-Greeting-On <flag>"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "mine"
      Then the greeting "mine" of Alice has the flag "<flag>"

      Examples:
        | flag    |
        | \Seen   |
        | \Recent |

    Scenario: loses neither of two changes of one greeting at once
      Given Alice has the greeting "mine" with:
        | flags | \Recent |
      And Alice can "read the profile"
      When Alice tries to 'mark the greeting "mine" as seen, and at once activate the greeting "mine"'
      Then the greeting "mine" of Alice has the flags "$CNS-Greeting-On \Seen"

  @MSTORE-FLAG-32
  Rule: A flag call changes the flag of the object that it names, and nothing else.

    Scenario: makes the greeting active that is named
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "early"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "late"
      When Alice sets the flag "$CNS-Greeting-On" of the greeting "early"
      Then the greeting "early" of Alice has the flag "$CNS-Greeting-On"
      And the greeting "late" of Alice does not have the flag "$CNS-Greeting-On"

    Scenario: makes the greeting inactive that is named
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "early"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "late"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "early"
      Then the greeting "late" of Alice has the flag "$CNS-Greeting-On"

    Scenario: leaves a greeting as it was that becomes active and inactive
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "late"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "early"
      And Alice's greetings are known
      And Alice set the flag "$CNS-Greeting-On" of the greeting "early"
      When Alice clears the flag "$CNS-Greeting-On" of the greeting "early"
      Then Alice's greetings are as before

  @MSTORE-FLAG-33 @destroys
  Rule: A flag call on an object that was deleted is refused, and does not bring it back.

    Scenario Outline: does not take a flag of a greeting that was deleted: <verb>
      Given Alice has the greeting "gone"
      And Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "gone"
      And Alice deleted the greeting "gone"
      And Alice's greetings are known
      When Alice <verb> the flag "$CNS-Greeting-On" of the greeting "gone"
      Then the server refuses it
      And Alice's greetings are as before

      Examples:
        | verb   |
        | sets   |
        | clears |

    Scenario: does not bring back a greeting that is deleted at once
      Given Alice has the greeting "gone"
      And Alice can "read the profile"
      When Alice tries to 'delete the greeting "gone", and at once activate the greeting "gone"'
      Then Alice does not find the greeting "gone" among the greetings

  @MSTORE-FLAG-34
  Rule: Flags of two objects that are set at once are both set.

    Scenario: makes two greetings active at once
      Given Alice has the greeting "early"
      And Alice has the greeting "late"
      And Alice can "read the profile"
      When Alice tries to 'activate the greeting "early", and at once activate the greeting "late"'
      Then the greeting "early" of Alice has the flag "$CNS-Greeting-On"
      And the greeting "late" of Alice has the flag "$CNS-Greeting-On"

  @MSTORE-FLAG-35
  Rule: A flag call that names no flag changes none.

    Scenario: makes no greeting active where no flag is named
      Given Alice has the greeting "mine"
      And Alice cleared the flag "$CNS-Greeting-On" of the greeting "mine"
      And Alice's greetings are known
      When Alice sets the flag "" of the greeting "mine"
      Then Alice's greetings are as before

    Scenario: makes no greeting inactive where no flag is named
      Given Alice has the greeting "mine"
      And Alice set the flag "$CNS-Greeting-On" of the greeting "mine"
      And Alice's greetings are known
      When Alice clears the flag "" of the greeting "mine"
      Then Alice's greetings are as before
