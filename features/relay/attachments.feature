@sends @writes
Feature: Attachments
  A client asks the relay for a place, uploads a sealed blob there, and sends the recipient the id and the key in
  a message. A client that knows the id can ask where the blob is.

  @RELAY-ATTACHMENT-01
  Rule: Allocation returns 200 with id and location.

    Scenario: gives out a place
      Given Alice is registered
      When Alice tries to "allocate an attachment"
      Then the server answers 200 "attachment allocated"
      And the answer has:
        | id       | any value |
        | location | any value |

  @RELAY-ATTACHMENT-02
  Rule: location is an absolute http(s) URL.

    Scenario: says where to upload
      Given Alice is registered
      When Alice tries to "allocate an attachment"
      Then the answer has:
        | location | an absolute http or https URL |

  @RELAY-ATTACHMENT-03
  Rule: id is decimal, fits a fixed64, and identifies the attachment later.

    Scenario: gives out an id that fits a pointer
      Given Alice is registered
      When Alice tries to "allocate an attachment"
      Then the answer has:
        | id | decimal digits of 64 bits |

    Scenario: finds an attachment again by the digits of its id
      Given Alice is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice uploaded an attachment of 65 bytes
      When Alice tries to "download the attachment"
      Then the answer has:
        | body | the blob uploaded |

  @RELAY-ATTACHMENT-04
  Rule: Every allocation has a new id and its own upload place.

    Scenario: gives one client a new place each time
      Given Alice is registered
      When Alice tries to "allocate an attachment" 20 times
      Then no two of the attachments have the same id
      And no two of the attachments have the same location

    Scenario: gives two clients different places
      Given Alice is registered
      And Bob is registered
      And Alice tried to "allocate an attachment" 5 times
      When Bob tries to "allocate an attachment" 5 times
      Then no two of the attachments have the same id
      And no two of the attachments have the same location

  @RELAY-ATTACHMENT-05
  Rule: Allocation with credentials that are missing or not the caller's returns 401.

    Scenario Outline: refuses a place with the Authorization "<authorization>"
      Given Alice is registered
      When Alice tries to "allocate an attachment" with the Authorization "<authorization>"
      Then the server answers 401

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: refuses a place with the password of another number
      Given Alice is registered
      And Bob is registered
      When Alice tries to "allocate an attachment" with the password of "Bob"
      Then the server answers 401

  @RELAY-ATTACHMENT-06 @exhausts
  Rule: Too many allocations return 413.

    Scenario: refuses the allocation that exceeds the limit
      Given the relay has a "attachments" limit
      And Alice is registered
      When Alice tries to "allocate an attachment" until the limit is passed
      Then the server answers 413

  @RELAY-ATTACHMENT-07
  Rule: An octet-stream PUT to the allocated location stores the blob.

    Scenario: stores 64 KiB
      Given Alice is registered
      When Alice uploads an attachment of 65536 bytes
      Then the server answers 200 "blob stored"
      And what Alice uploaded can be downloaded

  @RELAY-ATTACHMENT-08
  Rule: Retrieval of an id returns 200 with location.

    Scenario: says where an attachment is
      Given Alice is registered
      And Alice uploaded an attachment of 64 bytes
      When Alice tries to "retrieve the attachment"
      Then the server answers 200 "attachment located"
      And the answer has:
        | location | any value                     |
        | location | an absolute http or https URL |

  @RELAY-ATTACHMENT-09
  Rule: Retrieval with credentials that are missing or not the caller's returns 401.

    Scenario Outline: does not say where an attachment is with the Authorization "<authorization>"
      Given Alice is registered
      And Alice uploaded an attachment of 64 bytes
      When Alice tries to "retrieve the attachment" with the Authorization "<authorization>"
      Then the server answers 401

      Examples:
        | authorization            |
        | none                     |
        | Basic [NUMBER:WRONG]     |
        | Basic [UNKNOWN:PASSWORD] |

    Scenario: does not say where an attachment is with the password of another number
      Given Alice is registered
      And Bob is registered
      And Alice uploaded an attachment of 64 bytes
      When Alice tries to "retrieve the attachment" with the password of "Bob"
      Then the server answers 401

  @RELAY-ATTACHMENT-10 @exhausts
  Rule: Too many retrievals return 413.

    Scenario: refuses the retrieval that exceeds the limit
      Given the relay has a "retrievals" limit
      And Alice is registered
      And Alice uploaded an attachment of 64 bytes
      When Alice tries to "retrieve the attachment" until the limit is passed
      Then the server answers 413

  @RELAY-ATTACHMENT-11
  Rule: The blob downloaded from the retrieved location equals the blob uploaded.

    Scenario: hands back what was uploaded
      Given Alice is registered
      And Alice uploaded an attachment of 65536 bytes
      When Alice tries to "download the attachment"
      Then the answer has:
        | body | the blob uploaded |

  @RELAY-ATTACHMENT-12
  Rule: Any registered client that knows the id can retrieve the attachment.

    Scenario: lets another client download an attachment
      Given Alice is registered
      And Bob is registered
      And Alice uploaded an attachment of 64 bytes
      When Bob tries to "download the attachment"
      Then the answer has:
        | body | the blob uploaded |

  @RELAY-ATTACHMENT-13
  Rule: Upload and download locations work without an Authorization header.

    Scenario: takes a blob without credentials
      Given Alice is registered
      When Alice uploads an attachment of 64 bytes
      Then the server answers 200 "blob stored"

    Scenario: hands out a blob without credentials
      Given Alice is registered
      And Alice uploaded an attachment of 64 bytes
      When Alice tries to "download the attachment"
      Then the answer has:
        | body | the blob uploaded |

  @RELAY-ATTACHMENT-14
  Rule: Uploads do not interfere.

    Scenario: keeps the blobs of one client and of two apart
      Given Alice is registered
      And Bob is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice tried to "download the attachment"
      And Bob uploaded an attachment of 64 bytes
      When Alice uploads an attachment of 64 bytes
      Then what Alice uploaded can be downloaded
      And what Bob uploaded can be downloaded

    Scenario: stores a blob in its own place while others are still empty
      Given Alice is registered
      And Bob is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice tried to "download the attachment"
      And Alice tried to "allocate an attachment" 2 times
      And Bob tried to "allocate an attachment" 2 times
      When Alice uploads an attachment of 64 bytes
      And Bob uploads an attachment of 64 bytes
      Then what Alice uploaded can be downloaded
      And what Bob uploaded can be downloaded

  @RELAY-ATTACHMENT-15
  Rule: An id never allocated returns 404, or 200 with a location that yields 4xx.

    Scenario: reports what becomes of an id that was never allocated
      Given Alice is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice tried to "retrieve the attachment"
      When Alice tries to "retrieve the attachment" with the id "4000000000000000007"
      Then the "location" of the answer is noted

  @RELAY-ATTACHMENT-16
  Rule: A non-numeric id returns a 4xx.

    Scenario Outline: refuses the id <id>
      Given Alice is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice tried to "retrieve the attachment"
      When Alice tries to "retrieve the attachment" with the id "<id>"
      Then the server refuses it

      Examples:
        | id   |
        | abc  |
        | 12ab |

  @RELAY-ATTACHMENT-17
  Rule: Blobs of any size up to 1 MiB are taken; which size is refused is noted.

    Scenario Outline: reports whether it takes <bytes> bytes
      Given Alice is registered
      When Alice uploads an attachment of <bytes> bytes
      Then the server accepts it

      Examples:
        | bytes   |
        | 0       |
        | 1       |
        | 32768   |
        | 1048576 |

  @RELAY-ATTACHMENT-23
  Rule: The full chain works: allocate, upload, pointer in a PushMessageContent, message, push, retrieve, authenticate, decrypt.

    Scenario: brings a file from one client to another
      Given Alice is registered
      And Bob is registered
      And Alice uploaded a sealed attachment
      When Alice tries to "point Bob to the attachment"
      Then Bob can "open the attachment"

  @RELAY-ATTACHMENT-24
  Rule: A blob that was taken is returned whole, whatever its size.

    Scenario Outline: returns all of <bytes> bytes
      Given Alice is registered
      When Alice uploads an attachment of <bytes> bytes
      Then what Alice uploaded can be downloaded

      Examples:
        | bytes   |
        | 0       |
        | 1       |
        | 15      |
        | 16      |
        | 64      |
        | 1000    |
        | 32768   |
        | 65537   |
        | 1048576 |

  @RELAY-ATTACHMENT-25
  Rule: Allocation and retrieval with the password of another device of the number return 401.

    Scenario Outline: does not take the password of the second device to <operation> for the first
      Given Alice is ready to "<operation>"
      And Alice has a second device
      When Alice tries to "<operation>" with the Authorization "Basic [NUMBER:PASSWORD2]"
      Then the server answers 401

      Examples:
        | operation              |
        | allocate an attachment |
        | retrieve an attachment |

  @RELAY-ATTACHMENT-26
  Rule: A blob can be retrieved and downloaded more than once, by the same client and by others.

    Scenario Outline: hands a blob to <client> after it was downloaded
      Given Alice is registered
      And Bob is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice tried to "download the attachment"
      When <client> tries to "download the attachment"
      Then the answer has:
        | body | the blob uploaded |

      Examples:
        | client |
        | Alice  |
        | Bob    |

    @destroys
    Scenario Outline: hands out the blob of a client that <has changed> since
      Given Alice is registered
      And Bob is registered
      And Alice uploaded an attachment of 64 bytes
      And Alice <has changed>
      When Bob tries to "retrieve the attachment"
      Then the server answers 200 "attachment located"

      Examples:
        | has changed         |
        | is registered again |
        | cleared the gcm id  |

  @RELAY-ATTACHMENT-27
  Rule: An upload without a Content-Type, or with another, is taken or refused.

    Scenario Outline: reports what becomes of an upload with the Content-Type <type>
      Given Alice is registered
      When Alice tries to "upload an attachment" with the Content-Type "<type>"
      Then the answer is noted
      And what Alice uploaded can be downloaded

      Examples:
        | type       |
        | none       |
        | image/png  |
        | text/plain |
