/**
 * The one way from text to HTML. `html` escapes every value that is put into it; only what `html`
 * itself made passes unescaped, and nothing read from a file can pretend to be that.
 *
 * Adversary: whoever wrote a title, a comment or an id. Escaping holds in text and in quoted
 * attributes, so templates quote every attribute and never put a value into a script, a style, a
 * URL or an attribute name.
 */
export class Markup {
  /** A real private field: an object from JSON can have a `text`, never this. */
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

export type Content = Markup | string | number | null | undefined | readonly Content[]

export const html = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup => {
  let text = parts[0] ?? ''
  values.forEach((value, i) => {
    text += render(value) + (parts[i + 1] ?? '')
  })
  return new Markup(text)
}

const render = (value: Content): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Markup) return value.toString()
  if (Array.isArray(value)) return value.map(render).join('')
  return escape(String(value))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

const escape = (text: string): string =>
  visible(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')

// C0 and C1 controls (but tab and line feed), marks and overrides of writing direction (Unicode
// TR 36 §3.2: text that reads otherwise than it is stored), the byte order mark and half pairs.
const UNSEEN =
  // oxlint-disable-next-line no-control-regex -- these are the characters to be made visible
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** Writes unseen characters out as `[U+202E]`, so that nothing in the data can act on its reader. */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  })
