/**
 * Paths of the console's pages: the service answers each with the same document, which then shows
 * the page (console/src/router.tsx). A test sees to it that both lists name the same.
 */
export const PAGE_PATHS = [
  '/',
  '/sign-in',
  '/broadcasts/:broadcast',
  '/findings/:finding',
  '/audits/:broadcast',
  '/broadcasts/:broadcast/prices',
  '/prices',
  '/rooms/:room',
  '/evidence',
  '/appeals',
  '/verify',
  '/upload',
] as const
