import { learnKey } from './learn-key.ts'
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
  const [user, key] = [decodeURIComponent(username), decodeURIComponent(password)]
  secrets.add(key, 'proxy password')
  secrets.add(user, 'proxy user')
  secrets.add(Buffer.from(`${user}:${key}`).toString('base64'), 'proxy credentials')
}

/** Takes out of a text what the target files say to be secret. */
export function redactorOf(targets: readonly (Target | null)[]): (text: string) => string {
  const secrets = secretsOf(targets)
  return (text) => secrets.redact(text)
}

/** Members of capabilities that are secret, at any depth: the name that stands for it, and how a key is written there. */
const SECRET_MEMBERS: Readonly<Record<string, SecretMember>> = {
  value: { name: 'verification code' },
  k: { name: 'K', written: 'hex' },
  opc: { name: 'OPc', written: 'hex' },
  key: { name: 'key', written: 'base64' },
  pin: { name: 'pin' },
}

interface SecretMember {
  readonly name: string
  readonly written?: 'hex' | 'base64'
}

function learnMembers(part: object, secrets: Secrets): void {
  for (const [name, member] of Object.entries(part) as readonly [string, unknown][]) {
    const secret = SECRET_MEMBERS[name]
    if (typeof member === 'string' && secret !== undefined) learnMember(member, secret, secrets)
    else if (name === 'command' && Array.isArray(member)) learnArguments(member, secrets)
    else if (typeof member === 'object' && member !== null) learnMembers(member, secrets)
  }
}

/** As it is written, and of a key what it may be written as elsewhere. */
function learnMember(text: string, { name, written }: SecretMember, secrets: Secrets): void {
  secrets.add(text, name)
  const key = written === undefined ? null : Buffer.from(text, written)
  if (key !== null && key.length > 0) learnKey(key, secrets, name)
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
