import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answerReader } from '#driver/capabilities/answer-reader.ts'
import { commandJson, runCommand } from '#driver/capabilities/command.ts'
import { CapabilityFailure } from '#driver/capabilities/failures.ts'

const count = answerReader<number>('device-id')

const redact = (text: string) => text.replaceAll('hunter2', '‹password›')

const node = (script: string, timeoutMs = 10_000) => ({
  what: 'codes',
  command: ['node', '-e', script],
  timeoutMs,
  redact,
})

describe('runCommand', () => {
  it('gives what was printed, trimmed', async () => {
    expect(await runCommand(node('console.log(" 123456 ")'), [])).toBe('123456')
  })

  it('adds arguments as they are: there is no shell', async () => {
    const awkward = ['+14155550100', '$HOME; echo "x"', "'`*"]
    const printed = await runCommand(node('console.log(JSON.stringify(process.argv.slice(1)))'), awkward)
    expect(JSON.parse(printed)).toEqual(awkward)
  })

  it.each([
    [
      'process.stderr.write("no code\\nmore"); process.exit(3)',
      'codes: command node ended with code 3: no code',
    ],
    [
      'process.stderr.write("\\u001b[31mred"); process.exit(1)',
      'codes: command node ended with code 1: \\u{1b}[31mred',
    ],
    ['process.exit(2)', 'codes: command node ended with code 2'],
    ['process.kill(process.pid, "SIGTERM")', 'codes: command node was killed by SIGTERM'],
    ['process.stdout.write("x".repeat(2 ** 21))', 'codes: command node printed more than 1048576 bytes'],
  ])('says in one line why %j failed', async (script, message) => {
    await expect(runCommand(node(script), ['secret'])).rejects.toThrow(new CapabilityFailure(message))
  })

  it('says that a program cannot be started', async () => {
    const command = { what: 'codes', command: ['/no/such/program'], redact }
    await expect(runCommand(command, [])).rejects.toThrow(
      /^codes: command \/no\/such\/program cannot be started \(ENOENT\): .*beside the target file/,
    )
  })

  it('refuses a command without a program', async () => {
    await expect(runCommand({ what: 'codes', command: [], redact }, [])).rejects.toThrow(CapabilityFailure)
  })

  it('kills a command that takes too long, even one that holds on to its output', async () => {
    const script = 'process.on("SIGTERM", () => {}); setInterval(() => console.log("."), 10)'
    await expect(runCommand(node(script, 300), [])).rejects.toThrow(
      'codes: command node did not end within 300 ms; timeoutMs beside it allows more',
    )
  })

  it('takes what is secret out of stderr before it is cut', async () => {
    const script = 'process.stderr.write("x".repeat(155) + "hunter2"); process.exit(1)'
    await expect(runCommand(node(script), [])).rejects.toThrow(/x{155}‹pass…$/)
  })

  it.each([
    ['ends', 'process.exit(0)'],
    ['fails', 'process.exit(1)'],
    ['takes too long', ''],
  ])('ends with what it started, where it %s', async (_how, end) => {
    const child = 'setInterval(() => require("fs").appendFileSync(process.argv[1], "."), 20)'
    const script = `
      const child = require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}, process.argv[1]], { stdio: "inherit" })
      const until = setInterval(() => { if (require("fs").existsSync(process.argv[1])) { clearInterval(until); ${end} } }, 10)`
    const alive = join(mkdtempSync(join(tmpdir(), 'touchstone-command-')), 'alive')
    await runCommand(node(script, 2000), [alive]).catch(() => undefined)
    const size = statSync(alive).size
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(statSync(alive).size).toBeLessThanOrEqual(size + 1)
  })

  it('says what to do where a program may not be executed', async () => {
    const script = join(mkdtempSync(join(tmpdir(), 'touchstone-command-')), 'code.sh')
    writeFileSync(script, 'echo 1', { mode: 0o644 })
    await expect(runCommand({ what: 'codes', command: [script], redact }, [])).rejects.toThrow(
      /cannot be started \(EACCES\): it may not be executed; make it a program with chmod \+x/,
    )
  })

  it('does not wait for input that never comes', async () => {
    expect(await runCommand(node('process.stdin.on("end", () => console.log("end")).resume()'), [])).toBe(
      'end',
    )
  })
})

describe('commandJson', () => {
  it('reads what was printed', async () => {
    expect(await commandJson(node('console.log(2)'), [], count)).toBe(2)
  })

  it.each([
    [
      'console.log("two")',
      'codes: output of command node: expected JSON, got 3 characters that are something else',
    ],
    ['console.log(-2)', 'codes: output of command node: body: expected at least 0, got a number'],
    ['', 'codes: output of command node: expected JSON, got 0 characters that are something else'],
  ])('says in one line what %j printed instead', async (script, message) => {
    await expect(commandJson(node(script), [], count)).rejects.toThrow(new CapabilityFailure(message))
  })
})
