/** Reading a log that somebody serves: C2SP tlog-tiles over HTTP. Nothing it says is believed. */
import { StoreError, type ObjectStore } from '../ledger/object-store.ts'

/** A full bundle of the longest entries there can be: 256 × (2 + 65,535). */
const MAX_OBJECT_BYTES = 256 * 65_537
const TIMEOUT_MS = 30_000

/** `url` is the prefix under which `checkpoint` lies. */
export const httpSource = (
  url: string,
  { fetch: ask = fetch, timeoutMs = TIMEOUT_MS }: { fetch?: typeof fetch; timeoutMs?: number } = {},
): Pick<ObjectStore, 'read'> => ({
  read: async (path) => {
    const address = `${url.replace(/\/+$/, '')}/${path}`
    try {
      const response = await ask(address, { signal: AbortSignal.timeout(timeoutMs) })
      if (response.status === 404 || response.status === 410) return null
      if (!response.ok) throw new StoreError('unreachable', `${address}: ${response.status}`)
      const parts: Uint8Array[] = []
      let length = 0
      for await (const part of response.body ?? []) {
        length += part.length
        if (length > MAX_OBJECT_BYTES) throw new StoreError('unreachable', `${address}: too long`)
        parts.push(part)
      }
      return Buffer.concat(parts)
    } catch (error) {
      if (error instanceof StoreError) throw error
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new StoreError('unreachable', `${address}: ${reason}`, { cause: error })
    }
  },
})
