// @vitest-environment happy-dom
/** A bundle that was dropped on the console: the ledger's own check, and what may be watched after it. */
import { beforeAll, describe, expect, it } from 'vitest'
import { checkBundle, folderOf, zipped } from '../../console/src/bundle/check.ts'
import { writeBundle } from '../../src/archive/bundle.ts'
import { memoryPlace } from '../../src/archive/bundle-folder.ts'
import { zip } from '../../src/archive/zip.ts'
import { story } from '../archive/bundle-story.ts'

const files = new Map<string, Uint8Array>()
beforeAll(async () => {
  await writeBundle(
    (await story({ video: 'fmp4' })).source,
    {
      matter: { kind: 'complaint', id: 'complaint-1' },
      marginMs: 5_000,
      disclose: 'needed',
      madeAt: Date.UTC(2026, 2, 3),
      version: '0.0.0',
      page: () => '',
    },
    memoryPlace(files),
  )
})

const zipOf = (changed: ReadonlyMap<string, Uint8Array>) =>
  zipped(new File([zip('bundle', changed).slice()], 'bundle.zip'))

describe('a bundle dropped on the evidence page', () => {
  it('passes as a zip, and its clip can be watched', async () => {
    const { explanation, clips } = await checkBundle(zipOf(files))
    expect(explanation.passes).toBe(true)
    expect(clips.map(({ path }) => path)).toEqual(['data/clips/1.mp4'])
    expect(clips[0]?.url).toMatch(/^blob:/)
  })

  it('passes as a folder, whose files are read from disk', async () => {
    const chosen = [...files].map(([path, bytes]) => {
      const file = new File([bytes.slice()], path.split('/').at(-1)!)
      Object.defineProperty(file, 'webkitRelativePath', { value: `bundle/${path}` })
      return file
    })
    const { name, explanation } = await checkBundle(folderOf(chosen))
    expect([name, explanation.passes]).toEqual(['bundle', true])
  })

  it('fails where one bit was turned, by the file, and then no clip is shown', async () => {
    const events = Uint8Array.from(files.get('data/events.jsonl')!)
    events[100] = events[100]! ^ 1
    const { explanation, report, clips } = await checkBundle(
      zipOf(new Map([...files, ['data/events.jsonl', events]])),
    )
    expect(explanation.passes).toBe(false)
    expect(report.failures.map(({ file }) => file)).toContain('data/events.jsonl')
    expect(clips).toEqual([])
  })

  it('is refused where it is no zip at all', async () => {
    await expect(checkBundle(zipped(new File(['hello'], 'a.zip')))).rejects.toThrow()
  })
})
