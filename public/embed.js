/**
 * What any platform puts into its player: counters as they may be shown, the notice, who actually
 * sells, what was promised, and where a buyer asks for evidence. One tag, no build, no cookies:
 *
 *   <script src="https://assay.example/embed.js" data-room="room-1" async></script>
 *
 * It shows itself where the tag stands, or in the element that `data-into` selects. The language is
 * `data-lang`, or that of the page. What comes from the room is text and stays text.
 */
;(() => {
  'use strict'

  /** Strings become text nodes, whatever they contain. */
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- nothing of ours is global there
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties)
    element.append(...children.filter((child) => child !== null))
    return element
  }

  const tag = document.currentScript
  const room = tag?.dataset.room
  if (!room) return
  const origin = new URL(tag.src).origin
  const page = `${origin}/v1/embed/${encodeURIComponent(room)}`
  const language = tag.dataset.lang || document.documentElement.lang || 'zh'
  const isChinese = /^zh\b/i.test(language)

  const WORDS = isChinese
    ? {
        viewers: '观看人数',
        likes: '点赞',
        verified: '已核验',
        seller: '实际销售者',
        promises: '主播承诺',
        evidence: '申请查看证据',
        away: '暂无核验数据',
      }
    : {
        viewers: 'Viewers',
        likes: 'Likes',
        verified: 'verified',
        seller: 'Sold by',
        promises: 'Promised on air',
        evidence: 'Ask for evidence',
        away: 'No verified figures at the moment',
      }

  const STYLE = `
    :host { display: block; font: 14px/1.5 system-ui, sans-serif; color: #1a1a1a }
    :host([hidden]) { display: none }
    section { background: #fff; border: 1px solid #d5d5d5; border-radius: 8px; padding: 8px 12px }
    p, dl, dd, ul { margin: 0; padding: 0 }
    dl { display: flex; flex-wrap: wrap; gap: 2px 16px }
    dl div { display: flex; gap: 6px; align-items: baseline }
    dt { color: #595959 }
    dd { font-weight: 600; font-variant-numeric: tabular-nums }
    small { color: #0a6b3d; font-weight: 400 }
    .notice { margin: 6px 0; padding: 6px 8px; background: #fff4d6; border-radius: 4px }
    li { list-style: none; overflow-wrap: anywhere }
    a { color: #0b57d0 }
    @media (prefers-color-scheme: dark) {
      :host { color: #eee }
      section { background: #1e1e1e; border-color: #444 }
      dt { color: #b0b0b0 }
      small { color: #6fd39c }
      .notice { background: #4a3b10 }
      a { color: #8ab4f8 }
    }`

  const host = document.createElement('div')
  host.lang = isChinese ? 'zh-CN' : 'en'
  const into = tag.dataset.into && document.querySelector(tag.dataset.into)
  if (into) into.append(host)
  else tag.after(host)
  const shadow = host.attachShadow({ mode: 'open' })
  const style = document.createElement('style')
  style.textContent = STYLE
  const section = document.createElement('section')
  section.setAttribute('aria-live', 'polite')
  shadow.append(style, section)

  const count = new Intl.NumberFormat(isChinese ? 'zh-CN' : 'en')

  const counter = (name, { value, isVerified }) =>
    value === null
      ? null
      : make(
          'div',
          {},
          make('dt', {}, WORDS[name]),
          make(
            'dd',
            {},
            count.format(value),
            isVerified ? make('small', {}, ` ✓ ${WORDS.verified}`) : '',
          ),
        )

  const show = ({ counters, notice, sellers, promises, evidenceUri }) => {
    const link = new URL(evidenceUri, origin)
    link.searchParams.set('room', room)
    section.replaceChildren(
      make(
        'dl',
        {},
        counters && counter('viewers', counters.viewers),
        counters && counter('likes', counters.likes),
        sellers.length === 0
          ? null
          : make('div', {}, make('dt', {}, WORDS.seller), make('dd', {}, sellers.join(', '))),
      ),
      notice ? make('p', { className: 'notice' }, notice[isChinese ? 'zh' : 'en']) : '',
      promises.length === 0
        ? ''
        : make(
            'details',
            {},
            make('summary', {}, `${WORDS.promises} (${promises.length})`),
            make('ul', {}, ...promises.map(({ text }) => make('li', {}, text))),
          ),
      // Only our own pages: an address from elsewhere is not followed.
      link.origin === origin
        ? make(
            'p',
            {},
            make('a', { href: link.href, target: '_blank', rel: 'noopener' }, WORDS.evidence),
          )
        : '',
    )
  }

  /** Old figures must not stand as if they were new. */
  const away = () => section.replaceChildren(make('p', {}, WORDS.away))

  const POLL_MS = 5_000
  const LOST_MS = 30_000
  let lostAt = 0
  let polls = 0

  const poll = async () => {
    try {
      const answer = await fetch(page, { credentials: 'omit' })
      if (!answer.ok) throw new Error(String(answer.status))
      show(await answer.json())
    } catch {
      away()
    }
  }

  /** The browser reconnects by itself; where it cannot, the figures are asked for now and then. */
  const pollInstead = () => {
    if (polls !== 0) return
    void poll()
    polls = setInterval(poll, POLL_MS)
  }

  const listen = () => {
    if (typeof EventSource === 'undefined') return pollInstead()
    const stream = new EventSource(`${page}/stream`)
    stream.addEventListener('figures', ({ data }) => {
      lostAt = 0
      clearInterval(polls)
      polls = 0
      show(JSON.parse(data))
    })
    stream.addEventListener('error', () => {
      lostAt ||= Date.now()
      if (stream.readyState === EventSource.CLOSED) {
        pollInstead()
        // Refused, perhaps because the room is not on air yet.
        setTimeout(listen, LOST_MS)
      } else if (Date.now() - lostAt > LOST_MS) pollInstead()
    })
  }
  listen()
})()
