/** Generated requests against the whole application: nothing breaks, and every error is explained. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '../../src/http/access/rules.ts'
import { idOf } from '../../src/http/api/openapi.ts'
import { newApiRig, type ApiRig } from './api-rig.ts'
import { faults } from './requests.ts'

let rig: ApiRig
beforeAll(async () => {
  rig = await newApiRig()
})
afterAll(() => rig.close())

describe('the interface', () => {
  it('serves every route of the table of rules, and nothing else', () => {
    const served = rig.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
    expect([...new Set(served)].sort()).toEqual(RULES.map(idOf).sort())
  })

  it('answers 1,000 generated requests without breaking, every error a problem with a code', async () => {
    const { faults: found } = await faults(rig, 1_000, 6)
    expect(found).toEqual([])
    expect(rig.failures).toEqual([])
  })
})
