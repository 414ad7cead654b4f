/**
 * The log of the service: JSON lines on standard error, one an occurrence (pino). No personal data:
 * a request is a line of patterns (http/observe.ts), a failure its own text.
 */
import pino, { type DestinationStream, type Logger } from 'pino'
import type { RequestLine } from '../http/observe.ts'

export type Log = {
  readonly logger: Logger
  readonly request: (line: RequestLine) => void
  /** Something went wrong and did not stop the service. */
  readonly failed: (what: string, error: unknown) => void
}

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'silent'

/** @param to standard error where absent */
export const openLog = (level: LogLevel, to: DestinationStream = pino.destination(2)): Log => {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'message' },
    to,
  )
  return {
    logger,
    request: (line) => {
      if (line.status >= 500) logger.error(line, 'request')
      // A producer sends many a second, and a probe comes every few.
      else if (line.status < 400 && QUIET.has(line.route)) logger.debug(line, 'request')
      else logger.info(line, 'request')
    },
    failed: (what, error) => logger.error({ what, err: error }, 'failed'),
  }
}

const QUIET: ReadonlySet<string> = new Set(['/v1/events', '/health', '/ready', '/metrics'])
