import { describe, expect, test } from 'vitest'
import { risksOf } from '#driver/gate.ts'
import { loadRegister } from '#protocol/register.ts'
import { PROTOCOLS, RISKS, type Risk } from '#protocol/requirements.ts'
import { loadFeatures, type PlannedScenario } from '#run/features.ts'
import { requestsOf } from '#run/request-figures.ts'

/** Operations that write by another method than PUT, POST, PATCH or DELETE, that write nothing by one of these, or that do more. */
const OPERATIONS: Readonly<Record<string, readonly Risk[]>> = {
  'GET /v1/accounts/{transport}/code/{number}': ['sends'],
  'GET /v1/attachments/': ['writes'],
  'GET /v1/keys/{number}/{device_id}': ['writes'],
  'PUT /v1/messages/{destination_number}': ['writes', 'sends'],
  'PUT /v1/directory/tokens': [],
  'POST /objects/operations/search': [],
  'PUT /objects/operations/search': [],
  'DELETE /objects/operations/bulkDelete': ['destroys'],
  'POST /objects/operations/bulkDelete': ['destroys'],
  'DELETE /objects/{object_path}': ['writes', 'destroys'],
  'DELETE /objects/{payload_path}': ['writes', 'destroys'],
  'DELETE /folders/{folder_id}': ['writes', 'destroys'],
  'DELETE /vvmserviceProfile': ['writes', 'destroys'],
}

/** What a request of an operation does where it is granted. */
function risksOfOperation(operation: string): readonly Risk[] {
  return OPERATIONS[operation] ?? (/^(PUT|POST|PATCH|DELETE) /.test(operation) ? ['writes'] : [])
}

/** What the requests of a scenario do, as the record of a whole run has them. */
function risksOfRequests(scenario: PlannedScenario): ReadonlySet<Risk> {
  return new Set([...(requestsOf(scenario)?.keys() ?? [])].flatMap(risksOfOperation))
}

describe.each(PROTOCOLS)('the risks of the %s', (protocol) => {
  const { requirements } = loadRegister(protocol)
  const scenarios = loadFeatures(protocol).map((scenario) => {
    const rows = scenario.tags.flatMap((tag) => requirements.get(tag) ?? [])
    return { ...scenario, risks: risksOf(rows, scenario.tags), requested: risksOfRequests(scenario) }
  })
  const rows = [...requirements.values()].map((row) => ({
    ...row,
    scenarios: scenarios.filter(({ tags }) => tags.includes(row.id)),
  }))

  test('of a scenario are judged by its requests, of which there are figures', () => {
    expect(
      scenarios.filter((scenario) => requestsOf(scenario) === null).map(({ location }) => location),
    ).toEqual([])
  })

  test('of a scenario are those of its requests at least', () => {
    const silent = scenarios.flatMap(({ location, risks, requested }) =>
      [...requested].filter((risk) => !risks.includes(risk)).map((risk) => `${location} @${risk}`),
    )
    expect(silent).toEqual([])
  })

  test('of a requirement are those without which none of its scenarios runs', () => {
    const wrong = rows
      .filter((row) => row.scenarios.length > 0)
      .map((row) => ({
        id: row.id,
        written: RISKS.filter((risk) => risk === 'reads' || row.risks.includes(risk)),
        needed: RISKS.filter((risk) => row.scenarios.every(({ risks }) => risks.includes(risk))),
      }))
      .filter(({ written, needed }) => written.join() !== needed.join())
    expect(wrong).toEqual([])
  })

  // What destroys or exhausts shows in what a request says and how often it is made, not in its operation.
  test('of a requirement are no writing or sending that no request for it does', () => {
    const idle = rows
      .filter((row) => row.scenarios.length > 0)
      .flatMap(({ id, risks, scenarios: own }) =>
        (['writes', 'sends'] as const)
          .filter((risk) => risks.includes(risk) && !own.some(({ requested }) => requested.has(risk)))
          .map((risk) => `${id} ${risk}`),
      )
    expect(idle).toEqual([])
  })
})
