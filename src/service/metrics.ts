/**
 * Prometheus metrics of a service. Figures that the service keeps anyway are read when they are
 * asked for. Labels are ours and few (outcomes, codes, states): never a room, a source or a person.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Service } from './open.ts'

/** The registry is the caller's alone: two services in one process do not mix. */
export const openMetrics = (service: Service): Registry => {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const registers = [register]

  /** Figures that are kept elsewhere: what was set before is forgotten first. */
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  const labelled = (
    kind: typeof Counter | typeof Gauge,
    name: string,
    help: string,
    label: string,
    read: () => Iterable<readonly [string, number]> | Promise<Iterable<readonly [string, number]>>,
  ) =>
    new kind({
      name,
      help,
      labelNames: [label],
      registers,
      async collect() {
        const values = await read()
        this.reset()
        for (const [value, count] of values) this.inc({ [label]: value }, count)
      },
    })

  const { ingest, rooms, streams, hub, archive, sockets } = service
  labelled(
    Counter,
    'assay_events_total',
    'Events handed in, by what became of them',
    'outcome',
    () => Object.entries(ingest.totals),
  )
  labelled(Counter, 'assay_refusals_total', 'Events refused, by reason', 'code', () =>
    ingest.refused.map(({ code, count }) => [code, count] as const),
  )
  labelled(Gauge, 'assay_listeners', 'Connections that are told what happens', 'kind', () => [
    ['stream', streams.size],
    ['socket', sockets.listeners.size],
  ])
  labelled(Counter, 'assay_dropped_total', 'Connections ended for not keeping up', 'kind', () => [
    ['stream', streams.dropped],
    ['socket', sockets.listeners.dropped],
    ['producer', sockets.producers.dropped],
  ])
  labelled(Gauge, 'assay_webhook_deliveries', 'Deliveries to webhooks', 'state', () =>
    deliveriesOf(service),
  )

  gauge('assay_ready', '1 while events are taken and rooms are judged', () =>
    service.isReady() ? 1 : 0,
  )
  gauge('assay_under_way_bytes', 'Taken and not yet folded', () => ingest.underWay)
  gauge('assay_producer_sockets', 'Open sockets of producers', () => sockets.producers.size)
  gauge('assay_subscribers', 'Everybody told what happens, webhooks included', () => hub.size)
  gauge('assay_rooms_in_memory', 'Rooms that the thread holds', () => rooms.inMemory)
  gauge('assay_broadcasts', 'Broadcasts in memory', () => service.register.size)
  gauge('assay_repeat_cells', 'Cells of known events in memory', () => service.repeats.size)
  gauge('assay_ledger_leaves', 'Leaves of the ledger', () => archive.logged.size)
  gauge('assay_snapshot_age_seconds', 'Since everything was put away', () =>
    Math.max(0, (service.now() - service.snapshotAt) / 1000),
  )

  const lag = new Histogram({
    name: 'assay_judgement_lag_seconds',
    help: 'From the first unjudged event of a room to its judgement',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers,
  })
  rooms.onLag((waitedMs) => lag.observe(waitedMs / 1000))
  return register
}

/** A database that is away must not take the other figures with it. */
const deliveriesOf = async ({ store }: Pick<Service, 'store'>) => {
  try {
    return await store.deliveries.counts()
  } catch {
    return []
  }
}
