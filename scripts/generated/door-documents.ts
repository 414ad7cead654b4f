/** The interface of the live service as documents for other programs: what it serves, as files. */
import { VERSION } from '../../src/cli/version.ts'
import { asyncApi } from '../../src/http/api/asyncapi.ts'
import { openApi } from '../../src/http/api/openapi.ts'

export const doorDocuments = (): readonly (readonly [path: string, text: string])[] => [
  ['schemas/openapi.json', json(openApi(VERSION))],
  ['schemas/service.asyncapi.json', json(asyncApi(VERSION))],
]

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
