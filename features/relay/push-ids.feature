@sends @writes
Feature: Push ids
  A device registers the APN or GCM registration id under which it can be pushed to; taking the id back
  unregisters it.

  @RELAY-PUSHID-01
  Rule: Submitting an APN id returns 200.

    Scenario: takes an APN id
      Given Bob is confirmed
      When Bob submits the apn id "first"
      Then the server answers 200 "push id set"

  @RELAY-PUSHID-02
  Rule: Submitting a GCM id returns 200.

    Scenario: takes a GCM id
      Given Bob is confirmed
      When Bob submits the gcm id "first"
      Then the server answers 200 "push id set"

  @RELAY-PUSHID-03
  Rule: APN submission with credentials that are missing or not the caller's returns 401.

    Scenario Outline: refuses an APN id with the Authorization "<authorization>"
      Given Bob is registered
      When Bob tries to "submit the apn id" with the Authorization "<authorization>"
      Then the server answers 401

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses an APN id with the password of another number
      Given Alice is registered
      And Bob is registered
      When Bob tries to "submit the apn id" with the password of "Alice"
      Then the server answers 401

  @RELAY-PUSHID-04
  Rule: GCM submission with credentials that are missing or not the caller's returns 401.

    Scenario Outline: refuses a GCM id with the Authorization "<authorization>"
      Given Bob is registered
      When Bob tries to "submit the gcm id" with the Authorization "<authorization>"
      Then the server answers 401

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses a GCM id with the password of another number
      Given Alice is registered
      And Bob is registered
      When Bob tries to "submit the gcm id" with the password of "Alice"
      Then the server answers 401

  @RELAY-PUSHID-05
  Rule: Malformed JSON in an APN submission returns 415.

    Scenario: refuses an APN body cut short
      Given Bob is registered
      When Bob tries to "submit the apn id" with the body '{"apnRegistrationId":'
      Then the server answers 415 "malformed JSON"

  @RELAY-PUSHID-06
  Rule: Malformed JSON in a GCM submission returns 415.

    Scenario: refuses a GCM body cut short
      Given Bob is registered
      When Bob tries to "submit the gcm id" with the body '{"gcmRegistrationId":'
      Then the server answers 415 "malformed JSON"

  @RELAY-PUSHID-07
  Rule: A submission without its id field, or with an empty or non-string id, is refused with no effect.

    Scenario Outline: refuses the <kind> body <body>
      Given Bob is registered
      When Bob tries to "submit the <kind> id" with the body '<body>'
      Then the server refuses it

      Examples:
        | kind | body                        |
        | gcm  | {}                          |
        | gcm  | {"gcmRegistrationId":""}    |
        | gcm  | {"gcmRegistrationId":null}  |
        | gcm  | {"gcmRegistrationId":{}}    |
        | gcm  | {"gcmRegistrationId":[]}    |
        | gcm  | {"apnRegistrationId":"abc"} |
        | gcm  | []                          |
        | apn  | {}                          |
        | apn  | {"apnRegistrationId":""}    |
        | apn  | {"apnRegistrationId":null}  |
        | apn  | {"apnRegistrationId":{}}    |
        | apn  | {"apnRegistrationId":[]}    |
        | apn  | {"gcmRegistrationId":"abc"} |
        | apn  | []                          |

  @RELAY-PUSHID-08 @destroys
  Rule: DELETE with the body of the submission on the APN endpoint returns 200.

    Scenario: takes an APN id back
      Given Bob is registered with:
        | push | apn |
      When Bob clears the apn id
      Then the server answers 200 "push id cleared"

  @RELAY-PUSHID-09 @destroys
  Rule: DELETE with the body of the submission on the GCM endpoint returns 200.

    Scenario: takes a GCM id back
      Given Bob is registered with:
        | push | gcm |
      When Bob clears the gcm id
      Then the server answers 200 "push id cleared"

  @RELAY-PUSHID-10
  Rule: DELETE with credentials that are missing or not the caller's returns 401 and keeps the registration.

    Scenario Outline: refuses to clear a <kind> id with the Authorization "<authorization>"
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      When Bob tries to "clear the <kind> id" with the Authorization "<authorization>"
      Then the server answers 401
      And Alice can "message Bob"

      Examples:
        | kind | authorization        |
        | apn  | none                 |
        | apn  | Basic [NUMBER:WRONG] |
        | gcm  | none                 |
        | gcm  | Basic [NUMBER:WRONG] |

    Scenario Outline: refuses to clear a <kind> id with the password of another number
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      When Bob tries to "clear the <kind> id" with the password of "Alice"
      Then the server answers 401
      And Alice can "message Bob"

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-11 @destroys
  Rule: After DELETE the client is unregistered: messages to it and fetches of its prekeys are refused, and nothing is pushed to it.

    Scenario Outline: a client that took back its <kind> id is out of reach
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      And Bob uploaded 2 prekeys
      And Alice fetched a prekey of Bob
      And Alice sent Bob a message
      When Bob clears the <kind> id
      Then the server accepts it
      And Alice cannot "fetch a prekey of Bob"
      And Alice cannot "message Bob"
      And nothing else was pushed to Bob

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-12 @destroys
  Rule: DELETE removes the push id only: credentials keep working and a new PUT makes the client reachable again.

    Scenario Outline: a client that took back its <kind> id can set one again
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      And Bob uploaded 2 prekeys
      And Bob cleared the <kind> id
      When Bob submits the <kind> id "second"
      Then the server accepts it
      And Alice can "fetch a prekey of Bob"
      And Alice can "message Bob"
      And Bob receives it by <kind> at the id "second"

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-13
  Rule: After a GCM submission messages are pushed through GCM to exactly that id.

    Scenario: pushes through GCM to the id submitted
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the gcm id "first"
      When Alice sends Bob a message
      Then Bob receives it by gcm at the id "first"

    @destroys
    Scenario: pushes through GCM to a client that unregistered and registered again
      Given Alice is registered
      And Bob is registered with:
        | push | gcm |
      And Bob cleared the gcm id
      And Bob is confirmed again
      And Bob submitted the gcm id "second"
      When Alice sends Bob a message
      Then Bob receives it by gcm at the id "second"

  @RELAY-PUSHID-14
  Rule: After an APN submission messages are pushed through APN to exactly that id.

    Scenario: pushes through APN to the id submitted
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the apn id "first"
      When Alice sends Bob a message
      Then Bob receives it by apn at the id "first"

    @destroys
    Scenario: pushes through APN to a client that unregistered and registered again
      Given Alice is registered
      And Bob is registered with:
        | push | apn |
      And Bob cleared the apn id
      And Bob is confirmed again
      And Bob submitted the apn id "second"
      When Alice sends Bob a message
      Then Bob receives it by apn at the id "second"

  @RELAY-PUSHID-15
  Rule: A second submission of the same kind replaces the first id.

    Scenario Outline: pushes to the later of two <kind> ids
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      And Bob submitted the <kind> id "second"
      When Alice sends Bob a message
      Then Bob receives it by <kind> at the id "second"

      Examples:
        | kind |
        | apn  |
        | gcm  |

    Scenario Outline: pushes to the later <kind> id after a message went to the earlier one
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      And Alice sent Bob a message
      When Bob submits the <kind> id "second"
      And Alice sends Bob a message
      Then Bob receives it by <kind> at the id "second"

      Examples:
        | kind |
        | apn  |
        | gcm  |

    Scenario Outline: pushes to a <kind> id that takes the place of its own successor
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      And Bob submitted the <kind> id "second"
      When Bob submits the <kind> id "first"
      And Alice sends Bob a message
      Then Bob receives it by <kind> at the id "first"

      Examples:
        | kind |
        | apn  |
        | gcm  |

    Scenario Outline: pushes once to a <kind> id that was submitted twice
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      And Bob submitted the <kind> id "first"
      When Alice sends Bob a message
      Then Bob receives it by <kind> at the id "first"

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-16
  Rule: Submitting one kind replaces the other: one push per message.

    Scenario Outline: pushes once, by <later>, after <earlier> and then <later> were submitted
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <earlier> id "first"
      And Bob submitted the <later> id "second"
      When Alice sends Bob a message
      Then Bob receives it by <later> at the id "second"

      Examples:
        | earlier | later |
        | apn     | gcm   |
        | gcm     | apn   |

  @RELAY-PUSHID-17 @destroys
  Rule: DELETE without a body is accepted as well.

    Scenario Outline: clears a <kind> id without a body
      Given Bob is registered with:
        | push | <kind> |
      When Bob tries to "clear the <kind> id without a body"
      Then the server accepts it

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-18 @destroys
  Rule: DELETE of one kind leaves a registration of the other kind in place.

    Scenario Outline: clearing the <other> id leaves the <kind> id
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      When Bob clears the <other> id
      And Alice sends Bob a message
      Then Bob receives it by <kind> at the id "first"

      Examples:
        | kind | other |
        | gcm  | apn   |
        | apn  | gcm   |

  @RELAY-PUSHID-19
  Rule: A push id belongs to the authenticated device only.

    Scenario: each device is pushed to under its own id
      Given Alice is registered
      And Bob is registered
      And Bob has a second device
      When Alice sends Bob a message
      Then each device of Bob receives its own

    @destroys
    Scenario: a second device that takes back an apn id leaves the first its own
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the apn id "first"
      And Bob has a second device
      When Bob's second device clears the apn id
      And Alice sends Bob a message for each device that is left
      Then Bob receives it by apn at the id "first"

  @RELAY-PUSHID-20 @destroys
  Rule: Setting a push id lists the number in the directory and DELETE removes it.

    Scenario Outline: is listed once it has a <kind> id
      Given Alice is registered
      And Bob is confirmed
      And Alice does not find Bob
      When Bob submits the <kind> id "first"
      Then Alice finds Bob

      Examples:
        | kind |
        | apn  |
        | gcm  |

    Scenario Outline: is no longer listed once it has cleared its <kind> id
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      And Alice finds Bob
      When Bob clears the <kind> id
      Then Alice does not find Bob

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-21 @destroys
  Rule: DELETE is idempotent.

    Scenario Outline: clears a <kind> id twice
      Given Bob is registered with:
        | push | <kind> |
      And Bob cleared the <kind> id
      When Bob clears the <kind> id
      Then the server accepts it

      Examples:
        | kind |
        | apn  |
        | gcm  |

    Scenario Outline: clears a <kind> id that was never set
      Given Bob is confirmed
      When Bob clears the <kind> id
      Then the server accepts it

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-22
  Rule: A submission refused with 401 does not change the stored id.

    Scenario Outline: keeps the <kind> id after a submission with the Authorization "<authorization>"
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      And Bob was refused to "submit the <kind> id" with the Authorization "<authorization>"
      When Alice sends Bob a message
      Then Bob receives it by <kind> at the id "first"

      Examples:
        | kind | authorization        |
        | apn  | none                 |
        | apn  | Basic [NUMBER:WRONG] |
        | gcm  | none                 |
        | gcm  | Basic [NUMBER:WRONG] |

  @RELAY-PUSHID-23
  Rule: A submission refused for its body does not change the stored id.

    Scenario Outline: keeps the <kind> id after the body <body>
      Given Alice is registered
      And Bob is confirmed
      And Bob submitted the <kind> id "first"
      And Bob was refused to "submit the <kind> id" with the body '<body>'
      When Alice sends Bob a message
      Then Bob receives it by <kind> at the id "first"

      Examples:
        | kind | body                     |
        | apn  | {"apnRegistrationId":    |
        | apn  | {"apnRegistrationId":""} |
        | apn  | {}                       |
        | gcm  | {"gcmRegistrationId":    |
        | gcm  | {"gcmRegistrationId":""} |
        | gcm  | {}                       |

  @RELAY-PUSHID-24
  Rule: Setting or clearing a push id with the password of another device of the number returns 401.

    Scenario Outline: does not take the password of the second device to <operation> of the first
      Given Bob is ready to "<operation>"
      And Bob has a second device
      When Bob tries to "<operation>" with the Authorization "Basic [NUMBER:PASSWORD2]"
      Then the server answers 401

      Examples:
        | operation       |
        | set an apn id   |
        | set a gcm id    |
        | clear an apn id |
        | clear a gcm id  |

  @RELAY-PUSHID-25
  Rule: Setting a push id changes nothing else of the account: neither what it says of SMS nor its prekeys.

    Scenario Outline: leaves the rest of the account as it is when a <kind> id is set
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | true |
      And Bob uploaded 2 prekeys
      When Bob submits the <kind> id "second"
      And Alice looks up Bob
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | true        |
      And Bob's prekeys are as before

      Examples:
        | kind |
        | apn  |
        | gcm  |

  @RELAY-PUSHID-26
  Rule: An id that was taken is pushed to as it is, whatever its characters and its length.

    Scenario Outline: pushes to a <kind> id of <label>
      Given Alice is registered
      And Bob is registered with:
        | push | <kind> |
      When Bob submits the <kind> id "<label>"
      And Alice sends Bob a message
      Then each device of Bob receives its own

      Examples:
        | kind | label           |
        | apn  | a%2Bb+c%20d     |
        | apn  | 'quoted' {text} |
        | apn  | 300 characters  |
        | gcm  | a%2Bb+c%20d     |
        | gcm  | 'quoted' {text} |
        | gcm  | 300 characters  |
