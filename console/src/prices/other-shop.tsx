/** A shop that is not on file, from a file of its events: answered and not kept. */
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { DropZone } from '../drop.tsx'
import { useWords, type Sentence } from '../i18n.tsx'
import { eventsIn } from './coupon.ts'

const WORDS = {
  title: { en: 'Try another shop', zh: '试算其他店铺' },
  drop: {
    en: 'Drop the events of the shop here: products, prices, coupons, orders (NDJSON or JSON)',
    zh: '把店铺事件文件拖到这里：商品、价格、优惠券、订单（NDJSON 或 JSON）',
  },
  choose: { en: 'Choose a file', zh: '选择文件' },
  why: {
    en: 'Prices are searched over every basket a buyer can put together, so the whole shop is needed. It is answered and not kept.',
    zh: '系统会在买家可能的全部购物篮中求最低价，因此需要完整的店铺数据。数据仅用于本次计算，不会保存。',
  },
  unreadable: {
    en: 'The file holds no events: one JSON object a line, or an array of them, was expected.',
    zh: '文件中没有事件：应为每行一个 JSON 对象，或一个数组。',
  },
  tooLarge: {
    en: 'The file is larger than 4 MB, or has more than 5,000 events.',
    zh: '文件超过 4 MB 或 5,000 条事件。',
  },
  loaded: { en: '{name}: {count} events', zh: '{name}：{count} 条事件' },
  back: { en: 'Back to the shop on file', zh: '回到登记的店铺' },
} as const

const MOST_BYTES = 4_000_000
const MOST_EVENTS = 5_000

export type Shop = { readonly name: string; readonly events: readonly unknown[] }

export const OtherShop = ({
  shop,
  choose,
}: {
  readonly shop: Shop | undefined
  readonly choose: (shop: Shop | undefined) => void
}) => {
  const { t } = useWords()
  const [fault, setFault] = useState<Sentence>()
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    setFault(undefined)
    if (file.size > MOST_BYTES) return setFault(WORDS.tooLarge)
    try {
      const events = eventsIn(await file.text())
      if (events.length > MOST_EVENTS) return setFault(WORDS.tooLarge)
      choose({ name: file.name, events })
    } catch {
      setFault(WORDS.unreadable)
    }
  }
  return (
    <section className="card stack">
      <h2>{t(WORDS.title)}</h2>
      <DropZone
        label={t(WORDS.drop)}
        take={(transfer) => void take(transfer.files[0])}
        choices={[
          {
            label: t(WORDS.choose),
            accept: '.ndjson,.jsonl,.json',
            take: ([file]) => void take(file),
          },
        ]}
      >
        <p className="soft small">{t(WORDS.why)}</p>
      </DropZone>
      {fault !== undefined && <Alert type="error" role="alert" title={t(fault)} />}
      {shop !== undefined && (
        <p>
          <bdi>{t(WORDS.loaded, { name: shop.name, count: shop.events.length })}</bdi>{' '}
          <Button onClick={() => choose(undefined)}>{t(WORDS.back)}</Button>
        </p>
      )}
    </section>
  )
}
