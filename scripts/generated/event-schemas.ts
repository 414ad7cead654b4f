/**
 * The vocabulary for other programs: one JSON Schema (2020-12) an event type, their union, and an
 * AsyncAPI 3.0 document of the channels on which events travel.
 */
import { z } from 'zod'
import { EVENTS, EVENT_TYPES, SCHEMAS, type EventType } from '../../src/vocabulary/index.ts'

export const eventSchemas = (): readonly (readonly [path: string, text: string])[] => [
  ...EVENT_TYPES.map(
    (type) => [`schemas/events/${type}.schema.json`, json(eventSchema(type))] as const,
  ),
  ['schemas/event.schema.json', json(unionSchema())],
  ['schemas/asyncapi.json', json(asyncApi())],
]

/** The JSON Schema of one whole event, envelope and data. */
export const eventSchema = (type: EventType): z.core.JSONSchema.BaseSchema => {
  const { $schema, ...schema } = z.toJSONSchema(SCHEMAS[type], { io: 'input', reused: 'inline' })
  const { says } = EVENTS[type]
  return {
    ...($schema === undefined ? {} : { $schema }),
    title: type,
    description: `${says.en} · ${says.zh}`,
    ...schema,
  }
}

const unionSchema = () => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'event',
  description: 'Any event of the vocabulary · 词表中的任一事件',
  oneOf: EVENT_TYPES.map((type) => ({ $ref: `events/${type}.schema.json` })),
})

const asyncApi = () => ({
  asyncapi: '3.0.0',
  info: {
    title: 'Assay events',
    version: '1.0.0',
    description: 'What happens in and around a live-shopping broadcast, as CloudEvents 1.0.',
    license: { name: 'Apache-2.0' },
  },
  defaultContentType: 'application/cloudevents+json',
  channels: {
    broadcast: {
      address: 'broadcasts/{broadcast}/events',
      description: 'Everything that belongs to one broadcast.',
      parameters: { broadcast: { description: 'The broadcast id: the subject of its events.' } },
      messages: messageRefs(EVENT_TYPES),
    },
    platform: {
      address: 'events',
      description: 'What belongs to no broadcast: accounts, shop orders, cases.',
      messages: messageRefs(EVENT_TYPES.filter((type) => EVENTS[type].subject === 'optional')),
    },
  },
  operations: {
    receiveBroadcastEvents: { action: 'receive', channel: { $ref: '#/channels/broadcast' } },
    receivePlatformEvents: { action: 'receive', channel: { $ref: '#/channels/platform' } },
  },
  components: {
    messages: Object.fromEntries(EVENT_TYPES.map((type) => [type, message(type)])),
  },
})

const messageRefs = (types: readonly EventType[]) =>
  Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }]))

const message = (type: EventType) => ({
  name: type,
  summary: `${EVENTS[type].says.en} · ${EVENTS[type].says.zh}`,
  payload: {
    schemaFormat: 'application/schema+json;version=draft-2020-12',
    schema: { $ref: `events/${type}.schema.json` },
  },
})

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
