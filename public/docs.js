/**
 * A page to browse the interface: reads /openapi.json and /asyncapi.json of the same service and
 * shows them as text. Sentences stand as "English · 中文"; one of both is shown.
 */
const WORDS = {
  en: {
    answers: 'Answers',
    body: 'Body',
    may: 'Who may',
    parameters: 'Parameters',
    streams: 'As it happens',
    schemas: 'Schemas',
    other: '中文',
  },
  zh: {
    answers: '应答',
    body: '请求正文',
    may: '谁可调用',
    parameters: '参数',
    streams: '实时推送',
    schemas: '数据结构',
    other: 'English',
  },
}

let language = navigator.language.startsWith('zh') ? 'zh' : 'en'
const place = (id) => document.getElementById(id)

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties)
  element.append(...children)
  return element
}

const said = (text = '') => {
  const [en, zh = en] = text.split(' · ')
  return language === 'zh' ? zh : en
}

const code = (value) => make('pre', {}, JSON.stringify(value, null, 2))

const table = (rows) =>
  make(
    'table',
    {},
    ...rows.map((cells) => make('tr', {}, ...cells.map((cell) => make('td', {}, cell)))),
  )

const titled = (title, ...content) => [make('h3', {}, title), ...content]

const schemaOf = (content = {}) =>
  Object.entries(content).flatMap(([type, { schema }]) => [
    make('p', {}, make('code', {}, type)),
    ...(schema === undefined ? [] : [code(schema)]),
  ])

/** Responses with problems are named by their codes. */
const codesIn = (ref) => ref.split('/').at(-1).replaceAll('.', ', ')

const operation = (path, method, about) => {
  const words = WORDS[language]
  const { summary, parameters = [], requestBody, responses } = about
  const answers = Object.entries(responses)
  return make(
    'details',
    { id: about.operationId },
    make(
      'summary',
      {},
      make('code', { className: 'verb' }, method.toUpperCase()),
      make('code', {}, path),
      ' ',
      make('span', {}, said(summary)),
    ),
    ...titled(words.may, table(Object.entries(about['x-may']))),
    ...(parameters.length === 0
      ? []
      : titled(
          words.parameters,
          table(parameters.map((one) => [`${one.name} (${one.in})`, JSON.stringify(one.schema)])),
        )),
    ...(requestBody === undefined ? [] : titled(words.body, ...schemaOf(requestBody.content))),
    ...titled(
      words.answers,
      table(answers.map(([status, one]) => [status, one.description ?? codesIn(one.$ref)])),
      ...answers
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, { content }]) => schemaOf(content)),
    ),
  )
}

const channel = ({ address, description, messages }, all) =>
  make(
    'details',
    {},
    make('summary', {}, make('code', {}, address), ' ', make('span', {}, said(description))),
    ...Object.keys(messages).flatMap((name) => [
      make('h3', {}, `${name}: ${said(all[name].summary)}`),
      code(all[name].payload),
    ]),
  )

const show = (open, async) => {
  const words = WORDS[language]
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  place('language').textContent = words.other
  place('about').textContent = said(open.info.description)
  const operations = Object.entries(open.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, about]) => ({ path, method, about })),
  )
  place('main').replaceChildren(
    ...open.tags.flatMap(({ name, description }) => [
      make('h2', {}, said(description)),
      ...operations
        .filter(({ about }) => about.tags.includes(name))
        .map(({ path, method, about }) => operation(path, method, about)),
    ]),
    make('h2', {}, words.streams),
    ...Object.values(async.channels).map((one) => channel(one, async.components.messages)),
    make('h2', {}, words.schemas),
    ...Object.entries({ ...async.components.schemas, ...open.components.schemas })
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, schema]) =>
        make('details', {}, make('summary', {}, make('code', {}, name)), code(schema)),
      ),
  )
  filter()
}

const filter = () => {
  const wanted = place('search').value.trim().toLowerCase()
  for (const details of document.querySelectorAll('main > details'))
    details.hidden = !details.textContent.toLowerCase().includes(wanted)
}

const read = async (path) => {
  const answer = await fetch(path)
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

const begin = async () => {
  const [open, async] = await Promise.all([read('/openapi.json'), read('/asyncapi.json')])
  show(open, async)
  place('search').addEventListener('input', filter)
  place('language').addEventListener('click', () => {
    language = language === 'zh' ? 'en' : 'zh'
    show(open, async)
  })
}

begin().catch((error) => {
  place('main').textContent = String(error)
})
