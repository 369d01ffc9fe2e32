import { MESSAGE_AREAS } from './areas.ts'
import { killsEveryFaultOf } from './kill.ts'

killsEveryFaultOf(MESSAGE_AREAS)
