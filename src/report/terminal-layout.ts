/**
 * Lines and tables of a terminal, where a Chinese character is two columns wide.
 *
 * Adversary: a title or a comment that carries escape sequences, which could recolour, retitle or
 * rewrite the terminal of whoever reads the audit. `plain` is the only way in for text.
 */
import stringWidth from 'string-width'
import { visible } from './html.ts'

/** Text that stays on its line and does nothing: controls are written out, line ends are blanks. */
export const plain = (text: string): string => visible(text.replace(/[\t\n\r]+/g, ' '))

export const widthOf = (text: string): number => stringWidth(text)

export type Cell = string

/** Columns as wide as their widest cell, the first to the left and the others to the right. */
export const tableLines = (rows: readonly (readonly Cell[])[]): readonly string[] => {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell))
    })
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const blank = ' '.repeat((widths[i] ?? 0) - widthOf(cell))
        return i === 0 ? cell + blank : blank + cell
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Breaks at blanks and between Chinese characters, never before their closing punctuation. */
export const wrap = (text: string, width: number, indent = ''): readonly string[] => {
  const lines: string[] = []
  let line = ''
  for (const piece of text.match(PIECES) ?? []) {
    if (line !== '' && widthOf(indent + line + piece.trimEnd()) > width) {
      lines.push(indent + line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  if (line.trim() !== '') lines.push(indent + line.trimEnd())
  return lines
}

const PIECES =
  /\p{Script=Han}[\u3001\u3002\uff0c\uff1a\uff1b\uff09\u201d]*|[^\s\p{Script=Han}]+\s*|\s+/gu

export type Paint = (
  style: 'strong' | 'soft' | 'doubt' | 'open' | 'calm' | 'none',
  text: string,
) => string

const SGR = { strong: 1, soft: 2, doubt: 33, open: 36, calm: 32, none: 0 } as const

/** Colours only where they are asked for; without them the text stands as it is. */
export const painter =
  (colour: boolean): Paint =>
  (style, text) =>
    colour && style !== 'none' ? `\u001b[${SGR[style]}m${text}\u001b[0m` : text
