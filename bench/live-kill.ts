/**
 * Kill -9 of the service, its rooms and its database at random moments under load; afterwards every
 * acknowledged event is in the ledger once and every room's figures are those of an audit.
 *
 *   tsx bench/live-kill.ts [--rounds 100] [--seed 1] [--embedded]
 */
import { parseArgs } from 'node:util'
import { hasPostgres, startPostgres } from '../test/store/postgres.ts'
import { killRounds } from '../test/service/kill.ts'
import { inFolder, randomOf } from './lib.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    embedded: { type: 'boolean', default: false },
  },
})

await inFolder(async (folder) => {
  const postgres = values.embedded || !hasPostgres ? undefined : await startPostgres()
  const at = performance.now()
  try {
    const { kills, differing, failures, ...counts } = await killRounds(folder, {
      rounds: Number(values.rounds),
      random: randomOf(Number(values.seed)),
      ...(postgres === undefined ? {} : { postgres }),
      onRound: (round, victim) => process.stderr.write(`\r${round} ${victim}${' '.repeat(20)}`),
    })
    console.log(
      [
        `database: ${postgres === undefined ? 'embedded' : 'Postgres'}`,
        `killed: ${Object.entries(kills)
          .map(([victim, times]) => `${victim} ${times}`)
          .join(', ')}`,
        ...Object.entries(counts).map(([name, count]) => `${name}: ${count}`),
        `rooms that differ from an audit: ${differing.join(', ') || 'none'}`,
        `ledger objects that do not verify: ${failures.join(', ') || 'none'}`,
        `${Math.round((performance.now() - at) / 1000)} s`,
      ].join('\n'),
    )
    const isSound = counts.missing + counts.twice + differing.length + failures.length === 0
    if (!isSound) process.exitCode = 1
  } finally {
    await postgres?.remove()
  }
})
