/** What would enable a scenario in which a party shows the code of another, where both are sent the same. */
export function oneCode(other: string, party: string): string {
  return `a code for each number: ${other} and ${party} were sent the same one`
}
