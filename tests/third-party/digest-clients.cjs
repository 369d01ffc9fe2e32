/**
 * Makes the calls that are written as JSON in the first argument, one after the other, each with the digest
 * client it names, and prints what they came to as JSON.
 */
const { execFile } = require('node:child_process')
const { promisify } = require('node:util')

const run = promisify(execFile)

const clients = {
  async curl({ url, method, headers, body, username, password, ca }) {
    const { stdout } = await run('curl', [
      ...['-sS', '--digest', '--globoff', '-u', `${username}:${password}`, '-X', method],
      ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
      ...(body === null ? [] : ['--data-binary', body]),
      ...(ca === null ? [] : ['--cacert', ca]),
      ...['-w', '\n%{http_code}', url],
    ])
    const end = stdout.lastIndexOf('\n')
    return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) }
  },

  async urllib({ url, method, headers, body, username, password }) {
    const { request } = require('urllib')
    const content = body === null ? {} : { content: body }
    const digestAuth = `${username}:${password}`
    const { status, data } = await request(url, { method, headers, digestAuth, dataType: 'text', ...content })
    return { status, text: data }
  },

  async 'digest-fetch'({ url, method, headers, body, username, password }) {
    const { default: DigestClient } = await import('digest-fetch')
    const content = body === null ? {} : { body }
    const response = await new DigestClient(username, password).fetch(url, { method, headers, ...content })
    return { status: response.status, text: await response.text() }
  },

  async 'axios-digest-auth'({ url, method, headers, body, username, password }) {
    const { default: AxiosDigestAuth } = require('@mhoc/axios-digest-auth')
    const content = body === null ? {} : { data: body }
    const asked = { url, method, headers, responseType: 'text', ...content }
    const { status, data } = await new AxiosDigestAuth({ username, password })
      .request(asked)
      .catch(({ response }) => response)
    return { status, text: data }
  },
}

async function main() {
  const answers = []
  for (const call of JSON.parse(process.argv[2])) answers.push(await clients[call.client](call))
  process.stdout.write(JSON.stringify(answers))
}

main()
