/**
 * The document around both pages: the one inside a bundle and the stand-alone verifier. Its policy
 * lets nothing be fetched, nothing run but the scripts whose hashes it names, and only media that
 * lie beside the page (or that the page made itself) be played.
 */
import { sha256 } from '../ledger/hash.ts'
import { base64, utf8 } from '../ledger/bytes.ts'
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import { both } from '../report/bilingual.ts'
import { html, Markup } from '../report/html.ts'
import { SCRIPT, SCRIPT_SHA256 } from '../report/script.ts'
import { STYLE } from '../report/style.ts'
import { EVIDENCE_STYLE } from './style.ts'

const LANGUAGES = [
  { key: 'en', tag: 'en', name: 'English' },
  { key: 'zh', tag: 'zh-Hans', name: '中文' },
] as const

/** `verifier` is the built script (scripts/build-verifier.ts). */
export const documentOf = (
  title: Sentence,
  body: Markup,
  language: Language,
  verifier: string,
): string => {
  const script = verifier.replaceAll('</script', '<\\/script')
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src 'sha256-${SCRIPT_SHA256}' 'sha256-${base64(sha256(utf8(script)))}'`,
    "media-src 'self' file: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const tag = LANGUAGES.find(({ key }) => key === language)!.tag
  const text = html`<!doctype html>
    <html lang="${tag}" data-en="${title.en} · Assay" data-zh="${title.zh} · Assay">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title[language]} · Assay</title>
        ${new Markup(`<style>${STYLE}${EVIDENCE_STYLE}</style>`)}
      </head>
      <body>
        ${LANGUAGES.map(
          (one) =>
            html`<input
              type="radio"
              name="language"
              id="language-${one.key}"
              value="${one.tag}"
              data-key="${one.key}"
              ${one.key === language ? html` checked` : null}
              aria-label="${one.name}"
            />`,
        )}
        <nav
          class="switch"
          aria-label="${say('report.language').en} · ${say('report.language').zh}"
        >
          ${LANGUAGES.map(
            (one) =>
              html`<label for="language-${one.key}" class="to-${one.key}" lang="${one.tag}"
                >${one.name}</label
              >`,
          )}
        </nav>
        <main>${body}</main>
        <footer><p>${both(say('bundle.page-footer'))}</p></footer>
      </body>
    </html> `
    .toString()
    // Indentation of the templates is no part of the document; the scripts have none to lose.
    .replace(/\n\s+/g, '\n')
  return `${text}<script>${SCRIPT}</script>\n<script>${script}</script>\n</body>\n</html>\n`
}
