import { BlockList, isIP } from 'node:net'

/** What an address is, as far as it matters who may send a run there. */
export type AddressKind = 'loopback' | 'link-local' | 'unspecified' | 'multicast' | 'ordinary'

type Range = readonly [kind: AddressKind, network: string, bits: number, family: 'ipv4' | 'ipv6']

const RANGES: readonly Range[] = [
  ['loopback', '127.0.0.0', 8, 'ipv4'],
  ['loopback', '::1', 128, 'ipv6'],
  ['link-local', '169.254.0.0', 16, 'ipv4'],
  ['link-local', 'fe80::', 10, 'ipv6'],
  // Where clouds give a machine its credentials over IPv6.
  ['link-local', 'fd00:ec2::254', 128, 'ipv6'],
  ['unspecified', '0.0.0.0', 8, 'ipv4'],
  ['unspecified', '::', 128, 'ipv6'],
  ['multicast', '224.0.0.0', 4, 'ipv4'],
  ['multicast', '255.255.255.255', 32, 'ipv4'],
  ['multicast', 'ff00::', 8, 'ipv6'],
]

const LISTS = RANGES.map(([kind, network, bits, family]) => {
  const list = new BlockList()
  list.addSubnet(network, bits, family)
  return { kind, list }
})

/** The kind of an IP address in any spelling that names it; one inside an IPv6 address counts as itself. */
export function addressKind(address: string): AddressKind {
  const plain = plainAddress(address)
  const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6'
  return LISTS.find(({ list }) => list.check(plain, family))?.kind ?? 'ordinary'
}

/** Whether a host is this machine by its very name, or by an address of loopback; an IPv6 address may stand in brackets. */
export function isOfThisMachine(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 0 ? isLocalhost(bare) : addressKind(bare) === 'loopback'
}

/** Whether a name is `localhost` or below it, which is this machine whatever a name server says (RFC 6761). */
export function isLocalhost(name: string): boolean {
  return /^(?:localhost|.+\.localhost)\.?$/.test(name)
}

/** The address without its zone; an IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4) is that. */
export function plainAddress(address: string): string {
  const [bare = ''] = address.toLowerCase().split('%')
  if (isIP(bare) !== 6) return bare
  const groups = groupsOf(bare)
  const embedded = EMBEDDINGS.find(({ prefix }) => prefix.every((group, index) => groups[index] === group))
  const [high, low] = groups.slice(embedded?.at)
  if (embedded === undefined || high === undefined || low === undefined) return bare
  // Below 0.0.1.0 are addresses of IPv6 itself: :: and ::1.
  return high === 0 && low < 0x100 ? bare : [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

/** Where the sixteen-bit groups of an IPv4 address begin, by the groups that stand at the front. */
const EMBEDDINGS: readonly { readonly prefix: readonly number[]; readonly at: number }[] = [
  { prefix: [0, 0, 0, 0, 0, 0xffff], at: 6 },
  { prefix: [0, 0, 0, 0, 0xffff, 0], at: 6 },
  { prefix: [0, 0, 0, 0, 0, 0], at: 6 },
  { prefix: [0x64, 0xff9b, 0, 0, 0, 0], at: 6 },
  { prefix: [0x2002], at: 1 },
]

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [front = '', back] = canonical.split('::')
  const numbers = (text: string) => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)))
  const [before, after] = [numbers(front), numbers(back ?? '')]
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after]
}
