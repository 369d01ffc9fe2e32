Feature: URLs
  Endpoints are below one base. What answers name is at the application server, and only the end of such a URL is of use.

  @MSTORE-URL-01
  Rule: Endpoints live at `https://<host>/phone20/mStoreRelay/<path>`.

    Scenario: knows the profile below the path of the proxy
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B[Alice]/vvmserviceProfile"
      Then the server accepts it

  @MSTORE-URL-02
  Rule: The base of every endpoint is `/phone20/mStoreRelay/oemclient/nms/v1/ums/<MSISDN URI>`.

    Scenario Outline: has the endpoint to <operation> below the base
      Given Alice has a mailbox
      When Alice tries to "<operation>" without "credentials"
      Then the server answers 401

      Examples: readings
        | operation                  |
        | read the profile           |
        | read the voicemails folder |
        | search                     |

      @writes
      Examples: changes
        | operation         |
        | write the profile |
        | upload a greeting |

    @gba
    Scenario Outline: serves the endpoint to <operation> below the base
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the digest "right"
      Then the server accepts it

      Examples:
        | operation                  |
        | read the profile           |
        | read the voicemails folder |
        | read the greetings folder  |

      @voicemail
      Examples: voicemails
        | operation      |
        | read an object |
        | search         |
        | download audio |

      @writes
      Examples: profile
        | operation         |
        | write the profile |

      @voicemail @writes
      Examples: changes
        | operation      |
        | update in bulk |

      @greeting @writes
      Examples: greetings
        | operation         |
        | set a flag        |
        | clear a flag      |
        | upload a greeting |

      @voicemail @destroys
      Examples: deletion
        | operation      |
        | delete in bulk |

  @MSTORE-URL-05
  Rule: The encoded form is served.

    Scenario: takes the escapes of the specification
      Given Alice has a mailbox
      When Alice tries to "read the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B[Alice]/vvmserviceProfile"
      Then the server accepts it

  @MSTORE-URL-06
  Rule: The unencoded form `tel:+1…` in the request target may be refused; the specification binds only the client.

    Scenario: reports whether a number will do without escapes
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel:+[Alice]/vvmserviceProfile"
      Then the answer is noted

  @MSTORE-URL-07
  Rule: Percent-encoding is case-insensitive (`%3a%2b` = `%3A%2B`).

    Scenario: takes escapes in lower case
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3a%2b[Alice]/vvmserviceProfile"
      Then the server accepts it

    Scenario: takes escapes in lower case before a search
      Given Alice can "search"
      When Alice tries to "search" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3a%2b[Alice]/objects/operations/search"
      Then the server accepts it

    Scenario Outline: takes escapes in lower case when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the escapes "in lower case"
      Then the server accepts it

      @voicemail
      Examples: voicemails
        | operation      |
        | read an object |
        | download audio |

      @greeting @writes
      Examples: greetings
        | operation  |
        | set a flag |

  @MSTORE-URL-08
  Rule: Objects and folders are named by extended URLs, of the form `https://<host>/phone20/mStoreRelay?path=http://<internal host>/<path>`, whatever the hosts and ports.

    Scenario: names the object and its audio by extended URLs
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.resourceURL        | an extended URL below /objects/ |
        | object.payloadPart.0.href | an extended URL below /objects/ |

    Scenario: names all that belongs to an object by extended URLs
      Given Alice has 1 voicemail
      When Alice reads the voicemail
      Then the answer has:
        | object.parentFolder      | an extended URL below /folders/ |
        | object.flags.resourceURL | an extended URL below /objects/ |
        | object.payloadURL        | an extended URL below /objects/ |

    Scenario Outline: names the <folder> by extended URLs
      Given Alice has a mailbox
      When Alice reads the quota of the <folder>
      Then the answer has:
        | folder.attributes.resourceURL | an extended URL below /folders/ |
        | folder.parentFolder           | an extended URL below /folders/ |

      Examples:
        | folder     |
        | voicemails |
        | greetings  |

  @MSTORE-URL-09
  Rule: An extended URL used as it stands may fail to work; a server on which it works is right, too.

    Scenario Outline: reports whether the <member> of a voicemail works as it stands
      Given Alice has 1 voicemail
      And Alice can "read an object"
      When Alice tries to "read an object" with the path "[<member> of the voicemail]"
      Then the answer is noted

      Examples:
        | member      |
        | resourceURL |
        | href        |

  @MSTORE-URL-12 @writes
  Rule: URLs in bulk responses are in the simple form (no `?path=`), whatever the host and port.

    Scenario: names objects by simple URLs when their flags change
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail and an unknown voicemail
      Then each "URL" of the answer is "simple"

    @destroys
    Scenario: names objects by simple URLs when they are deleted
      Given Alice has 1 voicemail
      When Alice deletes the voicemail and an unknown voicemail
      Then each "URL" of the answer is "simple"

  @MSTORE-URL-13 @writes
  Rule: An extended URL inside a bulk request body may be refused as an object URL.

    Scenario: reports whether an extended URL will do for that of an object
      Given Alice has 1 voicemail
      And Alice removed the flag "\Seen" from the voicemail
      When Alice adds the flag "\Seen" to the voicemail by its extended URL
      Then the answer is noted

  @MSTORE-URL-15
  Rule: The path taken from `object.resourceURL`, appended to the base, addresses the same object.

    Scenario: has the object where its URL says
      Given Alice has 3 voicemails
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then each "object" of the answer is "where its resourceURL says"

  @MSTORE-URL-17 @writes
  Rule: Inside JSON bodies the MSISDN URI is accepted percent-encoded (what the client sends); the decoded spelling MAY be accepted too.

    Scenario: takes an encoded number in a search
      Given Alice has 1 voicemail
      When Alice searches the voicemails with:
        | maxEntries | 10 |
      Then the server accepts it
      And Alice finds the voicemail among the voicemails

    Scenario: takes an encoded number in a bulk change
      Given Alice has 1 voicemail
      And Alice can "read an object"
      When Alice adds the flag "\Seen" to the voicemail
      Then the server accepts it
      And the voicemail of Alice has the flag "\Seen"

    Scenario: reports whether a number will do without escapes in a search
      Given Alice has 1 voicemail
      When Alice searches the voicemails with:
        | searchScope.resourceURL | the folder with the number decoded |
      Then the answer is noted

    Scenario: reports whether a number will do without escapes in a bulk change
      Given Alice has 1 voicemail
      When Alice adds the flag "\Seen" to the voicemail by its decoded URL
      Then the answer is noted

  @MSTORE-URL-18
  Rule: A path under the base that is no endpoint is refused.

    Scenario: does not serve a path that leads nowhere
      Given Alice can "read the profile"
      When Alice tries to "read the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B[Alice]/nosuch"
      Then the server refuses it

  @MSTORE-URL-19
  Rule: Credentials of one subscriber do not open another subscriber's mailbox.

    Scenario Outline: does not let Alice see into Bob's mailbox: <place>
      Given Alice can "read the profile"
      And Bob has a mailbox
      When Alice tries to "read the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B[Bob]/<place>"
      Then the server refuses it

      Examples:
        | place                                                         |
        | vvmserviceProfile                                             |
        | folders/27a29814-dd8f-43ee-b768-19af98bf1d07?attrFilter=Quota |

    @writes
    Scenario: does not let Alice change Bob's profile
      Given Alice can "write the profile"
      And Bob's profile is known
      When Alice tries to "write the profile" with the path "/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B[Bob]/vvmserviceProfile"
      Then the server refuses it
      And Bob's profile is as before

    Scenario Outline: does not let Alice <operation> of Bob's
      Given Alice can "read the profile"
      And Bob is ready to "<operation>"
      And Bob's mailbox is known
      When Alice tries to "<operation>" with the mailbox "Bob"
      Then the server refuses it
      And Bob's mailbox is as before

      @voicemail
      Examples: voicemails
        | operation      |
        | search         |
        | read an object |
        | download audio |

      @voicemail @writes
      Examples: changes
        | operation      |
        | update in bulk |

      @voicemail @destroys
      Examples: deletion
        | operation      |
        | delete in bulk |

      @greeting @writes
      Examples: greetings
        | operation         |
        | set a flag        |
        | upload a greeting |

    @greeting @writes
    Scenario: does not let Alice clear a flag of Bob's that is set
      Given Alice can "read the profile"
      And Bob can "set a flag"
      And Bob's mailbox is known
      When Alice tries to "clear a flag" with the mailbox "Bob"
      Then the server refuses it
      And Bob's mailbox is as before

    @greeting @writes
    Scenario: does not let Alice set a flag of Bob's greeting by its path in her mailbox
      Given Alice can "read the profile"
      And Bob has the greeting "his"
      And Bob's greetings are known
      When Alice tries to "set a flag" with the path "[objects]/[path of the greeting of Bob]/flags/%24CNS-Greeting-On"
      Then Bob's greetings are as before

    @greeting @writes
    Scenario: does not let Alice clear a flag of Bob's greeting by its path in her mailbox
      Given Alice can "read the profile"
      And Bob has the greeting "his"
      And Bob set the flag "$CNS-Greeting-On" of the greeting "his"
      And Bob's greetings are known
      When Alice tries to "clear a flag" with the path "[objects]/[path of the greeting of Bob]/flags/%24CNS-Greeting-On"
      Then Bob's greetings are as before
