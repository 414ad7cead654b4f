/**
 * Both languages side by side in the page; a style rule shows the one that was chosen. Text from
 * the data belongs to neither and keeps its own direction of writing.
 */
import { say, type Key } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { html, type Content, type Markup } from './html.ts'

/** A sentence in both languages; once only where they agree, as numbers often do. */
export const both = (sentence: Sentence): Markup =>
  sentence.en === sentence.zh
    ? html`${sentence.en}`
    : html`<span lang="en">${sentence.en}</span><span lang="zh-Hans">${sentence.zh}</span>`

/** As `say`, as markup. */
export const words = <K extends Key>(...of: Parameters<typeof say<K>>): Markup =>
  both(say<K>(...of))

/** Text from the data: a title, a comment, a name. */
export const given = (text: string): Markup => html`<bdi>${text}</bdi>`

/** An id from the data. */
export const id = (text: string): Markup => html`<code><bdi>${text}</bdi></code>`

/** A line of an SVG drawing in both languages; `place` holds its quoted attributes. */
export const svgText = (place: Markup, sentence: Sentence): Markup =>
  sentence.en === sentence.zh
    ? html`<text ${place}>${sentence.en}</text>`
    : html`<text ${place} lang="en">${sentence.en}</text
        ><text ${place} lang="zh-Hans">${sentence.zh}</text>`

/** A list that opens on demand. */
export const fold = (title: Content, body: Content): Markup =>
  html`<details>
    <summary>${title}</summary>
    ${body}
  </details>`
