import { Secrets } from './secrets.ts'
import type { MStoreTarget, Target } from './target.ts'

/** What the target files say to be secret: codes, keys, PINs, and arguments of commands that may be. */
export function secretsOf(targets: readonly (Target | null)[]): Secrets {
  const secrets = new Secrets()
  for (const target of targets) {
    if (target === null) continue
    learnMembers(target.capabilities, secrets)
    for (const [name, value] of Object.entries(target.headers ?? {})) secrets.addHeader(name, value)
    if (target.proxy) learnProxy(target.proxy.url, secrets)
    if (target.redactNumbers === true)
      secrets.hideNumbers(target.protocol === 'mstore' ? mailboxOf(target) : [])
  }
  return secrets
}

function mailboxOf({ mailbox }: MStoreTarget): readonly string[] {
  return mailbox === null ? [] : [mailbox]
}

function learnProxy(url: string, secrets: Secrets): void {
  const { username, password } = new URL(url)
  secrets.add(decodeURIComponent(password), 'proxy password')
  secrets.add(decodeURIComponent(username), 'proxy user')
  secrets.add(Buffer.from(`${username}:${password}`).toString('base64'), 'proxy credentials')
}

/** Takes out of a text what the target files say to be secret. */
export function redactorOf(targets: readonly (Target | null)[]): (text: string) => string {
  const secrets = secretsOf(targets)
  return (text) => secrets.redact(text)
}

/** Members of capabilities that are secret, at any depth, each with the name that stands for it. */
const SECRET_MEMBERS: Readonly<Record<string, string>> = {
  value: 'verification code',
  k: 'K',
  opc: 'OPc',
  key: 'key',
  pin: 'pin',
}

function learnMembers(part: object, secrets: Secrets): void {
  for (const [name, member] of Object.entries(part) as readonly [string, unknown][]) {
    const secret = SECRET_MEMBERS[name]
    if (typeof member === 'string' && secret !== undefined) secrets.add(member, secret)
    else if (name === 'command' && Array.isArray(member)) learnArguments(member, secrets)
    else if (typeof member === 'object' && member !== null) learnMembers(member, secrets)
  }
}

/** Arguments behind the program, and what stands behind `=` in them. */
function learnArguments([, ...given]: readonly unknown[], secrets: Secrets): void {
  for (const argument of given) {
    const value = String(argument).replace(/^[\w-]+=(?=.)/, '')
    if (mayBeSecret(value)) secrets.add(value, 'argument')
  }
}

const SHORTEST_ARGUMENT = 6

/** Whether an argument is none that anybody may see: an option, a path, a phone number, a word. */
function mayBeSecret(argument: string): boolean {
  const isPlain = /^(?:-|\.{0,2}\/|\+\d+$)|\.\w{1,5}$/.test(argument)
  const isWord = /^[A-Za-z]?[a-z_-]*$|^[A-Z_-]*$/.test(argument)
  return argument.length >= SHORTEST_ARGUMENT && !isPlain && !isWord
}
