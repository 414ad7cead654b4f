import type { Evidence, Room } from '../../src/detectors/room.ts'

/** Every table of a room with names instead of row numbers, sorted: equal for equal facts. */
export const contents = (evidence: Evidence, room: Room) => {
  const { views, accounts, likes, comments, clicks, displays, banners } = room
  const account = (number: number) => (number === 0 ? '' : accounts.ids.nameOf(number - 1))
  const view = (number: number) => (number === 0 ? '' : views.ids.nameOf(number - 1))
  const named = (name: string, value: number) =>
    name === 'account' ? account(value) : name === 'view' ? view(value) : value
  const { orders } = evidence
  return {
    views: rows(views, (name, value, row) =>
      name === 'account'
        ? account(value)
        : name === 'subnet'
          ? `${views.ids.nameOf(row)} ${value === 0 ? '' : views.subnets.nameOf(value - 1)}`
          : ['device', 'ip', 'app', 'network'].includes(name)
            ? Math.sign(value)
            : value,
    ),
    accounts: rows(accounts, (name, value, row) =>
      name === 'views' ? `${value} ${accounts.ids.nameOf(row)}` : value,
    ),
    likes: rows(likes, (name, value, row) =>
      name === 'at' ? `${value} ${likes.ids.nameOf(row)}` : named(name, value),
    ),
    comments: rows(comments, (name, value, row) =>
      name === 'text'
        ? `${comments.ids.nameOf(row)} ${value === 0 ? '' : comments.texts.nameOf(value - 1)}`
        : named(name, value),
    ),
    clicks: rows(clicks, (name, value) =>
      name === 'product' ? orders.products.nameOf(value - 1) : named(name, value),
    ),
    banners: rows(banners, (name, value) =>
      name === 'product' ? orders.products.nameOf(value - 1) : value,
    ),
    displays: rows(displays, (_, value) => value),
    orders: rows(orders, (name, value) => {
      if (value === 0) return 0
      if (name === 'buyer') return orders.buyers.nameOf(value - 1)
      if (name === 'product') return orders.products.nameOf(value - 1)
      return name === 'merchant' ? orders.merchants.nameOf(value - 1) : value
    }),
    captions: room.captions,
    seen: Object.fromEntries(room.seen),
    about: [room.title, room.startedAt, room.endedAt, room.firstAt, room.lastAt, room.counts],
  }
}

const rows = (
  table: { length: number; columns: object },
  change: (name: string, value: number, row: number) => unknown,
) =>
  Array.from({ length: table.length }, (_, row) =>
    Object.entries(table.columns as Record<string, Float64Array>)
      .map(([name, column]) => `${name}=${String(change(name, column[row]!, row))}`)
      .join(' '),
  ).sort()
