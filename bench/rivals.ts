import { createRequire } from 'node:module'

/** Other mock servers that were measured by others, by their packages. */
const RIVALS = [
  { name: 'Mockoon', package: '@mockoon/cli' },
  { name: 'Prism', package: '@stoplight/prism-cli' },
  { name: 'WireMock', package: 'wiremock' },
] as const

/** A line for each other mock server: none is part of this package, and one that is there is not run. */
export function rivalLines(): readonly string[] {
  return RIVALS.map(
    ({ name, package: pkg }) => `${name}: ${isInstalled(pkg) ? 'installed' : 'not installed'}`,
  )
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(`${name}/package.json`)
    return true
  } catch {
    return false
  }
}
