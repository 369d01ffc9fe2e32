import { packagedText } from '#protocol/package-root.ts'

/** The version of this package. */
export function toolVersion(): string {
  return (JSON.parse(packagedText('package.json')) as { readonly version: string }).version
}
