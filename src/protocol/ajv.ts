import type * as Ajv from 'ajv/dist/2020.js'
import { onDemand } from './on-demand.ts'

/** The validator of JSON Schema, draft 2020-12: most commands check nothing that the build did not. */
export const ajv = onDemand('ajv/dist/2020.js') as () => typeof Ajv
