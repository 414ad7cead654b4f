/** Webhooks of a service: who is told what, and what their routes need. */
import type { Actor } from '../../http/access/actor.ts'
import type { LiveMessage } from '../../http/contract.ts'
import type { Sender } from '../../http/routes/webhooks.ts'
import { isTheirs } from '../../http/routes/broadcasts.ts'
import { shapeFor } from '../../http/routes/streams.ts'
import type { Door } from '../../http/door.ts'
import type { Webhook } from '../../store/sql/webhooks.ts'
import { post, refusalOf } from './post.ts'
import { Webhooks, type WebhookPorts } from './webhooks.ts'

export type OpenWebhooks = Pick<WebhookPorts, 'isPrivateAllowed' | 'wake' | 'failed'>

export const openWebhooks = (door: Door, options: OpenWebhooks): Promise<Webhooks> =>
  Webhooks.open({
    store: door.store,
    hub: door.hub,
    shape: (webhook, message) => shapeOf(door, webhook, message),
    post,
    now: door.now,
    random: Math.random,
    ...options,
  })

export const senderOf = (webhooks: Webhooks, isPrivateAllowed: boolean): Sender => ({
  changed: () => webhooks.changed(),
  send: (delivery) => webhooks.send(delivery),
  refusalOf: (url) => refusalOf(url, isPrivateAllowed),
})

/** A merchant's receiver is told what the merchant would be shown. */
export const shapeOf = (door: Door, webhook: Webhook, message: LiveMessage): unknown => {
  if (webhook.merchant === null) return message.data
  const merchant: Actor = {
    kind: 'person',
    id: webhook.owner,
    role: 'merchant',
    party: webhook.merchant,
  }
  if (!isTheirs(door, merchant, message.broadcast)) return null
  return shapeFor(merchant, message)?.data ?? null
}
