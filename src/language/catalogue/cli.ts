/** What the command line says: overview, help, complaints, progress. */
export const cli = {
  'cli.overview': {
    en: 'assay {version} — what of a live-shopping broadcast is genuine, and how sure that is\n\nUsage: assay <command> [options]',
    zh: 'assay {version} — 一场直播带货有多少是真的，有多大把握\n\n用法：assay <命令> [选项]',
  },
  'cli.more': {
    en: '`assay <command> --help` explains one with an example. `--lang en|zh` chooses the language.',
    zh: '`assay <命令> --help` 查看说明与示例。`--lang en|zh` 选择语言。',
  },
  'cli.unknown-command': {
    en: 'there is no command "{name}"; `assay --help` lists them',
    zh: '没有“{name}”这个命令；请用 `assay --help` 查看全部命令',
  },
  'cli.bad-language': {
    en: '--lang takes en or zh, not "{value}"',
    zh: '--lang 只能是 en 或 zh，而不是“{value}”',
  },
  'cli.bad-option': { en: '{reason}', zh: '选项有误：{reason}' },
  'cli.bad-policy': {
    en: 'the law pack "{pack}" cannot be used: {reason}',
    zh: '法规包“{pack}”无法使用：{reason}',
  },
  'cli.cannot-write': { en: 'cannot write {path}: {reason}', zh: '无法写入 {path}：{reason}' },
  'cli.stopped': {
    en: 'stopped; nothing half-written was left behind',
    zh: '已停止，没有留下未写完的文件',
  },
  'audit.summary': {
    en: 'audit files of events, orders or a capture',
    zh: '审计事件、订单或网页采集文件',
  },
  'audit.help': {
    en: `Usage: assay audit <path…> [options]

Reads files, folders, globs or - (standard input) and says how many of the shown viewers,
likes, comments and sales are genuine, why, how sure that is, and which provisions it touches.
Formats are recognised: events as NDJSON (.gz, .zst), orders as CSV, a webcast capture, CSV and
Parquet with a mapping file.

  --html FILE       a report in one file that opens offline
  --json FILE       the audit as data (- for standard output)
  --suspects FILE   every suspected view, account, comment, like and order, one a line
  --format F        do not guess the format
  --mapping FILE    how foreign columns become events (docs/reading.md)
  --policy PACK     law pack: a name under policies/ or a folder (default cn)
  --at DATE         as things stood then: later events are left out
  --fail-on KINDS   exit status 1 when a finding of one of these kinds is supported (or: any)
  --lang en|zh      language

Example: assay audit evening.ndjson.gz --html report.html --suspects suspects.ndjson`,
    zh: `用法：assay audit <路径…> [选项]

读取文件、文件夹、通配符或 -（标准输入），说明页面显示的观众、点赞、评论与销售额中有多少是真实的、
理由是什么、有多大把握、涉及哪些法规条款。格式自动识别：NDJSON 事件（.gz、.zst）、订单 CSV、
网页采集文件，以及带映射文件的 CSV 与 Parquet。

  --html 文件       可离线打开的单文件报告
  --json 文件       结构化审计结果（- 表示标准输出）
  --suspects 文件   所有可疑的观看、账号、评论、点赞与订单，每行一条
  --format 格式     指定格式，不自动识别
  --mapping 文件    外部列如何转换为事件（见 docs/reading.md）
  --policy 法规包   policies/ 下的名称或文件夹路径（默认 cn）
  --at 日期         以当时为准：之后的事件不计
  --fail-on 类型    所列类型的发现成立时，退出状态为 1（或 any）
  --lang en|zh      语言

示例：assay audit evening.ndjson.gz --html report.html --suspects suspects.ndjson`,
  },
  'audit.no-input': {
    en: 'audit what? give a file, a folder or -; for example: assay audit evening.ndjson',
    zh: '要审计什么？请给出文件、文件夹或 -，例如：assay audit evening.ndjson',
  },
  'audit.unknown-kind': {
    en: '--fail-on: there is no kind of finding "{kind}"',
    zh: '--fail-on：没有“{kind}”这种发现',
  },
  'audit.bad-date': {
    en: '--at takes a date such as 2026-02-01, not "{date}"',
    zh: '--at 需要日期，例如 2026-02-01，而不是“{date}”',
  },
  'audit.no-mapping': {
    en: 'the mapping file {path} cannot be read',
    zh: '无法读取映射文件 {path}',
  },
  'audit.reading': { en: 'reading {path}: {share}', zh: '正在读取 {path}：{share}' },
  'audit.reading-stream': {
    en: 'reading {path}: {megabytes} MB',
    zh: '正在读取 {path}：{megabytes} MB',
  },
  'audit.judging': { en: 'judging', zh: '正在判断' },
  'demo.summary': {
    en: 'simulate a real-looking evening and audit it',
    zh: '模拟一场逼真的晚间直播并审计',
  },
  'demo.help': {
    en: `Usage: assay demo [--seed N] [--html FILE]

Simulates an evening broadcast that is inflated a third of the way in, audits it, prints the
table and writes the report (default assay-report.html). Nothing leaves this machine.

Example: assay demo --seed 7 --html evening.html`,
    zh: `用法：assay demo [--seed N] [--html 文件]

模拟一场中途被注水的晚间直播，审计后打印结果并写出报告（默认 assay-report.html）。
一切都在本机完成。

示例：assay demo --seed 7 --html evening.html`,
  },
  'demo.simulating': {
    en: 'Simulating an evening (seed {seed}) …',
    zh: '正在模拟一场晚间直播（种子 {seed}）……',
  },
  'demo.truth': {
    en: 'The simulation knows the truth: {viewers} people were genuine.',
    zh: '模拟器知道真相：真实观众为 {viewers} 人。',
  },
  'demo.done': {
    en: 'Report: {html} — open it in a browser. Your own file: npx assay audit FILE --html report.html',
    zh: '报告：{html}，可用浏览器打开。审计您自己的文件：npx assay audit 文件 --html report.html',
  },
} as const
