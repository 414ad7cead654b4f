/** What the columns of a table of orders may be, and whatever must be said besides: two short grids. */
import { Input } from 'antd'
import { Fragment } from 'react'
import type { TableColumn } from '../../../src/http/contract.ts'
import { Choice } from '../choice.tsx'
import { useWords, type Sentence } from '../i18n.tsx'
import {
  listsOf,
  NEEDED,
  valuesOf,
  zoneOf,
  type ColumnField,
  type OrderTable,
} from './order-table.ts'

export const FIELDS = {
  order: { en: 'Order number', zh: '订单号' },
  time: { en: 'Ordered at', zh: '下单时间' },
  buyer: { en: 'Buyer', zh: '买家' },
  total: { en: 'Amount paid', zh: '实付金额' },
  merchant: { en: 'Shop', zh: '店铺' },
  shop: { en: 'Name of the shop', zh: '店铺名称' },
  oneShop: { en: 'the same for all rows', zh: '全表同一店铺' },
  times: { en: 'Amounts are in', zh: '金额单位' },
  major: { en: 'yuan (12.50)', zh: '元（12.50）' },
  minor: { en: 'fen (1250)', zh: '分（1250）' },
  zone: { en: 'Times are those of', zh: '时间所属时区' },
  china: { en: 'China (UTC+8)', zh: '中国（UTC+8）' },
  utc: { en: 'UTC', zh: 'UTC' },
  here: { en: 'this computer (UTC{zone})', zh: '本机（UTC{zone}）' },
  paid: { en: 'Says whether it was paid', zh: '付款状态列' },
  allPaid: { en: 'every row is paid', zh: '每行均已付款' },
  paidValues: { en: 'These mean paid', zh: '表示已付款的值' },
  refund: { en: 'Says whether it was refunded', zh: '退款状态列' },
  noRefund: { en: 'not in this table', zh: '表中没有' },
  refundValues: { en: 'These mean refunded in full', zh: '表示已全额退款的值' },
  refundedAt: { en: 'Refunded at', zh: '退款时间' },
  product: { en: 'Product', zh: '商品' },
  quantity: { en: 'Pieces', zh: '件数' },
  address: { en: 'Delivery address', zh: '收货地址' },
  broadcast: { en: 'Broadcast', zh: '直播场次' },
  broadcastName: { en: 'Its number, if any', zh: '场次编号（可留空）' },
  oneBroadcast: { en: 'the same for all rows, or none', zh: '全表同一场次，或没有' },
  none: { en: 'not in this table', zh: '表中没有' },
  choose: { en: 'Choose a column', zh: '请选择列' },
  more: { en: 'If the table has it', zh: '如表中有' },
  refundTime: {
    en: 'Refunds count only with their time: money that goes back within the hour of the order weighs as a sign of brushing, so no time is made up.',
    zh: '退款须有时间才计入：下单一小时内退款会作为刷单迹象加权，因此系统不会自行补填时间。',
  },
} as const

export const ColumnFields = ({
  columns,
  table,
  change,
}: {
  readonly columns: readonly TableColumn[]
  readonly table: OrderTable
  readonly change: (change: Partial<OrderTable>) => void
}) => {
  const { t } = useWords()
  const lists = listsOf(columns)
  const here = zoneOf(new Date().getTimezoneOffset())
  const column = (field: ColumnField, from: readonly TableColumn[], none?: Sentence) => (
    <label>
      {t(FIELDS[field])}
      <Choice
        label={t(FIELDS[field])}
        status={none === undefined && table[field] === '' ? 'warning' : ''}
        showSearch={{ optionFilterProp: 'label' }}
        value={table[field]}
        options={[
          { value: '', label: t(none ?? FIELDS.choose) },
          ...from
            .filter(({ name }) => name !== '')
            .map(({ name, values }) => ({ value: name, label: named(name, values[0]) })),
        ]}
        onChange={(name: string) => change({ [field]: name })}
      />
    </label>
  )
  const typed = (field: 'shop' | 'broadcastName') => (
    <label>
      {t(FIELDS[field])}
      <Input
        value={table[field]}
        maxLength={128}
        onChange={(event) => change({ [field]: event.target.value })}
      />
    </label>
  )
  const meaning = (field: 'paidValues' | 'refundValues', of: string) => (
    <label>
      {t(FIELDS[field])}
      <Choice
        mode="multiple"
        label={t(FIELDS[field])}
        value={[...table[field]]}
        options={valuesOf(columns, of).map((value) => ({ value, label: value }))}
        onChange={(chosen: string[]) => change({ [field]: chosen })}
      />
    </label>
  )
  const zones = [...new Set(['+08:00', '+00:00', here])]
  const zoneName = (zone: string) =>
    zone === '+08:00'
      ? t(FIELDS.china)
      : zone === '+00:00'
        ? t(FIELDS.utc)
        : t(FIELDS.here, { zone })
  return (
    <>
      <div className="form-grid">
        {NEEDED.map((field) => (
          <Fragment key={field}>{column(field, columns)}</Fragment>
        ))}
        <label>
          {t(FIELDS.times)}
          <Choice
            label={t(FIELDS.times)}
            value={table.times}
            options={[
              { value: 100, label: t(FIELDS.major) },
              { value: 1, label: t(FIELDS.minor) },
            ]}
            onChange={(times: number) => change({ times })}
          />
        </label>
        <label>
          {t(FIELDS.zone)}
          <Choice
            label={t(FIELDS.zone)}
            value={table.zone}
            options={zones.map((zone) => ({ value: zone, label: zoneName(zone) }))}
            onChange={(zone: string) => change({ zone })}
          />
        </label>
        {column('merchant', columns, FIELDS.oneShop)}
        {table.merchant === '' && typed('shop')}
        {column('paid', lists, FIELDS.allPaid)}
        {table.paid !== '' && meaning('paidValues', table.paid)}
        {column('refund', lists, FIELDS.noRefund)}
        {table.refund !== '' && meaning('refundValues', table.refund)}
        {table.refund !== '' && column('refundedAt', columns)}
      </div>
      {table.refund !== '' && table.refundedAt === '' && (
        <p className="soft small">{t(FIELDS.refundTime)}</p>
      )}
      <h4>{t(FIELDS.more)}</h4>
      <div className="form-grid">
        {(['product', 'quantity', 'address'] as const).map((field) => (
          <Fragment key={field}>{column(field, columns, FIELDS.none)}</Fragment>
        ))}
        {column('broadcast', columns, FIELDS.oneBroadcast)}
        {table.broadcast === '' && typed('broadcastName')}
      </div>
    </>
  )
}

/** A column with what stands in it first. */
const named = (name: string, first: string | undefined): string =>
  first === undefined ? name : `${name} · ${first}`
