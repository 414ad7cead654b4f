/** What `assay serve` says. */
export const serve = {
  'serve.summary': {
    en: 'Runs the live service: events in, verified figures, findings and measures out.',
    zh: '运行实时服务：接收事件，输出核验数据、发现和措施。',
  },
  'serve.help': {
    en: `assay serve [options]

Listens on 127.0.0.1:4000 with an embedded database and a ledger of its own in ./assay-data.
Events that were acknowledged are durable, whatever dies.

  --data DIR          where everything lies (assay-data)
  --host H, --port N  where to listen (127.0.0.1, 4000)
  --origin URL        where people reach it, when that is another address (behind a proxy)
  --behind-proxy      take the client's address from x-forwarded-for
  --database URL      Postgres instead of the embedded database (or ASSAY_DATABASE)
  --ledger DIR        a ledger made with \`assay ledger init\`
  --master-key FILE   key of the personal columns (or ASSAY_MASTER_KEY)
  --policy PACK       law pack (cn)
  --follow PATH       takes new lines of a file, or of a folder's .ndjson and .jsonl files,
                      as they are written; may be given several times
  --record BROADCAST=URL|FOLDER
                      records an HLS playlist while it is live: its address, its file, or a folder
                      with index.m3u8 in it; may be given several times
  --record-host HOST  another host that pieces may come from; may be given several times
  --private-webhooks  let webhooks go to private addresses and by plain HTTP
  --log LEVEL         error, warn, info, debug or silent (info): JSON lines on stderr
  --sample SEED       plays a sample evening live; one room is inflated after three minutes,
                      or after --inflate-after SECONDS

Examples:
  assay serve --sample 1
  assay serve --database postgres://assay@db/assay --origin https://assay.example --behind-proxy`,
    zh: `assay serve [选项]

在 127.0.0.1:4000 监听，使用内嵌数据库和自有账本，全部存放在 ./assay-data。
凡已确认的事件均已持久保存，任何进程中断都不会丢失。

  --data DIR          数据目录（assay-data）
  --host H、--port N  监听地址（127.0.0.1、4000）
  --origin URL        用户访问的地址（位于代理之后时）
  --behind-proxy      从 x-forwarded-for 读取客户端地址
  --database URL      使用 Postgres 代替内嵌数据库（或 ASSAY_DATABASE）
  --ledger DIR        使用 \`assay ledger init\` 创建的账本
  --master-key FILE   个人信息字段的主密钥（或 ASSAY_MASTER_KEY）
  --policy PACK       法规包（cn）
  --follow PATH       持续读取文件（或文件夹中 .ndjson、.jsonl 文件）新写入的行，可多次指定
  --record BROADCAST=URL|FOLDER
                      录制直播中的 HLS 播放列表：网址、文件，或含 index.m3u8 的文件夹，可多次指定
  --record-host HOST  允许提供录像片段的其他主机，可多次指定
  --private-webhooks  允许 Webhook 发往内网地址及使用明文 HTTP
  --log LEVEL         日志级别：error、warn、info、debug 或 silent（默认 info），以 JSON 行写入标准错误
  --sample SEED       实时播放示例之夜，三分钟后其中一个直播间被注水，
                      也可用 --inflate-after SECONDS 指定秒数

示例：
  assay serve --sample 1
  assay serve --database postgres://assay@db/assay --origin https://assay.example --behind-proxy`,
  },
  'serve.ready': {
    en: 'Assay listens on {origin} — Ctrl+C stops it in order',
    zh: 'Assay 已在 {origin} 提供服务，按 Ctrl+C 有序停止',
  },
  'serve.sample': {
    en: `A sample evening is playing; one of its rooms is inflated in {after}. Watch it:

  curl -N -H 'authorization: Bearer {key}' {origin}/v1/stream
  curl -H 'authorization: Bearer {key}' {origin}/v1/broadcasts`,
    zh: `正在播放示例之夜，{after}后其中一个直播间会被注水。可这样观看：

  curl -N -H 'authorization: Bearer {key}' {origin}/v1/stream
  curl -H 'authorization: Bearer {key}' {origin}/v1/broadcasts`,
  },
  'serve.sample-accounts': {
    en: 'Or open {origin} in a browser and sign in as one of these (kept in sample-accounts.json):',
    zh: '也可在浏览器中打开 {origin}，用以下账号登录（已保存在 sample-accounts.json）：',
  },
  'serve.bad-record': {
    en: '“{text}”: give --record as BROADCAST=URL or BROADCAST=FOLDER',
    zh: '“{text}”：--record 应写作 BROADCAST=URL 或 BROADCAST=FOLDER',
  },
  'serve.bad-seconds': {
    en: '“{text}” is no whole number of seconds',
    zh: '“{text}”不是整数秒',
  },
  'serve.stopping': { en: 'Stopping …', zh: '正在停止……' },
  'serve.step.database': { en: 'Opening the database …', zh: '正在打开数据库……' },
  'serve.step.ledger': { en: 'Opening the ledger …', zh: '正在打开账本……' },
  'serve.step.rooms': { en: 'Bringing the rooms up to date …', zh: '正在恢复直播间状态……' },
  'serve.step.door': { en: 'Opening the door …', zh: '正在启动接口……' },
  'serve.bad-port': { en: '“{port}” is no port', zh: '“{port}”不是端口号' },
  'serve.bad-policy': { en: '{pack}: no law pack with a ladder', zh: '{pack}：法规包缺少措施阶梯' },
  'serve.bad-sample': { en: '“{text}” is no seed', zh: '“{text}”不是随机种子' },
  'serve.bad-log': {
    en: '“{text}” is no log level; take one of {levels}',
    zh: '“{text}”不是日志级别，可用：{levels}',
  },
  'serve.cannot-open': {
    en: 'the service cannot be opened: {reason}',
    zh: '无法启动服务：{reason}',
  },
} as const
