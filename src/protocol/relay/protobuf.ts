import type * as Protobuf from 'protobufjs'
import { onDemand } from '../on-demand.ts'

/** protobufjs, loaded when a message is first decoded or encoded: a mock that pushes nothing starts without it. */
export const protobuf = onDemand('protobufjs') as () => typeof Protobuf
