/** A server of the compiled HTTP/1.0 edge in a process of its own, for lines of Node that the tests do not run on. */
import { http10Server } from '#mocks/edge/http10.ts'
import { listen } from '#mocks/edge/listen.ts'
import { testCertificate } from '#mocks/edge/test-certificate.ts'
import { serveCase } from './http10-cases.ts'

const { tls, ca } = testCertificate()
const place = { host: '127.0.0.1', port: 0, option: '--port' }
const [plain, secure] = await Promise.all([
  listen(http10Server(serveCase), place),
  listen(http10Server(serveCase, { tls }), place),
])
process.stdout.write(
  `${JSON.stringify({ plain: plain.url, secure: secure.url, ca, version: process.version })}\n`,
)
