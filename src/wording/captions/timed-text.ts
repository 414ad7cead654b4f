/**
 * WebVTT (W3C Candidate Recommendation, 4 April 2019, §4 and §6) and SubRip, which is the same but
 * for a number before each cue and a comma before the milliseconds. Read line by line: linear in the
 * text, whatever it holds.
 *
 * Of cue text only what is spoken is kept: the voice span names the speaker, other tags and the
 * time stamps of karaoke are dropped, character references are replaced.
 */
import { CaptionError, CueList, type Captions } from './cue.ts'

const ARROW = '-->'
/** Hours may be left out in WebVTT; SubRip writes a comma. */
const TIME = /^(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})$/

/** @throws CaptionError where no line holds an arrow between two times */
export const readTimedText = (source: string): Captions => {
  const lines = source.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const list = new CueList()
  let timings = 0
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    // NOTE, STYLE and REGION blocks run to the next empty line and may hold an arrow nowhere.
    if (/^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line) && !line.includes(ARROW)) {
      while (at < lines.length && lines[at]!.trim() !== '') at += 1
      continue
    }
    at += 1
    if (!line.includes(ARROW)) continue
    timings += 1
    const number = at
    const spoken: string[] = []
    while (at < lines.length && lines[at]!.trim() !== '' && !lines[at]!.includes(ARROW)) {
      // The number of the next SubRip cue, where the empty line before it is missing.
      if (/^\d+$/.test(lines[at]!.trim()) && (lines[at + 1] ?? '').includes(ARROW)) break
      spoken.push(lines[at]!)
      at += 1
    }
    const times = timesOf(line)
    if (times === undefined) list.refuse(number, 'bad-time')
    else list.add(number, { ...times, ...spokenOf(spoken.join('\n')) })
  }
  if (timings === 0 && !/^WEBVTT(?:[ \t\n]|$)/.test(lines[0] ?? ''))
    throw new CaptionError('not-captions', 'no line has the form "00:00:01.000 --> 00:00:02.000"')
  return list.end()
}

/** Settings of the cue stand after the second time. */
const timesOf = (line: string) => {
  const [before = '', after = ''] = line.split(ARROW, 2)
  const startMs = clockMs(before.trim())
  const endMs = clockMs(after.trim().split(/\s/, 1)[0]!)
  return startMs === undefined || endMs === undefined ? undefined : { startMs, endMs }
}

/** `01:02:03.500`, `02:03,5`; undefined for what is no such time. */
export const clockMs = (time: string): number | undefined => {
  const found = TIME.exec(time)
  if (found === null) return undefined
  const [, hours = '0', minutes, seconds, fraction] = found
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const ms = Number(fraction!.padEnd(3, '0'))
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + ms
}

const REFERENCES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
}

/** Cue text without its tags; the first voice span names who speaks. */
const spokenOf = (payload: string): { text: string; speaker?: string } => {
  const voice = /<v(?:\.[^\s>]{0,64})?\s{1,8}([^>\n]{1,128})>/.exec(payload)
  const text = payload
    .replace(/<[^<>\n]*>/g, '')
    .replace(/\{\\[^{}\n]*\}/g, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (name) => REFERENCES[name]!)
  return voice === null ? { text } : { text, speaker: voice[1]!.trim() }
}
