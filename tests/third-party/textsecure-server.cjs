/**
 * Starts the npm package textsecure-server on a free loopback port and prints {"url": …} when it listens.
 * It is run with --unhandled-rejections=none: what fails inside a promise there is left unanswered, as it
 * was with the promises of its day.
 */
const net = require('node:net')
const Server = require('textsecure-server/lib/Server.js')

const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port) {
  return listen.call(this, port, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${this.address().port}` })}\n`)
  })
}

const contacts = new Map()
new Server(
  {
    getContact: (number) => Promise.resolve(contacts.get(number)),
    putContact: (number, contact) => Promise.resolve(void contacts.set(number, contact)),
  },
  0,
)
