import { ACCOUNT_AREAS } from './areas.ts'
import { killsEveryFaultOf } from './kill.ts'

killsEveryFaultOf(ACCOUNT_AREAS)
