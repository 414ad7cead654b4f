/**
 * Starts a worker thread whose entry is one of our modules. Built, that is JavaScript and this is
 * `new Worker`; run from source, as the tests do, Node 20 needs tsx to be registered in the thread.
 */
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * @param name the entry beside the caller, without its ending
 * @param caller `import.meta.url`
 */
export const startThread = (name: string, caller: string, options: WorkerOptions = {}): Worker => {
  if (!caller.endsWith('.ts')) return new Worker(new URL(`${name}.js`, caller), options)
  const entry = JSON.stringify(new URL(`${name}.ts`, caller).href)
  const code = `import('tsx/esm/api').then(({ register }) => (register(), import(${entry})))`
  return new Worker(code, { ...options, eval: true })
}
