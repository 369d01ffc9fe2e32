@sends @writes
Feature: Confirmation
  With the code it was sent a client makes an account: the credentials it will use from now on, the key that
  seals its pushes, and the registration id by which others notice that it was installed anew.

  @RELAY-VERIFY-01
  Rule: Confirming with the right code, a well-formed header and a valid body returns 200.

    Scenario: confirms a number
      Given Alice asked for a code by "sms"
      When Alice confirms with the code sent
      Then the server answers 200 "confirmed"

    Scenario: confirms a number by a code read out in a call
      Given Alice asked for a code by "voice"
      When Alice confirms with the code sent
      Then the server answers 200 "confirmed"

    Scenario: confirms a number while another asks for a code
      Given Alice asked for a code by "sms"
      And Bob asked for a code by "sms"
      When Alice confirms with the code sent
      Then the server answers 200 "confirmed"

    Scenario: confirms a number after another was confirmed
      Given Alice asked for a code by "sms"
      And Bob is confirmed
      When Alice confirms with the code sent
      Then the server answers 200 "confirmed"

  @RELAY-VERIFY-02
  Rule: The confirmation endpoint lives under /v1/accounts/code/.

    Scenario: confirms under the path with two c
      Given Alice asked for a code by "sms"
      When Alice confirms with the code sent
      Then the server accepts it

    Scenario: reports what becomes of a confirmation under the misprinted path
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the base path "/v1/acccounts/code/"
      Then the answer is noted

  @RELAY-VERIFY-03
  Rule: The credentials carried by the confirmation request become the account's credentials.

    Scenario: accepts the credentials of the confirmation
      When Alice is confirmed
      Then Alice can "authenticate"
      And Alice cannot "authenticate with another password"

  @RELAY-VERIFY-04
  Rule: A badly formatted basic_auth returns 401.

    Scenario Outline: refuses the Authorization "<authorization>" and keeps the code
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the Authorization "<authorization>"
      Then the server answers 401
      And the code sent still confirms Alice

      Examples:
        | authorization            |
        | none                     |
        | Basic                    |
        | Bearer [NUMBER:PASSWORD] |
        | Basic !!!!               |
        | Basic [nocolon]          |

    Scenario: refuses credentials too short for a number and keeps the code
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the Authorization "Basic abc"
      Then the server answers 401 "short credentials"
      And the code sent still confirms Alice

  @RELAY-VERIFY-05
  Rule: An incorrect verification code returns 403.

    Scenario Outline: refuses the code sent <change>
      Given Alice asked for a code by "sms"
      When Alice confirms with the code sent <change>
      Then the server answers 403
      And the code sent still confirms Alice

      Examples:
        | change                  |
        | with another last digit |
        | without its last digit  |
        | without its first digit |
        | behind a zero           |

  @RELAY-VERIFY-06
  Rule: Confirming a number that never requested a code is refused and creates no account.

    Scenario: refuses any code of a number that asked for none
      Given Bob asked for a code by "sms"
      When Alice confirms with the code sent to Bob with another last digit
      Then the server refuses it
      And Alice cannot "authenticate"
      And the code sent still confirms Bob

  @RELAY-VERIFY-07
  Rule: A code that was issued to another number is incorrect: it returns 403.

    Scenario: refuses a code that was sent to another number
      Given Alice asked for a code by "sms"
      And Bob asked for a code by "sms"
      When Bob confirms with the code sent to Alice
      Then the server answers 403
      And the code sent still confirms Bob

  @RELAY-VERIFY-08 @exhausts
  Rule: Too many confirmation attempts return 413.

    Scenario: refuses the attempt that exceeds the limit
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with a wrong code" until the limit is passed
      Then the server answers 413

  @RELAY-VERIFY-09 @exhausts @slow
  Rule: While the verify limit is exceeded even the right code is refused with 413.

    Scenario: refuses the right code until the limit has refilled
      Given Alice asked for a code by "sms"
      And Alice has used up the "verify" limit
      When Alice confirms with the code sent
      Then the server answers 413
      And Alice cannot "authenticate"
      And the code sent still confirms Alice once the "verify" limit has refilled

  @RELAY-VERIFY-10
  Rule: Confirming a number that is already registered at a federated node returns 417.

    Scenario: refuses to confirm a number that a federated node has
      Given Alice is registered at the peer
      And Alice asked for a code by "sms"
      When Alice confirms with the code sent
      Then the server answers 417
      And Alice cannot "authenticate"

  @RELAY-VERIFY-11 @destroys
  Rule: Confirming a locally registered number again re-registers it, or is refused with 417: one password works.

    Scenario: the later of two registrations stands
      Given Alice is registered
      When Alice tries to "register again"
      Then exactly one of Alice's passwords works, as the answer says

  @RELAY-VERIFY-12
  Rule: For a relay-listed number with a wrong code the server answers 403 rather than 417.

    Scenario: reports whether the code or the listing is looked at first
      Given Alice is registered at the peer
      And Alice asked for a code by "sms"
      When Alice confirms with the code sent with another last digit
      Then the server answers one of "403, 417"

  @RELAY-VERIFY-13
  Rule: A verification code that is not numeric is refused.

    Scenario: refuses letters for a code
      Given Alice asked for a code by "sms"
      When Alice confirms with the code "abcdef"
      Then the server refuses it
      And the code sent still confirms Alice

    Scenario: refuses the right code with a letter behind it
      Given Alice asked for a code by "sms"
      When Alice confirms with the code sent followed by a letter
      Then the server refuses it
      And the code sent still confirms Alice

  @RELAY-VERIFY-14
  Rule: signalingKey is 52 bytes, the first 32 the AES key and the last 20 the MAC key of pushes to this device.

    Scenario: seals a push under the key given at confirmation
      Given Alice is registered
      And Bob is registered
      When Alice sends Bob a message of 25 bytes
      Then the push to Bob has:
        | key | the two parts of the signaling key |

  @RELAY-VERIFY-15
  Rule: A body without signalingKey is refused and creates no account.

    Scenario Outline: refuses the body <body>
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the body '<body>'
      Then the server refuses it
      And Alice cannot "authenticate"
      And the code sent still confirms Alice

      Examples:
        | body                                                            |
        | {"supportsSms":false,"registrationId":1234}                     |
        | {"signalingKey":"","supportsSms":false,"registrationId":1234}   |
        | {"signalingKey":null,"supportsSms":false,"registrationId":1234} |

  @RELAY-VERIFY-16
  Rule: Malformed JSON in the confirmation body is refused and creates no account.

    Scenario: refuses a body cut short
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the body '{"signalingKey":'
      Then the server refuses it
      And Alice cannot "authenticate"
      And the code sent still confirms Alice

  @RELAY-VERIFY-17
  Rule: A signalingKey that does not decode to 52 bytes is refused with a 4xx.

    Scenario Outline: reports what becomes of a signaling key of <what>
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the body '{"signalingKey":"<key>","supportsSms":false,"registrationId":1234}'
      Then the answer is noted

      Examples:
        | what      | key                                                                      |
        | 51 bytes  | AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEy     |
        | 53 bytes  | AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ= |
        | no Base64 | !!!!                                                                     |

  @RELAY-VERIFY-18
  Rule: supportsSms given at confirmation is what the directory later reports for the number.

    Scenario: the directory shows supportsSms of each number
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | true |
      And Carol is registered with:
        | supportsSms | false |
      When Alice looks up Bob and Carol
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | true        |
        | Carol   | false       |

  @RELAY-VERIFY-19
  Rule: registrationId (14 bits) given at confirmation is the value later compared with destinationRegistrationId.

    Scenario Outline: takes the registration id <own> for itself
      Given Alice is registered
      And Bob is registered with:
        | registrationId | <own> |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <own>          |
      Then the server accepts it

      Examples:
        | own   |
        | 1     |
        | 8192  |
        | 16383 |

    Scenario Outline: takes the registration id <other> for stale where it is <own>
      Given Alice is registered
      And Bob is registered with:
        | registrationId | <own> |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <other>        |
      Then the server answers 410

      Examples:
        | own   | other |
        | 1     | 2     |
        | 8192  | 4096  |
        | 16383 | 16382 |

  @RELAY-VERIFY-20
  Rule: A registrationId given as a decimal string has the effect of the number, where it is taken.

    Scenario: takes the registration id "222" given as text for 222
      Given Alice is registered
      And Bob is registered with:
        | registrationId | "222" |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | 222            |
      Then the server accepts it

    Scenario: takes the registration id 223 for stale where "222" was given as text
      Given Alice is registered
      And Bob is registered with:
        | registrationId | "222" |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | 223            |
      Then the server answers 410

  @RELAY-VERIFY-21
  Rule: A code can be used for one registration only; another confirmation with it is refused.

    Scenario: refuses another registration with a code that has confirmed already
      Given Alice asked for a code by "sms"
      And Alice confirmed with the code sent
      When Alice tries to "register anew"
      Then the server refuses it

  @RELAY-VERIFY-22
  Rule: A failed confirmation neither creates the account nor consumes the code.

    Scenario: a wrong code leaves no account behind and the right one in force
      Given Alice asked for a code by "sms"
      When Alice confirms with the code sent with another last digit
      Then the server answers 403
      And Alice cannot "authenticate"
      And the code sent still confirms Alice

  @RELAY-VERIFY-23
  Rule: Any 16-byte ASCII password is usable and compared exactly.

    Scenario Outline: distinguishes the password <what> from a similar one
      When Alice is confirmed with:
        | password | <password> |
      Then only the exact password of Alice is accepted

      Examples:
        | what           | password         |
        | of letters     | 0123456789abcdef |
        | of punctuation | !"#$%&'()*+,-./  |

    Scenario Outline: takes the password <password> as it is
      When Alice is confirmed with:
        | password, as JSON | <password> |
      Then only the exact password of Alice is accepted

      Examples:
        | password              |
        | " !\\"#$%&'()*+,-./"  |
        | "0123456789:;<=>?"    |
        | "@ABCDEFGHIJKLMNO"    |
        | "PQRSTUVWXYZ[\\\\]^_" |
        | "`abcdefghijklmno"    |
        | "pqrstuvwxyz{\|}~ "   |
        | ":123456789abcde:"    |
        | "\\"in quotation\\" " |
        | "%41%2B+%20&lt;''"    |
        | "1234567890123456"    |

  @RELAY-VERIFY-24
  Rule: A badly formatted header is reported before the code is judged.

    Scenario: looks at the header first
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with a wrong code" with the Authorization "none"
      Then the server answers 401
      And the code sent still confirms Alice

  @RELAY-VERIFY-25
  Rule: The full sequence of the specification leaves the client discoverable, fetchable and reachable.

    Scenario: registers step by step and is found, fetched and reached
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Alice looks up Bob and Carol
      Then Alice finds Bob
      And Alice can "fetch a prekey of Bob"
      And Alice can "message Bob"
      And Bob receives it

  @RELAY-VERIFY-26
  Rule: A confirmed account with no push id is not reachable yet.

    Scenario: reports whether a client without a push id is reachable
      Given Alice is registered
      And Bob is confirmed
      When Alice sends Bob a message
      Then the answer is noted

  @RELAY-VERIFY-27 @destroys
  Rule: Re-registration drops all previous devices and push ids of the number.

    Scenario: reports whether a push id outlives a registration
      Given Alice is registered
      And Bob is registered
      And Bob is confirmed again
      When Alice sends Bob a message
      Then the answer is noted

  @RELAY-VERIFY-31
  Rule: A confirmation whose credentials have an empty password is refused.

    Scenario: refuses an empty password
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with the Authorization "Basic [NUMBER:]"
      Then the server refuses it
      And the code sent still confirms Alice

  @RELAY-VERIFY-32
  Rule: Numbers that differ in one digit or by one digit are different accounts.

    @pushes
    Scenario Outline: keeps a number apart from one <difference>
      Given Alice is registered with:
        | number | +49194xxxxxxxxx |
      And Bob is registered with:
        | number | Alice's <difference> |
      And Carol is registered
      And Alice uploaded 2 prekeys
      And Bob uploaded 2 prekeys
      When Carol sends Bob a message of 25 bytes
      Then Bob receives it
      And nothing else was pushed to Alice
      And Bob's prekeys are as before
      And Alice can "authenticate"

      Examples:
        | difference              |
        | with another last digit |
        | with a digit more       |
        | without its last digit  |

    Scenario Outline: does not take the password of a number <difference>
      Given Alice is registered with:
        | number | +49194xxxxxxxxx |
      And Bob is registered with:
        | number | Alice's <difference> |
      When Alice tries to "query the directory" with the password of "Bob"
      Then the server answers 401

      Examples:
        | difference              |
        | with another last digit |
        | with a digit more       |
        | without its last digit  |

    Scenario: does not take the code sent to a number with another last digit
      Given Alice is registered with:
        | number | +49194xxxxxxxxx |
      And Bob is registered with:
        | number | Alice's with another last digit |
      And Alice asked for a code by "sms"
      And Bob asked for a code by "sms"
      When Bob tries to "register anew with the code sent to Alice"
      Then the server refuses it
      And Bob can "authenticate"

  @RELAY-VERIFY-33 @destroys
  Rule: A number that was registered again has the attributes of its last registration.

    Scenario Outline: lists what supportsSms was given last, <later> after <earlier>
      Given Alice is registered
      And Bob is registered with:
        | supportsSms | <earlier> |
      And Bob is registered again with:
        | supportsSms | <later> |
      When Alice looks up Bob
      Then the contacts found are:
        | contact | supportsSms |
        | Bob     | <later>     |

      Examples:
        | earlier | later |
        | true    | false |
        | false   | true  |

    @pushes
    Scenario Outline: compares the registration id given last, <later> after <earlier>
      Given Alice is registered
      And Bob is registered with:
        | registrationId | <earlier> |
      And Bob is registered again with:
        | registrationId | <later> |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | <later>        |
      Then the server accepts it
      And Bob receives it

      Examples:
        | earlier | later |
        | 16383   | 1     |
        | 1       | 16383 |
        | 2       | 3     |

    Scenario: takes the registration id of the registration before for stale
      Given Alice is registered
      And Bob is registered with:
        | registrationId | 16383 |
      And Bob is registered again with:
        | registrationId | 1 |
      When Alice sends Bob messages:
        | device | registrationId |
        | 1      | 16383          |
      Then the server answers 410

  @RELAY-VERIFY-34
  Rule: A confirmation that is refused leaves the account that the number has as it is.

    Scenario Outline: leaves the account alone when a client tries to <operation>
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      And Alice asked for a code by "sms"
      And Bob asked for a code by "sms"
      When Bob tries to "<operation>"
      Then the server refuses it
      And Bob can "authenticate"
      And Bob cannot "authenticate with the password refused"
      And Alice can "message Bob"
      And Bob's prekeys are as before

      Examples:
        | operation                                 |
        | register anew with a wrong code           |
        | register anew with the code sent to Alice |

    Scenario Outline: leaves the account alone for a confirmation with the body <body>
      Given Alice is registered
      And Bob is registered
      And Bob asked for a code by "sms"
      When Bob tries to "register anew" with the body '<body>'
      Then the server refuses it
      And Bob can "authenticate"
      And Bob cannot "authenticate with the password refused"
      And Alice can "message Bob"

      Examples:
        | body                                     |
        | {"signalingKey":                         |
        | {"supportsSms":true,"registrationId":17} |
        | []                                       |

  @RELAY-VERIFY-35
  Rule: supportsSms may be left out or null, which is as good as false.

    Scenario: reports what becomes of a confirmation whose supportsSms is null
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with:
        | supportsSms | null |
      Then the answer is noted

    Scenario: reports what becomes of a confirmation without supportsSms
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" without "supportsSms"
      Then the answer is noted

  @RELAY-VERIFY-36
  Rule: A registrationId of more than 14 bits is refused.

    Scenario Outline: reports what becomes of the registrationId <id>
      Given Alice asked for a code by "sms"
      When Alice tries to "confirm with the code sent" with:
        | registrationId | <id> |
      Then the answer is noted

      Examples:
        | id         |
        | 16384      |
        | 65536      |
        | 2147483648 |
