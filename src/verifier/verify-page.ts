/** The stand-alone verifier, `verify.html`: one file that checks any bundle, offline. */
import { say } from '../language/say.ts'
import type { Language } from '../language/sentence.ts'
import { words } from '../report/bilingual.ts'
import { html } from '../report/html.ts'
import { documentOf } from './document.ts'
import { dropZone } from './result.ts'

export const renderVerifyPage = (language: Language, verifier: string): string =>
  documentOf(
    say('bundle.page-verify-title'),
    html`<header class="masthead">
        <p class="brand">Assay</p>
        <h1>${words('bundle.page-verify-title')}</h1>
        <p class="notice">${words('bundle.page-verify-intro')}</p>
      </header>
      <section>${dropZone(say('bundle.page-verify-note'))}</section>`,
    language,
    verifier,
  )
