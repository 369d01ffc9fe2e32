Feature: Search
  A search lists the objects of one folder, the newest first, by pages. A cursor says where the next page begins.

  @MSTORE-SEARCH-01
  Rule: POST succeeds and answers JSON `objectList.object[]`.

    Scenario: lists what it finds
      Given Alice has 1 voicemail
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then the server accepts it
      And the answer has:
        | objectList.object | a list |

  @MSTORE-SEARCH-02
  Rule: Each item has the structure of `object` in GET objects.

    Scenario: shows a voicemail as it is shown by itself
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then a search shows the voicemail of Alice as the answer does

    @writes @greeting
    Scenario: shows a greeting as it is shown by itself
      Given Alice has the greeting "mine"
      When Alice reads the greeting "mine"
      Then a search shows the greeting "mine" of Alice as the answer does

  @MSTORE-SEARCH-03
  Rule: Only objects of the folder in `searchScope.resourceURL` are returned.

    Scenario: finds what is in the folder and nothing else
      Given Alice has 1 voicemail
      And Alice has the greeting "mine"
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then Alice finds the voicemail among the voicemails
      And Alice does not find the greeting "mine" among the voicemails
      And Alice does not find the voicemail among the greetings

  @MSTORE-SEARCH-04 @writes
  Rule: The example criteria (`Not` / `PurgedObject` / "") return all objects of the folder.

    Scenario: finds what was heard and what was not
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      And Alice removed the flag "\Seen" from the second voicemail
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then Alice finds the first voicemail and the second voicemail among the voicemails

    @greeting
    Scenario: finds greetings, active or not, heard or not
      Given Alice has the greeting "heard" with:
        | flags | \Seen |
      And Alice has the greeting "unheard" with:
        | flags |  |
      And Alice has the greeting "active"
      And Alice has the greeting "signature" with:
        | x-cns-greeting-type | voice-signature |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "active"
      When Alice searches the greetings with:
        | maxEntries | 10 |
      Then Alice finds the greeting "heard" and the greeting "unheard" among the greetings
      And Alice finds the greeting "active" and the greeting "signature" among the greetings

  @MSTORE-SEARCH-05
  Rule: Sort `Date` `Descending` orders by `date`, newest first, over the whole result, across pages.

    Scenario Outline: lists the newest first on pages of <size>
      Given Alice has 3 voicemails
      When Alice searches the voicemails by pages of <size>
      Then the search has:
        | order | newest first |

      Examples:
        | size |
        | 1    |
        | 2    |
        | 10   |

    @mock
    Scenario Outline: lists by date what came in another order, on pages of <size>
      Given Alice has a voicemail with:
        | date | 2025-03-03T00:00:00Z |
      And Alice has a voicemail with:
        | date | 2025-03-01T00:00:00Z |
      And Alice has a voicemail with:
        | date | 2025-03-02T00:00:00Z |
      When Alice searches the voicemails by pages of <size>
      Then the search has:
        | order | newest first |

      Examples:
        | size |
        | 1    |
        | 10   |

    @greeting @writes
    Scenario Outline: lists greetings by their dates, on pages of <size>
      Given Alice has the greeting "second" with:
        | date | 2021-03-02T00:00:00Z |
      And Alice has the greeting "third" with:
        | date | 2021-03-03T00:00:00Z |
      And Alice has the greeting "first" with:
        | date | 2021-03-01T00:00:00Z |
      When Alice searches the greetings by pages of <size>
      Then the search has:
        | order   | newest first                  |
        | objects | every one of the folder, once |

      Examples:
        | size |
        | 1    |
        | 2    |
        | 10   |

  @MSTORE-SEARCH-06
  Rule: A page has at most `maxEntries` objects.

    Scenario Outline: gives no more than <size> at a time
      Given Alice has 3 voicemails
      When Alice searches the voicemails with:
        | maxEntries | <size> |
      Then the server accepts it
      And each page has at most <size> objects

      Examples:
        | size |
        | 1    |
        | 2    |
        | 3    |
        | 4    |

    Scenario: gives no more than was asked on any page
      Given Alice has 3 voicemails
      When Alice searches the voicemails by pages of 2
      Then each page has at most 2 objects

  @MSTORE-SEARCH-07
  Rule: `cursor` is present when more results exist.

    Scenario: says where to go on while there is more
      Given Alice has 2 voicemails
      When Alice searches the voicemails with:
        | maxEntries | 1 |
      Then the server accepts it
      And the answer has:
        | objectList.cursor | any text |

    @greeting @writes
    Scenario: says where to go on while there are more greetings
      Given Alice has 2 greetings
      When Alice searches the greetings with:
        | maxEntries | 1 |
      Then the server accepts it
      And the answer has:
        | objectList.cursor | any text |

  @MSTORE-SEARCH-08
  Rule: `cursor` is absent (not null, not "") when no more results exist: no cursor leads to nothing.

    Scenario Outline: does not say where to go on once there is no more, on pages of <size>
      Given Alice has 2 voicemails
      When Alice searches the voicemails by pages of <size>
      Then the answer has:
        | objectList.cursor | none |
      And the search has:
        | last page | not empty |

      Examples:
        | size |
        | 1    |
        | 2    |
        | 10   |

  @MSTORE-SEARCH-09
  Rule: `fromCursor` continues after the previous page.

    Scenario Outline: goes on where the page before ended, by pages of <size>
      Given Alice has 3 voicemails
      When Alice searches the voicemails by pages of <size>
      Then the search has:
        | objects | every one of the folder, once |

      Examples:
        | size |
        | 1    |
        | 2    |

  @MSTORE-SEARCH-13
  Rule: A search without results succeeds: 200 with an empty list, or 204 without a body.

    Scenario: finds nothing in an empty folder
      Given Alice has 0 greetings
      When Alice searches the greetings with:
        | maxEntries | 10 |
      Then the server answers 200 "nothing found"
      And each page has at most 0 objects

  @MSTORE-SEARCH-15
  Rule: A body without search scope, criteria or sort is malformed.

    Scenario Outline: reports what becomes of a search without <member>
      Given Alice searched the voicemails by pages of 10
      When Alice searches the voicemails with:
        | <member> | none |
      Then the answer is noted

      Examples:
        | member         |
        | searchScope    |
        | searchCriteria |
        | sortCriteria   |

  @MSTORE-SEARCH-16
  Rule: `maxEntries` that is 0, negative or no number is malformed.

    Scenario Outline: reports what becomes of pages of <size>
      Given Alice searched the voicemails by pages of 10
      When Alice searches the voicemails with:
        | maxEntries | <size> |
      Then the answer is noted

      Examples:
        | size  |
        | 0     |
        | -1    |
        | "ten" |

  @MSTORE-SEARCH-17
  Rule: A cursor the server never issued does not return a wrong page silently as page one.

    Scenario: reports what becomes of a cursor that it never gave out
      Given Alice has 2 voicemails
      And Alice searched the voicemails by pages of 1
      When Alice searches the voicemails with:
        | maxEntries | 1          |
        | fromCursor | "nonsense" |
      Then the answer is noted

  @MSTORE-SEARCH-18
  Rule: Other fields and operators are undefined.

    Scenario Outline: reports what becomes of <what>
      Given Alice has 2 voicemails
      And Alice searched the voicemails by pages of 10
      When Alice searches the voicemails with:
        | <member> | <value> |
      Then the answer is noted

      Examples:
        | what             | member                         | value       |
        | another order    | sortCriteria.criterion.0.order | "Ascending" |
        | another operator | searchCriteria.operator        | "And"       |

  @MSTORE-SEARCH-19
  Rule: A scope naming an unknown folder is refused or empty.

    Scenario: finds nothing in a folder that is not there
      Given Alice searched the voicemails by pages of 10
      When Alice searches the voicemails with:
        | searchScope.resourceURL | a folder that is not there |
      Then each page has at most 0 objects

    @voicemail
    Scenario: does not take a folder that is not there for the voicemails
      Given Alice has 1 voicemail
      And Alice searched the voicemails by pages of 10
      When Alice searches the voicemails with:
        | searchScope.resourceURL | a folder that is not there |
      Then each page has at most 0 objects

  @MSTORE-SEARCH-20
  Rule: Searching changes nothing.

    Scenario: changes nothing of what it finds
      Given Alice has 1 voicemail
      And Alice's voicemails are known
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then Alice's voicemails are as before

    @writes
    Scenario: still calls a voicemail recent that was listed and not heard
      Given Alice has 1 voicemail
      And Alice removed the flag "\Seen" from the voicemail
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then the voicemail of Alice has the flag "\Recent"

    @greeting @writes
    Scenario Outline: leaves all as it is when <folder> are searched
      Given Alice has 2 voicemails
      And Alice added the flag "\Seen" to the first voicemail
      And Alice removed the flag "\Seen" from the second voicemail
      And Alice has the greeting "heard" with:
        | flags | \Seen |
      And Alice has the greeting "active" with:
        | flags |  |
      And Alice set the flag "$CNS-Greeting-On" of the greeting "active"
      When Alice searches the <folder> with:
        | maxEntries | 10 |
      Then the server accepts it
      And the first voicemail of Alice has the flag "\Seen"
      And the second voicemail of Alice does not have the flag "\Seen"
      And the greeting "heard" of Alice has the flag "\Seen"
      And the greeting "active" of Alice has the flag "$CNS-Greeting-On"

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-SEARCH-21
  Rule: An uploaded object is listed; a deleted one is not.

    Scenario: finds a greeting once it is uploaded
      Given Alice's greetings are known
      When Alice uploads the greeting "mine" with:
        | flags | \Seen |
      Then Alice finds the greeting "mine" among the greetings

    Scenario: does not find a greeting once it is deleted
      Given Alice has the greeting "mine"
      When Alice deletes the greeting "mine"
      Then Alice does not find the greeting "mine" among the greetings

  @MSTORE-SEARCH-22
  Rule: Objects of equal `date` are neither lost nor repeated at a page boundary.

    Scenario Outline: neither loses nor repeats what is of one date, by pages of <size>
      Given Alice has a voicemail with:
        | date | 2025-03-01T00:00:00Z |
      And Alice has a voicemail with:
        | date | 2025-03-01T00:00:00Z |
      And Alice has a voicemail with:
        | date | 2025-03-01T00:00:00Z |
      When Alice searches the voicemails by pages of <size>
      Then the search has:
        | objects | every one of the folder, once |

      Examples:
        | size |
        | 1    |
        | 2    |

  @MSTORE-SEARCH-24
  Rule: A `maxEntries` of 100 is accepted.

    Scenario: takes 100 for the size of a page
      Given Alice has a mailbox
      When Alice searches the voicemails with:
        | maxEntries | 100 |
      Then the server accepts it

  @MSTORE-SEARCH-25
  Rule: A scope in another mailbox shows no object.

    Scenario Outline: finds nothing of Bob's <folder>
      Given Alice has 1 voicemail
      And Alice has the greeting "mine"
      And Bob has 1 voicemail
      And Bob has the greeting "his"
      When Alice searches the <folder> with:
        | searchScope.resourceURL | a folder of Bob |
      Then each page has at most 0 objects

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-SEARCH-26
  Rule: The pages together hold every object, however many there are.

    Scenario Outline: finds <count> voicemails by pages of <size>
      Given Alice has <count> voicemails
      When Alice searches the voicemails by pages of <size>
      Then the search has:
        | objects   | every one of the folder, once |
        | order     | newest first                  |
        | last page | not empty                     |
      And each page has at most <size> objects

      Examples:
        | count | size |
        | 9     | 3    |
        | 10    | 10   |
        | 11    | 10   |
        | 25    | 10   |
        | 25    | 4    |
        | 120   | 10   |

  @MSTORE-SEARCH-27
  Rule: A cursor that is used again leads to the same page, or is refused.

    Scenario: shows the second page again for its cursor
      Given Alice has 3 voicemails
      And Alice searched the voicemails with:
        | maxEntries | 1 |
      And Alice searched the voicemails with:
        | maxEntries | 1                             |
        | fromCursor | the cursor of the page before |
      When Alice searches the voicemails with:
        | maxEntries | 1                     |
        | fromCursor | the same cursor again |
      Then the search has:
        | latest page | as the one before it, or refused |

  @MSTORE-SEARCH-28 @destroys
  Rule: What is there from the first page to the last is found, although another object is deleted or comes in between.

    Scenario Outline: loses nothing when <object> is deleted behind the first page
      Given Alice has 5 voicemails
      And Alice searched the voicemails with:
        | maxEntries | 2 |
      And Alice deleted <object>
      When Alice searches the voicemails with:
        | maxEntries | 2                             |
        | fromCursor | the cursor of the page before |
        | pages      | to the last                   |
      Then the search has:
        | objects | every one that is left |

      Examples:
        | object               |
        | the fifth voicemail  |
        | the fourth voicemail |
        | the third voicemail  |

    Scenario: loses nothing when a voicemail comes behind the first page
      Given Alice has 5 voicemails
      And Alice searched the voicemails with:
        | maxEntries | 2 |
      And Alice has 1 voicemail
      When Alice searches the voicemails with:
        | maxEntries | 2                             |
        | fromCursor | the cursor of the page before |
        | pages      | to the last                   |
      Then the search has:
        | objects | every one but the newest |

  @MSTORE-SEARCH-29
  Rule: An empty `fromCursor`, and a cursor with another order or folder, are undefined.

    Scenario Outline: reports what becomes of the cursor <cursor> for the <folder>
      Given Alice has 3 voicemails
      And Alice has the greeting "one"
      And Alice searched the voicemails with:
        | maxEntries | 1 |
      When Alice searches the <folder> with:
        | fromCursor                     | <cursor> |
        | sortCriteria.criterion.0.order | <order>  |
      Then the answer is noted

      Examples:
        | folder     | cursor                        | order        |
        | voicemails | ""                            | "Descending" |
        | voicemails | null                          | "Descending" |
        | voicemails | the cursor of the page before | "Ascending"  |
        | greetings  | the cursor of the page before | "Descending" |

  @MSTORE-SEARCH-30
  Rule: A search is read as the JSON value that it is, however that is written.

    Scenario Outline: understands a search, <spelling>
      Given Alice has 1 voicemail
      When Alice searches the voicemails with:
        | maxEntries | 10         |
        | spelling   | <spelling> |
      Then the server accepts it
      And the search has:
        | objects | every one that is left |

      Examples:
        | spelling                      |
        | indented                      |
        | members in the opposite order |
        | letters escaped               |
        | slashes escaped               |

  @MSTORE-SEARCH-31
  Rule: A `maxEntries` with an exponent is read as its value, or refused.

    Scenario: reports what becomes of a search with an exponent
      Given Alice has 2 voicemails
      When Alice searches the voicemails with:
        | maxEntries | 10                       |
        | spelling   | numbers with an exponent |
      Then the answer is noted
