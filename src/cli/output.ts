/**
 * Files that are either whole or not there: written beside their name as `.partial`, then renamed.
 * Whoever stops the program half-way finds no half report.
 */
import { createWriteStream } from 'node:fs'
import { rename, rm, stat, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { say } from '../language/say.ts'
import { UsageError, type Io } from './command.ts'

/** Writes text to a file, or to standard output for `-`. */
export const writeText = async (path: string, text: string, io: Io): Promise<void> => {
  if (path === '-') return io.out(text)
  await whole(path, io, (partial) => writeFile(partial, text))
}

/** Writes many lines without holding them all as one text. */
export const writeLines = async (path: string, lines: Iterable<string>, io: Io): Promise<void> => {
  if (path === '-') {
    for (const line of lines) io.out(`${line}\n`)
    return
  }
  await whole(path, io, async (partial) => {
    const stream = createWriteStream(partial)
    // Opening may fail before anything is written.
    await once(stream, 'open')
    let block = ''
    for (const line of lines) {
      block += `${line}\n`
      if (block.length < 1 << 16) continue
      io.signal.throwIfAborted()
      if (!stream.write(block)) await once(stream, 'drain')
      block = ''
    }
    stream.end(block)
    await once(stream, 'close')
  })
}

const whole = async (path: string, io: Io, write: (partial: string) => Promise<void>) => {
  // A device or a pipe is written to: renaming a file over /dev/null would take the device away.
  const isPlain = (await stat(path).catch(() => null))?.isFile() ?? true
  const partial = isPlain ? `${path}.partial` : path
  try {
    await write(partial)
    io.signal.throwIfAborted()
    if (isPlain) await rename(partial, path)
  } catch (error) {
    if (isPlain) await rm(partial, { force: true })
    if (io.signal.aborted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new UsageError(say('cli.cannot-write', { path, reason }))
  }
}
