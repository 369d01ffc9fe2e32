@sends @writes
Feature: Authentication
  Every operation but the two of registration is authenticated with HTTP Basic: the number, a colon, the password.

  @RELAY-AUTH-01 @destroys
  Rule: Basic base64(number:password) is accepted by every authenticated operation.

    Scenario Outline: lets the owner <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:PASSWORD]"
      Then the server accepts it

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

    Scenario: lets the owner in with a password that was refused before it was confirmed
      Given Alice is registered
      And Alice was refused to "query the directory" with the Authorization "Basic [NUMBER:x3Tq.9Lw_kd0Zb7A]"
      And Alice is registered again with:
        | password | x3Tq.9Lw_kd0Zb7A |
      When Alice tries to "query the directory"
      Then the server accepts it

  @RELAY-AUTH-02
  Rule: Every authenticated operation returns 401 without an Authorization header.

    Scenario Outline: does not let a client without credentials <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "none"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-AUTH-03
  Rule: Every authenticated operation returns 401 with a wrong password.

    Scenario Outline: does not let a client with another password <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:WRONG]"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

    Scenario Outline: does not let a client with the password of another account <operation>
      Given Alice is ready to "<operation>"
      And Carol is registered
      When Alice tries to "<operation>" with the password of "Carol"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-AUTH-04
  Rule: Every authenticated operation returns 401 for an unknown number.

    Scenario Outline: does not let an unregistered number <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "Basic [UNKNOWN:PASSWORD]"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

    Scenario Outline: does not let a number <difference> <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "Basic [<number>:PASSWORD]"
      Then the server answers 401

      Examples:
        | operation              | number    | difference              |
        | set an apn id          | LONGER    | with a digit more       |
        | set an apn id          | SHORTER   | without its last digit  |
        | set an apn id          | NEIGHBOUR | with another last digit |
        | clear an apn id        | LONGER    | with a digit more       |
        | clear an apn id        | SHORTER   | without its last digit  |
        | clear an apn id        | NEIGHBOUR | with another last digit |
        | set a gcm id           | LONGER    | with a digit more       |
        | set a gcm id           | SHORTER   | without its last digit  |
        | set a gcm id           | NEIGHBOUR | with another last digit |
        | clear a gcm id         | LONGER    | with a digit more       |
        | clear a gcm id         | SHORTER   | without its last digit  |
        | clear a gcm id         | NEIGHBOUR | with another last digit |
        | store prekeys          | LONGER    | with a digit more       |
        | store prekeys          | SHORTER   | without its last digit  |
        | store prekeys          | NEIGHBOUR | with another last digit |
        | query the directory    | LONGER    | with a digit more       |
        | query the directory    | SHORTER   | without its last digit  |
        | query the directory    | NEIGHBOUR | with another last digit |
        | fetch a prekey         | LONGER    | with a digit more       |
        | fetch a prekey         | SHORTER   | without its last digit  |
        | fetch a prekey         | NEIGHBOUR | with another last digit |
        | send a message         | LONGER    | with a digit more       |
        | send a message         | SHORTER   | without its last digit  |
        | send a message         | NEIGHBOUR | with another last digit |
        | allocate an attachment | LONGER    | with a digit more       |
        | allocate an attachment | SHORTER   | without its last digit  |
        | allocate an attachment | NEIGHBOUR | with another last digit |
        | retrieve an attachment | LONGER    | with a digit more       |
        | retrieve an attachment | SHORTER   | without its last digit  |
        | retrieve an attachment | NEIGHBOUR | with another last digit |

  @RELAY-AUTH-05
  Rule: A malformed Authorization header returns 401.

    Scenario Outline: refuses to <operation> for the Authorization "<authorization>"
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "<authorization>"
      Then the server answers 401

      Examples:
        | operation              | authorization               |
        | query the directory    | Basic                       |
        | query the directory    | Basic !!!!                  |
        | query the directory    | Basic abc                   |
        | query the directory    | Basic [nocolon]             |
        | query the directory    | Bearer x                    |
        | query the directory    | Bearer [NUMBER:PASSWORD]    |
        | query the directory    | Basic [:PASSWORD]           |
        | query the directory    | Basic [NUMBER.abc:PASSWORD] |
        | send a message         | Basic                       |
        | send a message         | Basic !!!!                  |
        | send a message         | Basic abc                   |
        | send a message         | Basic [nocolon]             |
        | send a message         | Bearer x                    |
        | send a message         | Bearer [NUMBER:PASSWORD]    |
        | send a message         | Basic [:PASSWORD]           |
        | send a message         | Basic [NUMBER.abc:PASSWORD] |
        | set an apn id          | Basic [nocolon]             |
        | set an apn id          | Bearer [NUMBER:PASSWORD]    |
        | clear an apn id        | Basic [nocolon]             |
        | clear an apn id        | Bearer [NUMBER:PASSWORD]    |
        | set a gcm id           | Basic [nocolon]             |
        | set a gcm id           | Bearer [NUMBER:PASSWORD]    |
        | clear a gcm id         | Basic [nocolon]             |
        | clear a gcm id         | Bearer [NUMBER:PASSWORD]    |
        | store prekeys          | Basic [nocolon]             |
        | store prekeys          | Bearer [NUMBER:PASSWORD]    |
        | fetch a prekey         | Basic [nocolon]             |
        | fetch a prekey         | Bearer [NUMBER:PASSWORD]    |
        | allocate an attachment | Basic [nocolon]             |
        | allocate an attachment | Bearer [NUMBER:PASSWORD]    |
        | retrieve an attachment | Basic [nocolon]             |
        | retrieve an attachment | Bearer [NUMBER:PASSWORD]    |

  @RELAY-AUTH-06
  Rule: The two attachment operations also accept the credentials without the word Basic, as printed.

    Scenario Outline: reports whether a client can <operation> with the bare credentials
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "[NUMBER:PASSWORD]"
      Then the answer is noted

      Examples:
        | operation              |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-AUTH-07
  Rule: 401 takes precedence over 400, 404, 409, 410, 413 and a 415 for malformed JSON.

    Scenario Outline: refuses the password before it looks at what is wrong when asked to <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:WRONG]"
      Then the server answers 401

      Examples:
        | operation                              |
        | send a message to an unknown number    |
        | send a message for a device too many   |
        | send a message to a stale installation |
        | send a message in malformed JSON       |
        | query the directory for a bad token    |
        | query the directory in malformed JSON  |
        | fetch a prekey of an unknown number    |
        | store prekeys in malformed JSON        |
        | set an apn id in malformed JSON        |
        | set a gcm id in malformed JSON         |

    @exhausts @limits
    Scenario: refuses the password before it counts against the limit
      Given Alice is ready to "send a message"
      And Alice has used up the "messages" limit towards Bob
      When Alice tries to "send a message" with the Authorization "Basic [NUMBER:WRONG]"
      Then the server answers 401

  @RELAY-AUTH-08
  Rule: The username may be number.deviceId; without suffix it means device 1.

    Scenario: reports whether the first device may name itself
      Given Alice is ready to "query the directory"
      When Alice tries to "query the directory" with the Authorization "Basic [NUMBER.1:PASSWORD]"
      Then the answer is noted

  @RELAY-AUTH-09
  Rule: A username suffix naming no device of the account returns 401.

    Scenario: reports what becomes of an unregistered device
      Given Alice is ready to "query the directory"
      When Alice tries to "query the directory" with the Authorization "Basic [NUMBER.9:PASSWORD]"
      Then the answer is noted

  @RELAY-AUTH-10
  Rule: Credentials of one device do not authenticate another device.

    Scenario Outline: the second device's password does not let the first <operation>
      Given Alice is ready to "<operation>"
      And Alice has a second device
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:PASSWORD2]"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

    Scenario Outline: the first device's password does not let the second <operation>
      Given Alice is ready to "<operation>"
      And Alice has a second device
      And Alice can "query the directory from the second device"
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER.2:PASSWORD]"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-AUTH-11
  Rule: 401 carries WWW-Authenticate: Basic.

    Scenario: reports whether a refusal names the scheme
      Given Alice is ready to "query the directory"
      When Alice tries to "query the directory" with the Authorization "none"
      Then the "WWW-Authenticate" of the answer is noted

  @RELAY-AUTH-12
  Rule: The scheme name is compared case-insensitively.

    Scenario: reports whether the scheme may be written in lower case
      Given Alice is ready to "query the directory"
      When Alice tries to "query the directory" with the Authorization "basic [NUMBER:PASSWORD]"
      Then the answer is noted

  @RELAY-AUTH-13 @destroys
  Rule: Once a number has been registered again, the password of the earlier registration returns 401.

    Scenario Outline: does not let the holder of the earlier password <operation>
      Given Alice is ready to "<operation>"
      And Alice is registered again
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:FORMER]"
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-AUTH-14
  Rule: Every authenticated operation compares the whole password as it is.

    Scenario Outline: does not let a client with the password <change> <operation>
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:<password>]"
      Then the server answers 401

      Examples:
        | operation              | password  | change                |
        | set an apn id          | PASSWORDx | and a character more  |
        | set an apn id          | HALF      | cut to its first half |
        | set an apn id          | SWAPPED   | in other case         |
        | clear an apn id        | PASSWORDx | and a character more  |
        | clear an apn id        | HALF      | cut to its first half |
        | clear an apn id        | SWAPPED   | in other case         |
        | set a gcm id           | PASSWORDx | and a character more  |
        | set a gcm id           | HALF      | cut to its first half |
        | set a gcm id           | SWAPPED   | in other case         |
        | clear a gcm id         | PASSWORDx | and a character more  |
        | clear a gcm id         | HALF      | cut to its first half |
        | clear a gcm id         | SWAPPED   | in other case         |
        | store prekeys          | PASSWORDx | and a character more  |
        | store prekeys          | HALF      | cut to its first half |
        | store prekeys          | SWAPPED   | in other case         |
        | query the directory    | PASSWORDx | and a character more  |
        | query the directory    | HALF      | cut to its first half |
        | query the directory    | SWAPPED   | in other case         |
        | fetch a prekey         | PASSWORDx | and a character more  |
        | fetch a prekey         | HALF      | cut to its first half |
        | fetch a prekey         | SWAPPED   | in other case         |
        | send a message         | PASSWORDx | and a character more  |
        | send a message         | HALF      | cut to its first half |
        | send a message         | SWAPPED   | in other case         |
        | allocate an attachment | PASSWORDx | and a character more  |
        | allocate an attachment | HALF      | cut to its first half |
        | allocate an attachment | SWAPPED   | in other case         |
        | retrieve an attachment | PASSWORDx | and a character more  |
        | retrieve an attachment | HALF      | cut to its first half |
        | retrieve an attachment | SWAPPED   | in other case         |

  @RELAY-AUTH-15 @destroys
  Rule: Each request is judged by its own credentials, whatever was asked before on the same connection.

    Scenario Outline: does not let one <operation> without credentials behind a request that had them
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with:
        | Authorization | none           |
        | connection    | of Alice, kept |
      Then the server answers 401

      Examples:
        | operation              |
        | set an apn id          |
        | clear an apn id        |
        | set a gcm id           |
        | clear a gcm id         |
        | store prekeys          |
        | query the directory    |
        | fetch a prekey         |
        | send a message         |
        | allocate an attachment |
        | retrieve an attachment |

    Scenario Outline: does not let one <operation> with <what> right behind a request that is not answered yet
      Given Alice is ready to "<operation>"
      When Alice tries to "<operation>" with:
        | Authorization | <authorization>     |
        | connection    | of Alice, pipelined |
      Then the server answers 401

      Examples:
        | operation              | what             | authorization        |
        | store prekeys          | no credentials   | none                 |
        | allocate an attachment | no credentials   | none                 |
        | query the directory    | a wrong password | Basic [NUMBER:WRONG] |
        | send a message         | a wrong password | Basic [NUMBER:WRONG] |

    @pushes
    Scenario Outline: names the sender of a message on a connection of another caller that was <how>
      Given Alice is registered
      And Bob is registered
      And Carol is registered
      When Carol tries to "message Bob" with the connection "of Alice, <how>"
      Then the server accepts it
      And the signal to Bob has:
        | source | Carol |

      Examples:
        | how       |
        | kept      |
        | pipelined |
