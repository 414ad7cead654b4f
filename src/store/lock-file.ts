/**
 * One writer a folder, on one machine. The lock says who holds it, so that the dead are told from
 * the living. It is a courtesy that names the other early; what keeps two writers from forking the
 * log is the swap of the head, which needs no lock.
 */
import { readFileSync } from 'node:fs'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StoreError } from '../ledger/object-store.ts'
import { codeOf, storeErrorOf } from './durable.ts'

/** Takes the lock and gives the way to release it. @throws StoreError `locked` when its holder lives */
export const takeLock = async (path: string): Promise<() => Promise<void>> => {
  const own = `${path}.${process.pid}-${(count += 1)}`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(own, `${process.pid} ${startOf(process.pid)}\n`)
    while (!(await linked(own, path))) {
      const holder = await readFile(path, 'utf8').catch(() => '')
      if (lives(holder)) {
        const pid = holder.split(' ')[0]!
        throw new StoreError('locked', `${path}: process ${pid} is writing`)
      }
      // Moved under a name of our own, so that of two who find the same dead holder one removes it.
      await rename(path, `${own}.dead`).catch(() => undefined)
      await rm(`${own}.dead`, { force: true })
    }
  } catch (error) {
    throw storeErrorOf(path, error)
  } finally {
    await rm(own, { force: true })
  }
  return () => rm(path, { force: true })
}

/** Locks of one process wanted at once each need a name. */
let count = 0

/** A name given by link(2) is there with its content or not at all. */
const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** A process of that number which began when the holder began: numbers are given out again. */
const lives = (holder: string): boolean => {
  const [pid, start] = holder.trim().split(' ')
  if (pid === undefined || !/^\d+$/.test(pid)) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false
  }
  return startOf(Number(pid)) === start
}

/** When a process began, in ticks since the machine did; `-` where the system does not tell. */
const startOf = (pid: number): string => {
  try {
    // proc(5): field 22; the name in field 2 may hold spaces and brackets.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[19]!
  } catch {
    return '-'
  }
}
