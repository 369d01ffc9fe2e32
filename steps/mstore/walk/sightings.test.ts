import { expect, it } from 'vitest'
import { ObjectNames } from './object-names.ts'
import { sightOf } from './sightings.ts'

const HERE = 'https://wsg.example/phone20/mStoreRelay/oemclient/nms/v1/ums/tel%3A%2B15550001/objects/'

it.each(['100%', 'a b', 'ä€', '%ff'])('sees no object at %j, which cannot be asked for', (path) => {
  expect(sightOf({ resourceURL: HERE + path }, new ObjectNames(true))).toBeNull()
})

it.each(['a%3A1', 'a%2520b', 'a/b', 'a?x'])('sees an object at %j', (path) => {
  expect(sightOf({ resourceURL: HERE + path }, new ObjectNames(true))).toMatchObject({
    name: `the object at ${path}`,
  })
})
