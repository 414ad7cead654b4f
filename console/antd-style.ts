/**
 * Ant Design writes its styles into the page as it runs, which a strict policy (style-src 'self')
 * forbids. So they are written here, at build time, for the components that the console uses, once
 * for light and once for dark; the page chooses by the class of the variables (theme.tsx).
 */
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs'
import {
  Alert,
  Button,
  Checkbox,
  ConfigProvider,
  Descriptions,
  Empty,
  Form,
  Input,
  InputNumber,
  Progress,
  Radio,
  Result,
  Segmented,
  Select,
  Skeleton,
  Space,
  Spin,
  Switch,
  Table,
  Tabs,
  Tag,
  theme,
  Timeline,
  Tooltip,
  Typography,
  Upload,
} from 'antd'
import { createElement, type ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import type { Plugin } from 'vite'
import { DARK, LIGHT, TOKENS } from './src/tokens.ts'

const NAME = 'virtual:antd.css'

export const antdStyle = (): Plugin => ({
  name: 'antd-style',
  resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
  load: (id) => (id === `\0${NAME}` ? antdCss() : undefined),
})

/** Every rule of the components, then the variables of both themes. */
export const antdCss = (): string =>
  [css(LIGHT, ['style', 'cssVar', 'token']), css(DARK, ['cssVar', 'token'])].join('\n')

const css = (key: typeof LIGHT | typeof DARK, types: ('style' | 'cssVar' | 'token')[]): string => {
  const cache = createCache()
  const algorithm = key === DARK ? theme.darkAlgorithm : theme.defaultAlgorithm
  const config = { algorithm, token: TOKENS[key], hashed: false, cssVar: { key } }
  renderToString(
    createElement(
      StyleProvider,
      { cache },
      createElement(ConfigProvider, { theme: config }, ...SHOWN.map((one) => one)),
    ),
  )
  return extractStyle(cache, { plain: true, types })
}

/** One of each that has a style of its own; whoever uses another one adds it. */
const SHOWN: readonly ReactNode[] = [
  createElement(Alert, { key: 'alert', title: '' }),
  createElement(Button, { key: 'button' }),
  createElement(Checkbox, { key: 'checkbox' }),
  createElement(Descriptions, { key: 'descriptions' }),
  createElement(Empty, { key: 'empty' }),
  createElement(Form, { key: 'form' }, createElement(Form.Item)),
  createElement(Input, { key: 'input' }),
  createElement(Input.Password, { key: 'password' }),
  createElement(Input.Search, { key: 'search' }),
  createElement(Input.TextArea, { key: 'text' }),
  createElement(InputNumber, { key: 'number' }),
  createElement(Progress, { key: 'progress' }),
  createElement(Radio, { key: 'radio' }),
  createElement(Result, { key: 'result' }),
  createElement(Segmented, { key: 'segmented', options: ['a'] }),
  createElement(Select, { key: 'select', open: true, options: [] }),
  createElement(Skeleton, { key: 'skeleton' }),
  createElement(Space, { key: 'space' }, 'a', 'b'),
  createElement(Space.Compact, { key: 'compact' }),
  createElement(Spin, { key: 'spin' }),
  createElement(Switch, { key: 'switch' }),
  createElement(Table, { key: 'table' }),
  createElement(Tabs, { key: 'tabs', items: [] }),
  createElement(Tag, { key: 'tag' }),
  createElement(Timeline, { key: 'timeline', items: [] }),
  createElement(Tooltip, { key: 'tooltip', title: 'a' }, createElement('i')),
  createElement(Typography.Text, { key: 'typography' }, 'a'),
  createElement(Upload, { key: 'upload' }),
  createElement(Upload.Dragger, { key: 'dragger' }),
]
