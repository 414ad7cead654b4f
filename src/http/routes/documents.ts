/**
 * The interface described: OpenAPI, AsyncAPI, a page to browse both, and the script for players.
 */
import { Hono } from 'hono'
import { asyncApi } from '../api/asyncapi.ts'
import { openApi } from '../api/openapi.ts'
import { asset, textAnswer } from '../assets.ts'
import type { AppEnv } from '../door.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

export const documentRoutes = (version: string): Hono<AppEnv> =>
  new Hono<AppEnv>()
    .get('/openapi.json', textAnswer(JSON.stringify(openApi(version)), JSON_TYPE))
    .get('/asyncapi.json', textAnswer(JSON.stringify(asyncApi(version)), JSON_TYPE))
    .get('/docs', asset('docs.html'))
    .get('/docs/page.js', asset('docs.js'))
    .get('/docs/page.css', asset('docs.css'))
    .get('/embed.js', asset('embed.js'))
