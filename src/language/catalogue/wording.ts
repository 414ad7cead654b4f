/** What the wording part says: why words count where they stand or do not, and `assay words`. */
export const wording = {
  'wording.counts': {
    en: '{who} {where}: {meaning}',
    zh: '{who}{where}：{meaning}',
  },
  'wording.counts-disguised': {
    en: '{who} {where}, “{word}” written as “{matched}” ({how}): {meaning}',
    zh: '{who}{where}，以“{matched}”代替“{word}”（{how}）：{meaning}',
  },
  'wording.depends': {
    en: '{counts} What decides: {needs}',
    zh: '{counts}需核实：{needs}',
  },
  'wording.put-as-question': {
    en: '{counts} It is put as a question, so a person should look.',
    zh: '{counts}该句为疑问语气，需人工复核。',
  },
  'wording.within': {
    en: 'Part of the ordinary expression “{word}”.',
    zh: '属于常用表达“{word}”的一部分。',
  },
  'wording.near': {
    en: 'Innocent beside “{word}”.',
    zh: '与“{word}”连用，不构成问题。',
  },
  'wording.negation': { en: 'Denied by “{word}”.', zh: '被“{word}”否定。' },
  'wording.quotation': {
    en: 'Talk about the words, not a claim: “{word}”.',
    zh: '在谈论用语本身，并非宣传：“{word}”。',
  },
  'wording.asked': {
    en: 'A question of others that is read out: “{word}”.',
    zh: '转述他人的提问：“{word}”。',
  },
  'wording.viewer': {
    en: 'A viewer says so; that is no claim of the room.',
    zh: '观众所说，不是直播间的宣传。',
  },
  'wording.speaker': {
    en: 'The rule does not concern what {who} says.',
    zh: '该规则不针对{who}所说的话。',
  },
  'wording.place': {
    en: 'The rule does not concern words {where}.',
    zh: '该规则不针对{where}的文字。',
  },
  'wording.product': {
    en: 'Allowed for this kind of goods ({category}).',
    zh: '此类商品（{category}）允许使用。',
  },
  'wording.who.host': { en: 'The host', zh: '主播' },
  'wording.who.assistant': { en: 'An assistant', zh: '助播' },
  'wording.who.seller': { en: 'The seller', zh: '商家' },
  'wording.who.page': { en: 'The page', zh: '页面' },
  'wording.who.viewer': { en: 'A viewer', zh: '观众' },
  'wording.where.title': { en: 'in the title', zh: '在标题中' },
  'wording.where.cover': { en: 'on the cover', zh: '在封面上' },
  'wording.where.bio': { en: 'in the account’s profile', zh: '在账号简介中' },
  'wording.where.caption': { en: 'on air', zh: '在直播中' },
  'wording.where.claim': { en: 'in a claim about the goods', zh: '在商品宣传中' },
  'wording.where.comment': { en: 'in a comment', zh: '在评论中' },
  'wording.where.banner': { en: 'on a banner', zh: '在横幅上' },
  'wording.where.listing': { en: 'in the listing', zh: '在商品页面中' },
  'wording.where.review': { en: 'in a review', zh: '在评价中' },
  'wording.via.between': { en: 'something put between', zh: '插入符号' },
  'wording.via.repeated': { en: 'characters repeated', zh: '重复字符' },
  'wording.via.look-alike': { en: 'look-alike characters', zh: '形似字符' },
  'wording.via.split': { en: 'characters split', zh: '拆字' },
  'wording.via.homophone': { en: 'characters that sound alike', zh: '谐音字' },
  'wording.via.pinyin': { en: 'pinyin', zh: '拼音' },
  'wording.via.initial': { en: 'initials', zh: '拼音首字母' },
  'wording.via.code-word': { en: 'a code word', zh: '暗语' },
  'wording.cli.command': {
    en: 'words against the law: claims, lures, void terms, each with its reason',
    zh: '按法规检查用语：宣传、引流、无效条款，逐条说明理由',
  },
  'wording.cli.help': {
    en: `Usage: assay words --text TEXT [options]
       assay words FILE… [options]        ("-" reads standard input)

Reads plain text and Markdown (a line at a time), captions (WebVTT, SubRip, JSON
transcripts), events, and JSON lines with text, speaker, place and category.
Prints every hit with the original words, the rule, the law it rests on, the step
that is suggested, and why it counts where it stands.

  --text TEXT        a sentence; may be repeated
  --speaker WHO      host, assistant, seller, page or viewer (host)
  --place WHERE      title, cover, bio, caption, claim, comment, banner, listing
                     or review (caption)
  --category NAME    what is sold, by id or in words: food, cosmetics, …
  --at DATE          day or RFC 3339 time of the words, where a file gives none (now)
  --all              hits that do not count as well, with the reason
  --lists FILE       a further word list, e.g. your own; may be repeated
  --transcribe URL   FILE is a recording; this server makes captions of it
                     (OpenAI-compatible /v1/audio/transcriptions; --model, --language;
                     its key in ASSAY_TRANSCRIBE_KEY)
  --policy PACK      a pack by name or folder (cn)
  --json             for machines
  --fail-on LIST     status 1 on violation, needs-fact, review, or a rule by id

Example: assay words --text "this cream cures eczema" --category cosmetic`,
    zh: `用法：assay words --text 文字 [选项]
      assay words 文件… [选项]        （“-”读取标准输入）

可读取纯文本和 Markdown（逐行）、字幕（WebVTT、SubRip、JSON 转写）、事件，
以及含 text、speaker、place、category 的 JSON 行。
逐条列出原文、规则、法律依据、建议措施，以及在此语境中成立的理由。

  --text 文字         一句话，可重复
  --speaker 角色      host、assistant、seller、page 或 viewer（默认 host）
  --place 位置        title、cover、bio、caption、claim、comment、banner、listing
                      或 review（默认 caption）
  --category 类目     所售商品，可用编号或文字：food、化妆品……
  --at 日期           文件未注明时间时，该话的日期或 RFC 3339 时间（默认当前）
  --all               同时列出不成立的命中及理由
  --lists 文件        另加的词表，如自有词表；可重复
  --transcribe 地址   文件为录音录像，由该服务器转写为字幕
                      （兼容 OpenAI /v1/audio/transcriptions；--model、--language；
                      密钥放在 ASSAY_TRANSCRIBE_KEY）
  --policy 法规包     名称或文件夹（默认 cn）
  --json              供程序读取
  --fail-on 列表      出现 violation、needs-fact、review 或指定规则时退出状态为 1

示例：assay words --text "这款面霜能治疗湿疹" --category cosmetic`,
  },
  'wording.cli.nothing': {
    en: 'name a file, or give a sentence with --text',
    zh: '请指定文件，或用 --text 给出一句话',
  },
  'wording.cli.bad-choice': {
    en: '{option} {value}: it must be one of {known}',
    zh: '{option} {value}：须为以下之一：{known}',
  },
  'wording.cli.bad-lists': {
    en: 'the word lists of {pack} cannot be used: {reason}',
    zh: '{pack} 的词表无法使用：{reason}',
  },
  'wording.cli.no-file': { en: '{file} cannot be read', zh: '无法读取 {file}' },
  'wording.cli.no-captions': {
    en: '{file} is no transcript that can be read',
    zh: '{file} 不是可读取的字幕或转写文件',
  },
  'wording.cli.bad-line': {
    en: '{file}, line {line}: neither an event nor an object with a text',
    zh: '{file} 第 {line} 行：既不是事件，也不是带 text 的对象',
  },
  'wording.cli.summary': {
    en: 'Texts read: {texts}. Hits: {hits}.',
    zh: '已读 {texts} 段，命中 {hits} 处。',
  },
  'wording.cli.partly-read': {
    en: '* The text of this provision was not read in full.',
    zh: '* 该条款原文未完整核对。',
  },
  'wording.cli.column.where': { en: 'where', zh: '位置' },
  'wording.cli.column.words': { en: 'words', zh: '原文' },
  'wording.cli.column.rule': { en: 'rule', zh: '规则' },
  'wording.cli.column.verdict': { en: 'verdict', zh: '结论' },
  'wording.cli.column.step': { en: 'step', zh: '措施' },
  'wording.cli.column.law': { en: 'law', zh: '依据' },
  'wording.cli.verdict.violation': { en: 'violation', zh: '违规' },
  'wording.cli.verdict.needs-fact': { en: 'needs a fact', zh: '需核实' },
  'wording.cli.verdict.review': { en: 'review', zh: '需复核' },
  'wording.cli.verdict.innocent': { en: 'innocent', zh: '无问题' },
} as const
