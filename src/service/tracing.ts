/**
 * Commits as spans: from the first event handed to the ledger until all are durable. A no-op until
 * an OpenTelemetry SDK is registered (see http/observe.ts).
 */
import { SpanStatusCode, trace } from '@opentelemetry/api'
import type { Journal } from '../engine/live/journal.ts'

export const tracedJournal = (journal: Journal): Journal => ({
  append: (events) =>
    trace.getTracer('assay').startActiveSpan('ledger commit', async (span) => {
      span.setAttribute('assay.events', events.length)
      try {
        return await journal.append(events)
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    }),
  follow: (take) => journal.follow(take),
  replay: (from) => journal.replay(from),
})
