/**
 * Comment spam against a learned baseline: `npx tsx bench/spam.ts [FOLDER]` on the UCI YouTube Spam
 * Collection (Alberto, Lochter, Almeida 2015). Trained on all videos but one and tested on that one,
 * each way; a multinomial naive Bayes over words, add-one smoothed, is measured beside it.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parse } from 'csv-parse/sync'
import { trainSpam, type SpamExample } from '../src/wording/spam.ts'

export type Video = { readonly name: string; readonly comments: readonly SpamExample[] }

export type Measured = {
  readonly video: string
  readonly comments: number
  readonly accuracy: number
  readonly baseline: number
}

export const readVideos = (folder: string): Video[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => ({
      name,
      comments: parse<Record<string, string>>(readFileSync(join(folder, name), 'utf8'), {
        columns: true,
        bom: true,
      }).map((row) => ({ text: row['CONTENT'] ?? '', spam: row['CLASS'] === '1' })),
    }))

/** Leaves each video out in turn. */
export const leaveOneOut = (videos: readonly Video[]): Measured[] =>
  videos.map((held) => {
    const training = videos.flatMap((video) => (video === held ? [] : video.comments))
    const classify = trainSpam(training)
    return {
      video: held.name,
      comments: held.comments.length,
      accuracy: accuracyOf(held.comments, (text) => classify(text).spam),
      baseline: accuracyOf(held.comments, naiveBayes(training)),
    }
  })

const accuracyOf = (comments: readonly SpamExample[], isSpam: (text: string) => boolean) =>
  comments.filter(({ text, spam }) => isSpam(text) === spam).length / comments.length

/** Words of two characters or more, lower case, counted; add-one smoothing. */
const naiveBayes = (examples: readonly SpamExample[]): ((text: string) => boolean) => {
  const counts = new Map<string, [number, number]>()
  const words: [number, number] = [0, 0]
  const documents: [number, number] = [0, 0]
  for (const { text, spam } of examples) {
    const kind = spam ? 1 : 0
    documents[kind] += 1
    for (const word of wordsOf(text)) {
      const count = counts.get(word) ?? [0, 0]
      count[kind] += 1
      counts.set(word, count)
      words[kind] += 1
    }
  }
  return (text) => {
    let score = Math.log(documents[1] / documents[0])
    for (const word of wordsOf(text)) {
      const count = counts.get(word)
      if (count === undefined) continue
      score += Math.log((count[1] + 1) / (words[1] + counts.size))
      score -= Math.log((count[0] + 1) / (words[0] + counts.size))
    }
    return score > 0
  }
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\b\w\w+\b/g) ?? []

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const shipped = new URL('../../shared/data/youtube-comments', import.meta.url)
  console.log('| held out | comments | ours | naive Bayes |\n|---|---:|---:|---:|')
  for (const row of leaveOneOut(readVideos(process.argv[2] ?? fileURLToPath(shipped))))
    console.log(
      `| ${row.video} | ${row.comments} | ${row.accuracy.toFixed(4)} | ${row.baseline.toFixed(4)} |`,
    )
}
