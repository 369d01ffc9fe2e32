import { MAILBOX_AREAS } from './areas.ts'
import { killsEveryFaultOf } from './kill.ts'

killsEveryFaultOf(MAILBOX_AREAS)
