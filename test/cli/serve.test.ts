/** What `assay serve` refuses before it opens anything. */
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/cli/command.ts'
import { serveCommand } from '../../src/cli/commands/serve.ts'

const serve = (...args: string[]) =>
  serveCommand.run(args, {
    out: () => {},
    err: () => {},
    isTerminal: false,
    language: 'en',
    signal: AbortSignal.abort(),
  })

describe('assay serve', () => {
  it.each(['b1', 'b1=', '=http://live.example/b1.m3u8', 'b1=http://', `${'b'.repeat(129)}=live`])(
    'does not record %s',
    async (text) => {
      await expect(serve('--record', text)).rejects.toThrow(UsageError)
    },
  )
})
