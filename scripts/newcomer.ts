/**
 * `npm start` as a newcomer runs it: how long until the first answer, whether the sample evening
 * plays, and whether Ctrl+C leaves what the next start can take up. Leaves nothing behind.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const data = `${root}assay-data`
const WITHIN_MS = 90_000

/** One run: until it answers, until five rooms are on air, and until it has stopped by itself. */
const oneRun = async (): Promise<string> => {
  const begun = performance.now()
  const since = () => ((performance.now() - begun) / 1000).toFixed(1)
  const service = spawn('npm', ['start', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(service, 'exit')
  let said = ''
  service.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  const late = setTimeout(() => {
    console.error(`no answer within ${WITHIN_MS / 1000} s:\n${said}`)
    process.kill(-service.pid!, 'SIGKILL')
    process.exit(1)
  }, WITHIN_MS)
  try {
    while ((await roomsIn(said)) === null) await pause(100)
    const first = since()
    while (((await roomsIn(said)) ?? 0) < 5) await pause(200)
    return `first answer after ${first} s, five rooms on air after ${since()} s`
  } finally {
    process.kill(-service.pid!, 'SIGINT')
    await ended
    clearTimeout(late)
  }
}

/** How many rooms the service tells of; null while it does not answer. `said` is what it printed. */
const roomsIn = async (said: string): Promise<number | null> => {
  const origin = /https?:\/\/[\d.:a-z]+/.exec(said)?.[0]
  const key = /Bearer (\S+?)'/.exec(said)?.[1]
  if (origin === undefined || key === undefined) return null
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch(`${origin}/v1/broadcasts`, { headers }).catch(() => null)
  if (answer?.ok !== true) return null
  return ((await answer.json()) as { broadcasts: unknown[] }).broadcasts.length
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

try {
  console.log(`a new folder: ${await oneRun()}`)
  // The second finds what the first left, in order: locks given back, everything put away.
  console.log(`the same again: ${await oneRun()}`)
} finally {
  rmSync(data, { recursive: true, force: true })
}
