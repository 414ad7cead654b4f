/**
 * The document around a report, and around any page of ours that opens from a folder. Its policy
 * lets nothing be fetched and nothing run but the scripts whose hashes it names, so that even a flaw
 * in the escaping could neither run nor tell.
 * The language is chosen by two radio buttons ahead of the text and a sibling rule in the style
 * sheet: the switch works where scripts do not.
 */
import { say } from '../language/say.ts'
import type { Language, Sentence } from '../language/sentence.ts'
import { both } from './bilingual.ts'
import { html, Markup } from './html.ts'
import { SCRIPT, SCRIPT_SHA256 } from './script.ts'
import { STYLE } from './style.ts'

const LANGUAGES = [
  { key: 'en', tag: 'en', name: 'English' },
  { key: 'zh', tag: 'zh-Hans', name: '中文' },
] as const

export const page = (title: Sentence, body: Markup, language: Language): string =>
  documentOf(title, body, language, {
    style: STYLE,
    footer: say('report.notice'),
    media: 'img-src data:',
  })

export type Shell = {
  readonly style: string
  readonly footer: Sentence
  /** The directive of the policy for pictures or recordings. */
  readonly media: string
  /** A script of its own beside the language switch: its text and its SHA-256, base64. */
  readonly script?: { readonly text: string; readonly sha256: string }
}

export const documentOf = (
  title: Sentence,
  body: Markup,
  language: Language,
  { style, footer, media, script }: Shell,
): string => {
  const hashes = [SCRIPT_SHA256, ...(script === undefined ? [] : [script.sha256])]
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${hashes.map((hash) => `'sha256-${hash}'`).join(' ')}`,
    media,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const tag = LANGUAGES.find(({ key }) => key === language)?.tag ?? 'en'
  const text = html`<!doctype html>
    <html lang="${tag}" data-en="${title.en} · Assay" data-zh="${title.zh} · Assay">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title[language]} · Assay</title>
        ${new Markup(`<style>${style}</style>`)}
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
        <footer><p>${both(footer)}</p></footer>
      </body>
    </html>`
  // Indentation of the templates is no part of the document; scripts keep theirs.
  const scripts = [SCRIPT, ...(script === undefined ? [] : [script.text])]
  return text
    .toString()
    .replace(/\n\s+/g, '\n')
    .replace(/<\/body>\n<\/html>$/, () =>
      [...scripts.map((one) => `<script>${one}</script>`), '</body>', '</html>'].join('\n'),
    )
}
