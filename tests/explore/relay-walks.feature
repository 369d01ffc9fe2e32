Feature: Walks

  What several parties do one after another and at once, judged as a whole: each answer, and what everybody reads
  afterwards. `touchstone explore` draws such sequences.

  Rule: A one-time prekey is handed out once, however many callers ask for it at the same time

    @RELAY-PREKEY-04 @sends @walk
    Scenario: two callers at once, of the keys of the latest upload
      When Bob tries to "register" with:
        | as | registration 1 of Bob |
      When these are tried at once:
        | party | operation | as                      |
        | Alice | register  | registration 1 of Alice |
        | Carol | register  | registration 1 of Carol |
      When Bob tries to "store prekeys" with:
        | as    | set 1 of Bob |
        | count | 1            |
      When Bob tries to "store prekeys" with:
        | as    | set 2 of Bob |
        | count | 2            |
      When these are tried at once:
        | party | operation     | of  |
        | Alice | fetch prekeys | Bob |
        | Carol | fetch prekeys | Bob |
      When Alice tries to "fetch prekeys" with:
        | of | Bob |
      Then every answer is as the specification allows

  Rule: Each message that was accepted is pushed once, to its recipient

    @RELAY-MESSAGE-36 @sends @walk
    Scenario: three parties write to each other at once
      When these are tried at once:
        | party | operation | as                      | push |
        | Alice | register  | registration 1 of Alice | gcm  |
        | Bob   | register  | registration 1 of Bob   | apn  |
        | Carol | register  | registration 1 of Carol |      |
      When these are tried at once:
        | party | operation     | to    | as                 |
        | Alice | send messages | Bob   | message 1 of Alice |
        | Bob   | send messages | Carol | message 1 of Bob   |
        | Carol | send messages | Bob   | message 1 of Carol |
        | Bob   | send messages | Bob   | message 2 of Bob   |
      When Bob tries to "receive what was pushed"
      When Carol tries to "receive what was pushed"
      Then every answer is as the specification allows
