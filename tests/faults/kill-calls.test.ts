import { CALL_AREAS } from './areas.ts'
import { killsEveryFaultOf } from './kill.ts'

killsEveryFaultOf(CALL_AREAS)
