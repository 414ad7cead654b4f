/** What is said by `assay simulate` and `assay evaluate`. */
export const evaluation = {
  'simulate.summary': {
    en: 'make a broadcast whose truth is known',
    zh: '生成一场真相已知的模拟直播',
  },
  'simulate.help': {
    en: `assay simulate --scenario NAME --seed N --out DIR

Writes three files into DIR:
  events.ndjson   what a platform would have recorded, in order of time
  truth.ndjson    who was genuine: one line a view, account, comment, like and order
  scenario.json   the true figures of each broadcast

  --scenario NAME       which one; see --list
  --list                the scenarios, a line each
  --seed N              a whole number; equal seeds give equal files (default 1)
  --viewers N           people per broadcast, hired ones included
  --contamination R     share of what is falsified that is false, 0.02 to 0.95
                        (in scenarios where something is bought)
  --heartbeat SECONDS   interval of the clients' heartbeats, 1 to 600
  --out DIR             made if it does not exist; files in it are replaced
  --json                print scenario.json instead of a sentence

Example:
  assay simulate --scenario step --seed 7 --out out/step-7
  assay audit out/step-7/events.ndjson --suspects out/step-7/suspects.ndjson
  assay evaluate out/step-7/suspects.ndjson --truth out/step-7/truth.ndjson`,
    zh: `assay simulate --scenario 场景 --seed N --out 目录

在目录中写入三个文件：
  events.ndjson   平台会记录下来的事件，按时间排列
  truth.ndjson    真相：每次观看、每个账号、每条评论、每次点赞、每笔订单各一行
  scenario.json   每场直播的真实数字

  --scenario 场景       场景名称，见 --list
  --list                列出全部场景，每个一行
  --seed N              整数；种子相同，文件逐字节相同（默认 1）
  --viewers N           每场直播的人数，含雇来的人
  --contamination R     被造假的那部分中假的占比，0.02 至 0.95（仅用于有造假的场景）
  --heartbeat 秒        客户端心跳间隔，1 至 600
  --out 目录            不存在则新建；其中的同名文件会被替换
  --json                输出 scenario.json 的内容，而不是一句话

示例：
  assay simulate --scenario step --seed 7 --out out/step-7
  assay audit out/step-7/events.ndjson --suspects out/step-7/suspects.ndjson
  assay evaluate out/step-7/suspects.ndjson --truth out/step-7/truth.ndjson`,
  },
  'simulate.progress': {
    en: '{events} events, up to {at}',
    zh: '已生成 {events} 个事件，模拟到 {at}',
  },
  'simulate.done': {
    en: '{scenario}, seed {seed}: {events} events of {broadcasts} broadcast(s) in {dir}',
    zh: '{scenario}，种子 {seed}：{broadcasts} 场直播共 {events} 个事件，已写入 {dir}',
  },
  'simulate.no-scenario': {
    en: '--scenario is missing; see assay simulate --list',
    zh: '缺少 --scenario；可用 assay simulate --list 查看',
  },
  'simulate.unknown-scenario': {
    en: '--scenario: there is no "{name}"; see assay simulate --list',
    zh: '--scenario：没有名为“{name}”的场景；可用 assay simulate --list 查看',
  },
  'simulate.no-out': { en: '--out is missing: where to write', zh: '缺少 --out：写到哪个目录' },
  'simulate.not-number': {
    en: '--{option}: expected {expected}, got "{got}"',
    zh: '--{option}：应为{expected}，实为“{got}”',
  },
  'simulate.innocent': {
    en: '--contamination: in "{name}" nothing is false',
    zh: '--contamination：“{name}”场景中没有造假',
  },
  'simulate.cannot-write': {
    en: 'cannot write to --out {dir}: {reason}',
    zh: '无法写入 --out {dir}：{reason}',
  },
  'simulate.bad-option': { en: '{reason}', zh: '参数有误：{reason}' },
  'expected.whole': {
    en: 'a whole number from {low} to {high}',
    zh: '{low} 至 {high} 的整数',
  },
  'expected.number': { en: 'a number from {low} to {high}', zh: '{low} 至 {high} 的数' },

  'scenario.ordinary': {
    en: 'an ordinary evening; nothing is bought',
    zh: '普通的一晚，没有任何造假',
  },
  'scenario.push': {
    en: 'a boost by the platform, on record, brings a rush',
    zh: '平台推荐带来人潮，且有记录',
  },
  'scenario.unrecorded-push': {
    en: 'the same rush, but nobody wrote the boost down',
    zh: '同样的人潮，但推荐没有留下记录',
  },
  'scenario.feed-spike': {
    en: 'one great wave of the recommendation feed; most look in and go',
    zh: '信息流突然推荐，多数人看一眼就走',
  },
  'scenario.give-away': {
    en: 'draws every quarter of an hour: the crowd comes and goes with them',
    zh: '每隔一刻钟抽奖，人群随抽奖来去',
  },
  'scenario.host-prompt': {
    en: 'the host asks everyone to type 888 and to tap likes',
    zh: '主播请大家打 888、点赞',
  },
  'scenario.campus-nat': {
    en: 'students of one campus behind a handful of addresses',
    zh: '一所校园的学生共用少数几个出口地址',
  },
  'scenario.fan-club': {
    en: 'eight evenings of one host with the same loyal fans',
    zh: '同一主播八个晚上，同一批忠实粉丝',
  },
  'scenario.network-outage': {
    en: 'a carrier drops out; everybody is gone at once and back at once',
    zh: '运营商断网，众人同时掉线又同时回来',
  },
  'scenario.fashion-refunds': {
    en: 'clothes, of which honest buyers send half back',
    zh: '服装直播，诚实的买家退掉一半',
  },
  'scenario.quiet-night': {
    en: 'long after midnight, hardly anybody there',
    zh: '深夜直播，几乎没有人',
  },
  'scenario.small-room': { en: 'fifteen to sixty people', zh: '十几到几十人的小直播间' },
  'scenario.bought-views': {
    en: 'bought views of one to four kinds, chosen by seed',
    zh: '买来的观看，由种子决定一至四种手法',
  },
  'scenario.step': {
    en: 'from 4,000 to 10,000 people within a minute',
    zh: '一分钟内从四千人跳到一万人',
  },
  'scenario.paid-crowd': {
    en: 'the same paid real people in the rooms of ten operators',
    zh: '同一批真人水军出现在十家运营者的直播间',
  },
  'scenario.bought-likes': { en: 'likes bought by the thousand', zh: '成千上万地买点赞' },
  'scenario.machine-comments': {
    en: 'comments written by machine from a script',
    zh: '机器按话术刷评论',
  },
  'scenario.inflated-display': {
    en: '3.11 million shown, fewer than 110,000 real, to scale',
    zh: '显示 311 万，真实不足 11 万（按比例缩放）',
  },
  'scenario.empty-interest': {
    en: 'clicks and "going to buy" banners without orders',
    zh: '只点商品、弹出“正在去购买”，却不下单',
  },
  'scenario.self-brushing': {
    en: 'the seller buys its own goods and takes the money back',
    zh: '卖家自买自退刷单',
  },
  'scenario.third-party-attack': {
    en: "a rival's people buy in order to refund",
    zh: '对手派人恶意下单再退款',
  },
  'scenario.slot-fee': {
    en: 'a slot fee of 100,000 yuan, 1,323 sold, 1,012 refunded',
    zh: '坑位费十万元，卖出 1323 件，退款 1012 件',
  },
  'scenario.evening': {
    en: 'one evening with some of everything, to look at',
    zh: '什么都有一点的一晚，用来演示',
  },
  'scenario.innocent': { en: 'innocent', zh: '无造假' },
  'scenario.guilty': { en: 'falsified', zh: '有造假' },

  'evaluate.summary': {
    en: 'set suspicions against the truth of a simulation',
    zh: '用模拟直播的真相检验嫌疑判断',
  },
  'evaluate.help': {
    en: `assay evaluate <suspects.ndjson> --truth <truth.ndjson>
assay evaluate <folder>

Prints for views, accounts, comments, likes and orders how many are not genuine and how
many of them were given a probability of one half or more; precision, recall, F1, the
area under the ROC curve, and Cllr, the cost of the log-likelihood ratio. An id that was
not listed counts as probability 0.

A folder is a run (suspects.ndjson, truth.ndjson) or holds runs, which are shown pooled
and one by one. Where audit.json and scenario.json lie beside them, the 90 % intervals of
the genuine figures are checked too.

  --truth FILE   the truth of a single suspects file
  --json         everything, for machines

Example:
  assay evaluate out/step-7/suspects.ndjson --truth out/step-7/truth.ndjson`,
    zh: `assay evaluate <suspects.ndjson> --truth <truth.ndjson>
assay evaluate <目录>

对观看、账号、评论、点赞、订单，列出其中多少不真实、多少被判为概率二分之一以上，
以及精确率、召回率、F1、ROC 曲线下面积和 Cllr（对数似然比代价）。未列出的按概率 0 计。

目录可以是一次运行（含 suspects.ndjson、truth.ndjson），也可以包含多次运行，
此时先合并、再逐个列出。若旁边有 audit.json 和 scenario.json，
还会检验真实数字的 90 % 区间。

  --truth 文件   单个嫌疑文件对应的真相
  --json         输出全部内容，供程序读取

示例：
  assay evaluate out/step-7/suspects.ndjson --truth out/step-7/truth.ndjson`,
  },
  'evaluate.progress': { en: 'reading {run}', zh: '正在读取 {run}' },
  'evaluate.one-path': {
    en: 'expected one suspects file or one folder; see assay evaluate --help',
    zh: '应给出一个嫌疑文件或一个目录；见 assay evaluate --help',
  },
  'evaluate.missing': { en: '{path}: no such file', zh: '{path}：文件不存在' },
  'evaluate.no-truth': {
    en: '--truth is missing: a suspects file needs its truth',
    zh: '缺少 --truth：嫌疑文件需要对应的真相',
  },
  'evaluate.own-truth': {
    en: '--truth: the runs in {path} have their own truth',
    zh: '--truth：{path} 中的各次运行自带真相',
  },
  'evaluate.no-runs': {
    en: '{path}: no suspects.ndjson in it or in a folder of it',
    zh: '{path}：其中及其子目录中没有 suspects.ndjson',
  },
  'evaluate.not-json': {
    en: '{path}:{line}: the line is not a JSON object',
    zh: '{path}:{line}：该行不是 JSON 对象',
  },
  'evaluate.bad-line': {
    en: '{path}:{line}: "{field}" is missing or not as it should be',
    zh: '{path}:{line}：字段“{field}”缺失或不合规定',
  },
  'evaluate.unreadable': { en: '{path}: {reason}', zh: '{path}：{reason}' },
  'evaluate.bad-json': {
    en: '{path} or the scenario.json of its truth: "{field}" is missing or not as it should be',
    zh: '{path} 或真相旁的 scenario.json：字段“{field}”缺失或不合规定',
  },
  'evaluate.strangers': {
    en: '{path}: suspects more of kind "{kind}" than {truth} knows of; not of the same simulation',
    zh: '{path}：“{kind}”类嫌疑多于 {truth} 所载，两者不属于同一次模拟',
  },
  'evaluate.pooled': { en: 'all', zh: '合计' },
  'evaluate.column.run': { en: 'run', zh: '运行' },
  'evaluate.column.kind': { en: 'of', zh: '对象' },
  'evaluate.column.items': { en: 'items', zh: '总数' },
  'evaluate.column.false': { en: 'not genuine', zh: '不真实' },
  'evaluate.column.hits': { en: 'found', zh: '查出' },
  'evaluate.column.alarms': { en: 'false alarms', zh: '误报' },
  'evaluate.column.precision': { en: 'precision', zh: '精确率' },
  'evaluate.column.recall': { en: 'recall', zh: '召回率' },
  'evaluate.column.f1': { en: 'F1', zh: 'F1' },
  'evaluate.column.auc': { en: 'AUC', zh: 'AUC' },
  'evaluate.column.cllr': { en: 'Cllr', zh: 'Cllr' },
  'evaluate.kind.view': { en: 'views', zh: '观看' },
  'evaluate.kind.account': { en: 'accounts', zh: '账号' },
  'evaluate.kind.comment': { en: 'comments', zh: '评论' },
  'evaluate.kind.like': { en: 'likes', zh: '点赞' },
  'evaluate.kind.order': { en: 'orders', zh: '订单' },
  'evaluate.coverage': {
    en: '90 % intervals: {covered} of {intervals} hold the truth ({share}); {withheld} figures withheld; median error of the estimates {error}',
    zh: '90 % 区间：{intervals} 个中有 {covered} 个包含真值（{share}）；{withheld} 个数字未给出；估计值的误差中位数 {error}',
  },
  'evaluate.note': {
    en: 'Cllr from weights of evidence, capped at ±{cap} bans; an id not listed counts as {silent} bans. 0 is perfect, 1 is saying nothing.',
    zh: 'Cllr 取自证据权重，上下限 ±{cap} 班；未列出者按 {silent} 班计。0 为完美，1 等于什么都没说。',
  },
} as const
