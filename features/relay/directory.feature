@sends @writes
Feature: Contact directory
  A client learns which of its contacts are registered by sending a token for each of their numbers. The relay
  returns those it knows, each with its attributes, and says nothing of the others.

  @RELAY-DIRECTORY-01
  Rule: A valid contact query returns 200 and a JSON object with a `contacts` array.

    Scenario: answers a query in the form of the specification
      Given Alice is registered
      And Bob is registered
      When Alice looks up Bob
      Then the server answers 200 "contacts found"
      And the answer fits "directory-answer"

  @RELAY-DIRECTORY-02
  Rule: Only contacts that are registered are returned.

    Scenario: returns the one of two contacts that is registered
      Given Alice is registered
      And Bob is registered
      When Alice looks up Carol and Bob
      Then the contacts found are:
        | contact |
        | Bob     |

  @RELAY-DIRECTORY-03
  Rule: A token is Base64 of the first 10 bytes of SHA-1 of the E.164 number including its plus sign.

    Scenario Outline: finds no contact under a token <mistake>
      Given Alice is registered
      And Bob is registered
      When Alice looks up Bob by a token <mistake>
      Then the server accepts it
      And the answer has no "contacts"
      But Alice finds Bob

      Examples:
        | mistake                           |
        | without the plus sign             |
        | from SHA-256                      |
        | from the other 10 bytes of SHA-1  |
        | with one letter in the other case |
        | with another first byte           |
        | with another last byte            |

  @RELAY-DIRECTORY-04
  Rule: Tokens in the response are unpadded and equal to the token sent.

    Scenario: returns a token of the standard alphabet as it was sent
      Given the token of Bob has a "+" and a "/"
      And Alice is registered
      And Bob is registered
      When Alice looks up Bob
      Then the answer has:
        | token | the one sent for Bob |

  @RELAY-DIRECTORY-05
  Rule: A token that is not Base64 returns 400.

    Scenario Outline: refuses the token "<token>"
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice looks up the token "<token>"
      Then the server answers 400 "<label>"

      Examples:
        | token          | label       |
        | !!!!!!!!!!!!!! | bad token   |
        | BQVVHxMt5zAF-_ | bad token   |
        | a              | short token |

  @RELAY-DIRECTORY-06
  Rule: A token that does not decode to exactly 10 bytes returns 400; one that is padded may be taken for what it is without padding.

    Scenario Outline: refuses a token of <what>
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice looks up the token "<token>"
      Then the server answers 400 "misshapen token"

      Examples:
        | what     | token                       |
        | no bytes |                             |
        | 9 bytes  | BQVVHxMt5zAF                |
        | 11 bytes | BQVVHxMt5zAFXAE             |
        | 20 bytes | BQVVHxMt5zAFXAECAwQFBgcICQo |

    Scenario: refuses a padded token or takes it
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice looks up the token "BQVVHxMt5zAFXA=="
      Then the server answers 400 "padded token"

  @RELAY-DIRECTORY-07
  Rule: A query with credentials that are missing or not the caller's returns 401.

    Scenario Outline: refuses a query with the Authorization "<authorization>"
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice tries to "look up Bob" with the Authorization "<authorization>"
      Then the server answers 401
      And the answer has no "contacts"

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses a query with the password of another number
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice tries to "look up Bob" with the password of "Bob"
      Then the server answers 401
      And the answer has no "contacts"

  @RELAY-DIRECTORY-08
  Rule: Malformed JSON returns 415.

    Scenario Outline: refuses <what>
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice tries to "look up Bob" with the body '<body>'
      Then the server answers 415 "malformed JSON"

      Examples:
        | what              | body                           |
        | a body cut short  | {"contacts":[                  |
        | a bracket too few | {"contacts":["BQVVHxMt5zAFXA"} |
        | what is no JSON   | BQVVHxMt5zAFXA                 |

  @RELAY-DIRECTORY-09
  Rule: A body without a contacts array is refused.

    Scenario Outline: refuses the body <body>
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice tries to "look up Bob" with the body '<body>'
      Then the server refuses it

      Examples:
        | body              |
        | {}                |
        | {"contacts":null} |
        | {"contacts":"x"}  |
        | []                |

  @RELAY-DIRECTORY-10
  Rule: A contact on a federated node carries `relay` = that node's name.

    Scenario: names the node of a contact that is registered elsewhere
      Given Alice is registered
      And Bob is registered at the peer
      And Carol is registered
      When Alice looks up Bob and Carol
      Then the contacts found are:
        | contact | relay |
        | Bob     | PEER  |
        | Carol   |       |

  @RELAY-DIRECTORY-11
  Rule: A local contact carries no relay.

    Scenario: names no node for a contact of its own
      Given Alice is registered
      And Bob is registered
      When Alice looks up Bob
      Then the contacts found are:
        | contact | relay |
        | Bob     |       |

  @RELAY-DIRECTORY-12
  Rule: supportsSms true is reported for a contact that supports SMS.

    Scenario: reports that a contact supports SMS
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | true |
      When Alice looks up Bob
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | true        |

    @destroys
    Scenario: reports that a contact supports SMS since it registered again
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | false |
      And Alice looked up Bob
      And Bob is registered again with:
        | supportsSms | true |
      When Alice looks up Bob
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | true        |

  @RELAY-DIRECTORY-13
  Rule: supportsSms is absent, null or false for a contact that does not support SMS.

    Scenario: does not report that a contact supports SMS
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | false |
      When Alice looks up Bob
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | false       |

    @destroys
    Scenario: no longer reports that a contact supports SMS once it registered again without
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | true |
      And Alice looked up Bob
      And Bob is registered again with:
        | supportsSms | false |
      When Alice looks up Bob
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | false       |

  @RELAY-DIRECTORY-14
  Rule: An empty contacts array returns 200 and an empty list.

    Scenario: answers an empty query with an empty list
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice looks up no contacts
      Then the server answers 200
      And the answer fits "directory-answer"
      And the answer has no "contacts"

  @RELAY-DIRECTORY-15
  Rule: One bad token fails the whole query with 400.

    Scenario Outline: returns no contact when asked for <contacts>
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice looks up <contacts>
      Then the server answers 400 "bad token"
      And the answer has no "contacts"

      Examples:
        | contacts                 |
        | Bob and the token "!!!!" |
        | the token "!!!!" and Bob |

  @RELAY-DIRECTORY-16
  Rule: Several registered contacts are all returned, each with its own attributes.

    Scenario Outline: reports the attributes of <contacts>
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | true |
      And Carol is registered with:
        | supportsSms | false |
      When Alice looks up <contacts>
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | true        |
        | Carol   | false       |

      Examples:
        | contacts      |
        | Bob and Carol |
        | Carol and Bob |

  @RELAY-DIRECTORY-17 @destroys
  Rule: A number that is confirmed but unregistered (no push id) is not returned.

    Scenario: does not list a contact that has set no push id yet
      Given Alice is registered
      And Bob is confirmed
      And Carol is registered
      When Alice looks up Bob and Carol
      Then the contacts found are:
        | contact |
        | Carol   |

    Scenario: no longer lists a contact that took back its push id
      Given Alice is registered
      And Bob is registered
      And Carol is registered
      And Bob cleared the gcm id
      When Alice looks up Bob and Carol
      Then the contacts found are:
        | contact |
        | Carol   |

  @RELAY-DIRECTORY-18
  Rule: Array elements that are not strings return a 4xx.

    Scenario Outline: refuses the body <body>
      Given Alice is registered
      And Bob is registered
      And Alice looked up Bob
      When Alice tries to "look up Bob" with the body '<body>'
      Then the server refuses it "<label>"

      Examples:
        | body                | label         |
        | {"contacts":[1]}    | numeric token |
        | {"contacts":[null]} | null token    |
        | {"contacts":[{}]}   | object token  |

  @RELAY-DIRECTORY-19
  Rule: Oversized queries are rate limited with 413 (the specification lists no 413 here).

    Scenario: reports what becomes of a query above the limit
      Given the relay has a "contacts" limit
      And Alice is registered
      When Alice tries to "look up more tokens than the limit allows"
      Then the answer is noted

  @RELAY-DIRECTORY-20
  Rule: A token repeated in the query is answered once or once per occurrence.

    Scenario: reports how often a contact is returned that was asked for twice
      Given Alice is registered
      And Bob is registered
      When Alice looks up Bob and Bob
      Then the "number of contacts" of the answer is noted

  @RELAY-DIRECTORY-21
  Rule: A query with the password of another device of the number returns 401.

    Scenario: does not take the password of the second device for a query of the first
      Given Alice is ready to "query the directory"
      And Alice has a second device
      When Alice tries to "query the directory" with the Authorization "Basic [NUMBER:PASSWORD2]"
      Then the server answers 401

  @RELAY-DIRECTORY-22
  Rule: The number of the caller itself is answered as any other.

    Scenario Outline: finds the caller among <contacts>
      Given Alice is registered
      And Bob is registered
      When Alice looks up <contacts>
      Then the contacts found are:
        | contact |
        | Alice   |
        | Bob     |

      Examples:
        | contacts      |
        | Alice and Bob |
        | Bob and Alice |

  @RELAY-DIRECTORY-23
  Rule: A query for many contacts is answered for each of them, unless it is refused as a whole.

    Scenario Outline: finds the three who are registered among <unregistered> who are not
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | true |
      And Carol is registered
      When Alice looks up Bob, <unregistered> unregistered numbers, Carol, <unregistered> unregistered numbers and Alice
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | true        |
        | Carol   | false       |
        | Alice   | false       |

      Examples:
        | unregistered |
        | 1            |
        | 4            |
        | 11           |
        | 59           |

  @RELAY-DIRECTORY-24
  Rule: supportsSms is reported of a contact on a federated node as of a local one.

    Scenario Outline: reports whether a contact of the peer and one of its own support SMS: <there> and <here>
      Given Alice is registered
      And Bob is registered at the peer with:
        | supportsSms | <there> |
      And Carol is registered with:
        | supportsSms | <here> |
      When Alice looks up Bob and Carol
      Then the contacts found are:
        | contact | relay | supportsSms |
        | Bob     | PEER  | <there>     |
        | Carol   |       | <here>      |

      Examples:
        | there | here  |
        | true  | false |
        | false | true  |

    @destroys
    Scenario: reports what a contact of the peer says of SMS since it registered again
      Given Alice is registered
      And Bob is registered at the peer with:
        | supportsSms | true |
      And Alice looked up Bob
      And Bob is registered at the peer with:
        | supportsSms | false |
      When Alice looks up Bob
      Then the contacts found are:
        | contact | relay | supportsSms |
        | Bob     | PEER  | false       |
