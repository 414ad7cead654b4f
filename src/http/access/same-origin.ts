/**
 * Requests that a browser sends with the session cookie must come from our own pages: what changes
 * something (CSRF), and what opens a socket (cross-site WebSocket hijacking). A producer's key is
 * no cookie and is sent by nobody unasked.
 */
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** @param headers as received; attacker-controlled except those that browsers forbid pages to set */
export const isCrossSite = (method: string, headers: Headers, origin: string): boolean => {
  const isSocket = headers.get('upgrade')?.toLowerCase() === 'websocket'
  if (SAFE.has(method) && !isSocket) return false
  const from = headers.get('origin')
  if (from !== null) return from !== origin
  // No browser omits both where it counts; a program without a cookie has nothing to steal.
  return headers.has('cookie') && headers.get('sec-fetch-site') !== 'same-origin'
}
