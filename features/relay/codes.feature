@sends
Feature: Verification codes
  A client proves that it owns a number by a code sent to it as an SMS or read out in a call.

  @RELAY-CODE-01
  Rule: A request for an SMS code for a well-formed number returns 200.

    Scenario: sends a code by SMS
      When Alice asks for a code by "sms"
      Then the server answers 200 "code requested"

  @RELAY-CODE-02
  Rule: A request for a voice code for a well-formed number returns 200.

    Scenario: reads a code out in a call
      When Alice asks for a code by "voice"
      Then the server answers 200 "code requested"

  @RELAY-CODE-03
  Rule: A number that holds no digits, or anything besides digits and its plus, returns 400.

    Scenario Outline: refuses the number <number>
      Given Alice asked for a code by "sms"
      When Alice tries to "ask for a code" with the number "<number>"
      Then the server answers 400

      Examples:
        | number        |
        | +1415555010x  |
        | +14155550100x |
        | abc           |
        | +             |

  @RELAY-CODE-04
  Rule: A transport other than sms or voice returns 415.

    Scenario Outline: refuses the transport <transport>
      Given Alice asked for a code by "sms"
      When Bob asks for a code by "<transport>"
      Then the server answers 415 "unknown transport"

      Examples:
        | transport |
        | email     |
        | SMS       |
        | Voice     |
        | dev       |

  @RELAY-CODE-05 @exhausts
  Rule: Too many SMS code requests return 413.

    Scenario: refuses the SMS code request that exceeds the limit
      When Alice tries to "ask for a code by sms" until the limit is passed
      Then the server answers 413

  @RELAY-CODE-06 @exhausts
  Rule: Too many voice code requests return 413.

    Scenario: refuses the voice code request that exceeds the limit
      When Alice tries to "ask for a code by voice" until the limit is passed
      Then the server answers 413

  @RELAY-CODE-07
  Rule: Requesting a code needs no credentials, and none that are right prevent it.

    Scenario Outline: ignores the Authorization "<authorization>"
      When Alice tries to "ask for a code" with the Authorization "<authorization>"
      Then the server accepts it

      Examples:
        | authorization           |
        | none                    |
        | Basic [NUMBER:PASSWORD] |

  @RELAY-CODE-08 @exhausts
  Rule: The code limiter is per destination number.

    Scenario Outline: a used up <limit> limit of one number leaves another number alone
      Given Alice has used up the "<limit>" limit
      When Bob asks for a code by "<limit>"
      Then the server accepts it

      Examples:
        | limit |
        | sms   |
        | voice |

  @RELAY-CODE-09
  Rule: A refused code request creates no pending code and sends nothing.

    Scenario: sends nothing for a refused transport
      Given Alice was refused to "ask for a code" with the transport "email"
      When Alice asks for a code by "sms"
      Then Alice was sent a code for each request that was granted and no other

    @exhausts @limits
    Scenario: sends nothing for a request over the limit
      Given Alice has used up the "sms" limit
      And Alice was refused to "ask for a code" with the transport "sms"
      When Alice asks for a code by "voice"
      Then Alice was sent a code for each request that was granted and no other

    @exhausts @limits @writes
    Scenario: leaves the last code in force after a request over the limit
      Given Alice has used up the "sms" limit
      And Alice was refused to "ask for a code" with the transport "sms"
      When Alice confirms with the code sent
      Then the server accepts it

    @writes
    Scenario: leaves nothing to confirm after a refused transport
      Given Bob asked for a code by "sms"
      And Alice was refused to "ask for a code" with the transport "email"
      When Alice confirms with the code sent to Bob with another last digit
      Then the server refuses it
      And Alice cannot "authenticate"

  @RELAY-CODE-10
  Rule: The code delivered is decimal digits only and goes to the requested number over the requested channel.

    Scenario Outline: delivers digits by <transport> to the number that asked
      Given Bob asked for a code by "<other>"
      When Alice asks for a code by "<transport>"
      Then Alice was sent decimal digits by "<transport>"

      Examples:
        | transport | other |
        | sms       | voice |
        | voice     | sms   |

  @RELAY-CODE-11
  Rule: Requesting a code for an already registered number leaves the existing account untouched until confirmation.

    Scenario: a code request changes nothing of an existing account
      Given Alice is registered
      And Bob is registered
      And Bob uploaded 2 prekeys
      When Bob asks for a code by "sms"
      Then Bob can "authenticate"
      And Alice can "fetch a prekey of Bob"
      And Alice can "message Bob"

  @RELAY-CODE-12
  Rule: After two code requests the latest code confirms the number.

    Scenario: the second of two codes confirms
      Given Alice asked for a code by "sms"
      And Alice asked for a code by "sms"
      When Alice confirms with the code sent
      Then the server accepts it

    Scenario Outline: the code sent by <later> after one by <earlier> confirms
      Given Alice asked for a code by "<earlier>"
      And Alice asked for a code by "<later>"
      When Alice confirms with the code sent
      Then the server accepts it

      Examples:
        | earlier | later |
        | sms     | voice |
        | voice   | sms   |

  @RELAY-CODE-13
  Rule: When number and transport are both bad the server answers 400 or 415.

    Scenario: reports which of two mistakes it looks at first
      When Alice tries to "ask for a code" with:
        | transport | email |
        | number    | abc   |
      Then the server answers one of "400, 415"

  @RELAY-CODE-14
  Rule: A number that is written otherwise than as a plus and the digits of an E.164 number returns 400.

    Scenario Outline: refuses the number <number>, which is <what>
      Given Alice asked for a code by "sms"
      When Alice tries to "ask for a code" with the number "<number>"
      Then the server answers 400

      Examples:
        | number        | what           |
        | 14155550100   | without a plus |
        | +1415-5550100 | hyphenated     |
        | +123          | too short      |

  @RELAY-CODE-15
  Rule: Numbers of every country and of 10 to 15 digits are well formed: they get codes and can be registered.

    Scenario Outline: serves a number of <digits> digits such as <number>
      Given Alice is registered
      And Bob is registered with:
        | number | <number> |
      When Alice sends Bob a message of 25 bytes
      Then Alice finds Bob
      And Bob receives it

      Examples:
        | number           | digits |
        | +652xxxxxxx      | 10     |
        | +3319900xxxx     | 11     |
        | +446xxxxxxxxx    | 12     |
        | +55209xxxxxxxx   | 13     |
        | +49194xxxxxxxxx  | 14     |
        | +49194xxxxxxxxxx | 15     |
