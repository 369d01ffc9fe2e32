import { connect } from 'node:net'

/** Resolves as soon as a byte comes back for a request; rejects where none does before the connection ends. */
export function firstAnswer(url: string): Promise<void> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.on('error', reject)
    socket.on('close', () => {
      reject(new Error(`${url}: expected an answer, got none`))
    })
    socket.once('data', () => {
      resolve()
      socket.destroy()
    })
    socket.write('GET /v1/attachments/1 HTTP/1.1\r\nHost: mock.test\r\nUser-Agent: 3gpp-gba\r\n\r\n')
  })
}
