/**
 * The document around a report. Its policy lets nothing be fetched and nothing run but the one
 * script whose hash it names, so that even a flaw in the escaping could neither run nor tell.
 * The language is chosen by two radio buttons ahead of the text and a sibling rule in the style
 * sheet: the switch works where scripts do not.
 */
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import { both } from './bilingual.ts'
import { html, Markup } from './html.ts'
import { SCRIPT, SCRIPT_SHA256 } from './script.ts'
import { STYLE } from './style.ts'

const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${SCRIPT_SHA256}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const LANGUAGES = [
  { key: 'en', tag: 'en', name: 'English' },
  { key: 'zh', tag: 'zh-Hans', name: '中文' },
] as const

export const page = (title: Sentence, body: Markup, language: Language): string => {
  const tag = LANGUAGES.find(({ key }) => key === language)?.tag ?? 'en'
  const text = html`<!doctype html>
    <html lang="${tag}" data-en="${title.en} · Assay" data-zh="${title.zh} · Assay">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title[language]} · Assay</title>
        ${new Markup(`<style>${STYLE}</style>`)}
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
        <footer><p>${both(say('report.notice'))}</p></footer>
        ${new Markup(`<script>${SCRIPT}</script>`)}
      </body>
    </html>`
  // Indentation of the templates is no part of the document; the script has none to lose.
  return text.toString().replace(/\n\s+/g, '\n')
}
