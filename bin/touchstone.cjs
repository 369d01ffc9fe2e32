#!/usr/bin/env node
'use strict'

/*
 * Where the command line begins. Every Node.js can read this file, which is written in ES5: one that is too old for the
 * rest says so in one line.
 */

var WRONG_SURROUNDINGS = 2

var needed = require('../package.json').engines.node.replace('>=', '').split('.').map(Number)
var running = process.versions.node.split('.').map(Number)
var isTooOld = running[0] < needed[0] || (running[0] === needed[0] && running[1] < needed[1])

if (isTooOld) {
  var got = process.versions.node + ' at ' + process.execPath
  var text =
    'touchstone: expected Node.js ' + needed.join('.') + ' or newer, got ' + got + '; install a newer one'
  process.stderr.write(text + '\n')
  process.exitCode = WRONG_SURROUNDINGS
} else require('./command-line.cjs')
