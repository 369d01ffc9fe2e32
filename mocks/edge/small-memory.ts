import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the memory of a process small that mocks serve from: the part of the heap where objects begin stays at
 * its first size. Left alone it grows sixteenfold under load, for requests that are forgotten at once; a mock
 * is no slower without it. To be called before there is any load.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}
