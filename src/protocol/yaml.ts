import type * as Yaml from 'yaml'
import { onDemand } from './on-demand.ts'

/** The parser of YAML: most commands are given none, and what ships with the package is read when it is built. */
export const yaml = onDemand('yaml') as () => typeof Yaml
