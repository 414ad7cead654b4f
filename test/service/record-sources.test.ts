/** The service records by itself: a playlist that grows, dies, returns; and after a restart. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Archive } from '../../src/archive/archive.ts'
import { Recordings } from '../../src/archive/recordings.ts'
import { recordSources, type Recording } from '../../src/service/record-sources.ts'
import { memoryStores, openArchive } from '../archive/lib.ts'
import { ts } from '../archive/media.ts'
import { newRig } from './rig.ts'

const START = Date.parse('2026-03-01T12:00:00Z')

const stores = () => {
  const kept = memoryStores()
  return async () => (await openArchive(kept, { now: START })).archive
}
let open: () => Promise<Archive>
let archive: Archive
let place: string
let aheadMs: number
let failures: string[]
let recording: Recording | undefined
beforeEach(async () => {
  open = stores()
  archive = await open()
  place = mkdtempSync(join(tmpdir(), 'assay-live-'))
  aheadMs = 0
  failures = []
})
afterEach(async () => {
  await recording?.stop()
  rmSync(place, { recursive: true })
})

/** Pieces `from` to `until` of a second each, as the source shows them now. */
const show = (from: number, until: number, isOver = false) => {
  const lines = [
    '#EXTM3U',
    '#EXT-X-TARGETDURATION:1',
    `#EXT-X-MEDIA-SEQUENCE:${from}`,
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(START + from * 1000).toISOString()}`,
  ]
  for (let i = from; i < until; i += 1) {
    writeFileSync(join(place, `${i}.ts`), ts(i))
    lines.push('#EXTINF:1.0,', `${i}.ts`)
  }
  if (isOver) lines.push('#EXT-X-ENDLIST')
  writeFileSync(join(place, 'next'), lines.join('\n'))
  renameSync(join(place, 'next'), join(place, 'index.m3u8'))
}

const follow = (recordings = new Recordings(archive)) => {
  recording = recordSources({
    sources: [{ broadcast: 'b1', place }],
    hosts: [],
    recordings,
    now: () => Date.now() + aheadMs,
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
    againMs: 1,
  })
  return recording
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo())
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
}
const recorded = () => new Recordings(archive).of('b1')
const pieces = () => recorded().map(({ sourceSequence }) => sourceSequence)
const disturbed = () =>
  (archive.facts.broadcasts.get('b1')?.disturbances ?? []).map(({ data }) => data.kind)

describe('a playlist that the service records', () => {
  it('is followed while it grows, through the death and the return of its source, to its end', async () => {
    show(0, 2)
    const { done } = follow()
    await until(() => pieces().length === 2)
    renameSync(join(place, 'index.m3u8'), join(place, 'gone'))
    aheadMs += 60_000
    await until(() => disturbed().includes('source-lost'))
    show(1, 3, true)
    await done
    expect(pieces()).toEqual([0, 1, 2])
    expect(disturbed()).toEqual(['source-lost', 'source-returned'])
    expect(failures).toEqual([])
  }, 30_000)

  it('goes on after a restart, without a repeat, and says what is missing', async () => {
    show(0, 2)
    follow()
    await until(() => pieces().length === 2)
    await recording!.stop()
    show(4, 6, true)
    archive = await open()
    await follow().done
    expect(pieces()).toEqual([0, 1, 4, 5])
    expect(recorded().map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3])
    expect(disturbed()).toEqual(['jump'])
  }, 30_000)

  it('is waited for where it is not there yet', async () => {
    const { done } = follow()
    aheadMs += 60_000
    await until(() => disturbed().includes('source-lost'))
    show(0, 1, true)
    await done
    expect(pieces()).toEqual([0])
  }, 30_000)

  it('is taken again where a piece could not be made durable', async () => {
    show(0, 2, true)
    let attempts = 0
    const recordings = new Recordings(archive)
    const failing = {
      of: (broadcast: string) => recordings.of(broadcast),
      disturb: recordings.disturb.bind(recordings),
      add: async (...piece: Parameters<Recordings['add']>) => {
        attempts += 1
        if (attempts === 2) throw new Error('the disk is full')
        return recordings.add(...piece)
      },
    } as Recordings
    await follow(failing).done
    expect(pieces()).toEqual([0, 1])
    expect(failures).toEqual(['recording b1: Error: the disk is full'])
  }, 30_000)
})

describe('a recording that is pushed', () => {
  it('goes on with its numbers when the service starts again', async () => {
    const rig = await newRig()
    let service = await rig.open()
    const push = (sequence: number) =>
      service.recordings.push('b1', {
        sequence,
        bytes: ts(sequence),
        init: null,
        durationMs: 1000,
        startsAt: START + sequence * 1000,
        isDiscontinuous: false,
      })
    expect((await push(0)).outcome).toBe('stored')
    await service.close()
    service = await rig.open()
    expect(await push(0)).toMatchObject({ outcome: 'known' })
    expect(await push(2)).toEqual({ outcome: 'wrong-number', next: 1 })
    expect((await push(1)).outcome).toBe('stored')
    expect(await service.hasRecording('b1')).toBe(true)
    await service.close()
    await rig.remove()
    expect(rig.failures).toEqual([])
  }, 120_000)
})
