/**
 * `assay demo`: an audit of a real-looking evening, simulated on the spot, for somebody who has no
 * file at hand yet. What was simulated is printed beside what was found.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { say } from '../../language/say.ts'
import { UsageError, type Command } from '../command.ts'
import { auditPaths, publish, type AuditSettings } from './audit.ts'
import { writeSimulation } from './simulate.ts'

export const demoCommand: Command = {
  name: 'demo',
  summary: say('demo.summary'),
  help: say('demo.help'),
  run: async (args, io) => {
    const { seed, html } = read(args)
    const folder = await mkdtemp(join(tmpdir(), 'assay-'))
    try {
      io.err(`${say('demo.simulating', { seed: String(seed) })[io.language]}\n`)
      const outcome = await writeSimulation({ scenario: 'evening', seed }, folder, io)
      const settings: AuditSettings = {
        paths: [join(folder, 'events.ndjson')],
        html,
        policy: 'cn',
        at: null,
        failOn: [],
      }
      await publish(await auditPaths(settings, io), settings, io)
      const [truth] = outcome.broadcasts
      io.out(`${say('demo.truth', { viewers: truth!.genuine.viewers })[io.language]}\n`)
      io.out(`${say('demo.done', { html })[io.language]}\n`)
      return 0
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const read = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string', default: '1' },
        html: { type: 'string', default: 'assay-report.html' },
      },
    })
    const seed = Number(values.seed)
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed ${values.seed}`)
    return { seed, html: values.html }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    throw new UsageError(say('cli.bad-option', { reason }))
  }
}
