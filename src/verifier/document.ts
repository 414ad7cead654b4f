/**
 * The document around both pages: the one inside a bundle and the stand-alone verifier. Only media
 * that lie beside the page (or that the page made itself) are played.
 */
import { sha256 } from '../ledger/hash.ts'
import { base64, utf8 } from '../ledger/bytes.ts'
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import type { Markup } from '../report/html.ts'
import { documentOf as documentAround } from '../report/page.ts'
import { STYLE } from '../report/style.ts'
import { EVIDENCE_STYLE } from './style.ts'

/** `verifier` is the built script (scripts/build-verifier.ts). */
export const documentOf = (
  title: Sentence,
  body: Markup,
  language: Language,
  verifier: string,
): string => {
  const script = verifier.replaceAll('</script', '<\\/script')
  return documentAround(title, body, language, {
    style: `${STYLE}${EVIDENCE_STYLE}`,
    footer: say('bundle.page-footer'),
    media: "media-src 'self' file: blob:",
    script: { text: script, sha256: base64(sha256(utf8(script))) },
  })
}
