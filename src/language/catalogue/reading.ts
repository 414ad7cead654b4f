/** What is said about files: why a line was refused, why a file cannot be read. */
export const reading = {
  'refused.wrong-encoding': {
    en: 'the line is not valid UTF-8',
    zh: '该行不是有效的 UTF-8 编码',
  },
  'refused.line-too-long': {
    en: 'the line is longer than 1 MiB',
    zh: '该行超过 1 MiB',
  },
  'refused.cut-off': {
    en: 'the file ends in the middle of a line',
    zh: '文件在一行中间中断',
  },
  'refused.broken-archive': {
    en: 'the compressed file is damaged from here on',
    zh: '压缩文件自此处起已损坏',
  },
  'refused.far-off-time': {
    en: 'the time lies far from the rest of the broadcast',
    zh: '时间与本场直播的其余事件相差过远',
  },
  'refused.not-in-mapping': {
    en: 'the row has no value that the mapping file knows',
    zh: '该行没有映射文件能识别的取值',
  },
  'refused.not-a-message': {
    en: 'the line is not a message of the capture',
    zh: '该行不是抓取记录中的消息',
  },
  'refused.bad-row': {
    en: 'the row cannot be split into columns',
    zh: '该行无法按列拆分',
  },
  'refused.wrong-source': {
    en: 'The key that was used does not speak for the source of this event.',
    zh: '所用密钥无权代表该事件的来源提交数据。',
  },
  'refused.unknown-format': {
    en: 'the format of the file is not recognised',
    zh: '无法识别该文件的格式',
  },
  'reading.no-such-file': {
    en: '{path}: no such file or folder',
    zh: '{path}：没有此文件或文件夹',
  },
  'reading.no-files': { en: '{path}: holds no files', zh: '{path}：其中没有文件' },
  'reading.empty': { en: '{path}: the file is empty', zh: '{path}：文件为空' },
  'reading.utf-16': {
    en: '{path}: the file is UTF-16; save it as UTF-8',
    zh: '{path}：文件为 UTF-16 编码，请另存为 UTF-8',
  },
  'reading.unknown-format': {
    en: '{path}: the format is not recognised; see docs/reading.md',
    zh: '{path}：无法识别文件格式，请见 docs/reading.md',
  },
  'reading.no-such-format': {
    en: 'no format is called {format}; there are {formats}',
    zh: '没有名为 {format} 的格式；可用格式：{formats}',
  },
  'reading.nothing-usable': {
    en: '{path}: none of {lines} lines is an event; the first: {first}',
    zh: '{path}：{lines} 行中没有一行是事件；第一处：{first}',
  },
  'reading.too-large': {
    en: '{path}: an array of more than 256 MiB; write one event a line instead (NDJSON)',
    zh: '{path}：数组超过 256 MiB，请改为每行一个事件（NDJSON）',
  },
  'reading.needs-mapping': {
    en: '{path}: there is no column {column}; name a mapping file with --mapping (docs/reading.md)',
    zh: '{path}：没有 {column} 列；请用 --mapping 指定映射文件（见 docs/reading.md）',
  },
  'reading.parquet-stream': {
    en: '{path}: Parquet must be an uncompressed file of its own, not a pipe or an archive',
    zh: '{path}：Parquet 必须是未再压缩的独立文件，不能是管道或压缩包',
  },
  'reading.broken': { en: '{path}: cannot be read: {why}', zh: '{path}：无法读取：{why}' },
  'reading.bad-mapping': {
    en: 'the mapping file: {field} must be {expected}',
    zh: '映射文件：{field} 应为 {expected}',
  },
  'reading.no-column': {
    en: '{path}: there is no column {column}, which the mapping file names',
    zh: '{path}：没有映射文件所指的列 {column}',
  },
} as const
