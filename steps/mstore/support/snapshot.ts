/** What a mailbox holds, a line each: `profile nut`, `voicemails VMOccupiedMessages`, `voicemails PATH flags`. */
export type Snapshot = ReadonlyMap<string, string>

/** How two snapshots differ, a line each, but for what `expected` says: the new value, `none` or `anything`. */
export function differences(
  before: Snapshot,
  after: Snapshot,
  expected: Snapshot = new Map(),
): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys(), ...expected.keys()])]
  const fits = (name: string, wanted: string) =>
    wanted === 'anything' || (after.get(name) ?? 'none') === wanted
  return names
    .filter((name) => !fits(name, expected.get(name) ?? before.get(name) ?? 'none'))
    .map((name) => `${name}: ${before.get(name) ?? 'none'} -> ${after.get(name) ?? 'none'}`)
}
