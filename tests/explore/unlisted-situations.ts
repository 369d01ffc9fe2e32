import type { ExploredTarget } from '#run/explored/explore-target.ts'

/** The situations that walks came to and that their operation does not list, as `operation: situation`. */
export function unlisted({ exploration, operations }: ExploredTarget): readonly string[] {
  const listed = new Set(
    operations.flatMap(({ name, situations }) => situations.map((each) => `${name}: ${each}`)),
  )
  const reached = exploration.reached.map(
    ({ operation, situation }) => `${operation}: ${situation.replace(/, at once$/, '')}`,
  )
  return [...new Set(reached)].filter((each) => !listed.has(each))
}
