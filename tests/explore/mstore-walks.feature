Feature: Walks

  What several subscribers do one after another and at once, judged as a whole: each answer, and what everybody reads
  afterwards. `touchstone explore` draws such sequences.

  Rule: A mailbox holds what its owner put there and did not delete

    @MSTORE-BULKDELETE-01 @voicemail @destroys @walk
    Scenario: objects of both folders are deleted while others come in
      When Alice tries to "leave voicemails" with:
        | as          | voicemail 1 of Alice |
        | minutes ago | 5                    |
      When Alice tries to "leave voicemails" with:
        | as          | voicemail 2 of Alice |
        | minutes ago | 1                    |
      When Alice tries to "upload a greeting" with:
        | as | greeting 1 of Alice |
      When these are tried at once:
        | party | operation         | objects                                   | as                  |
        | Alice | delete in bulk    | voicemail 1 of Alice, greeting 1 of Alice |                     |
        | Alice | upload a greeting |                                           | greeting 2 of Alice |
      When Alice tries to "list a folder" with:
        | folder | greetings |
      When Alice tries to "list a folder" with:
        | folder | voicemails |
      Then every answer is as the specification allows

  Rule: No party reads or changes the mailbox of another

    @MSTORE-URL-19 @voicemail @destroys @walk
    Scenario: what another subscriber tries with the objects of a mailbox, while its owner works with them
      When Alice tries to "leave voicemails" with:
        | as          | voicemail 1 of Alice |
        | minutes ago | 5                    |
      When these are tried at once:
        | party | operation      | object               | operation | objects              | mailbox |
        | Bob   | read an object | voicemail 1 of Alice |           |                      | Alice   |
        | Alice | update in bulk |                      | AddFlag   | voicemail 1 of Alice |         |
      When Bob tries to "delete in bulk" with:
        | objects | voicemail 1 of Alice |
        | mailbox | Alice                |
      When Alice tries to "download audio" with:
        | object | voicemail 1 of Alice |
      Then every answer is as the specification allows
