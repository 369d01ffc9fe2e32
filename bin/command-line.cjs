'use strict'

// Apart from the file that every Node.js can read: import() is newer.
import('../dist/joined/main.js')
