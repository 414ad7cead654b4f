/**
 * How words are disguised to slip past a filter: transformations of a sentence, made without the
 * tables of the part that has to see through them (where a table is needed, it is another one:
 * OpenCC's for traditional characters, Unicode's names for letters, sounds by pinyin-pro).
 */
import { Converter } from 'opencc-js'
import { pinyin } from 'pinyin-pro'

/** Units `from` to `to` are the telling words; the rest of the sentence is left as it is. */
export type Evasion = {
  readonly name: string
  readonly apply: (text: string, from: number, to: number) => string
}

const isHan = (character: string) => /\p{Script=Han}/u.test(character)

/** Changes the telling words alone. */
const inside =
  (change: (words: string) => string): Evasion['apply'] =>
  (text, from, to) =>
    text.slice(0, from) + change(text.slice(from, to)) + text.slice(to)

const each = (change: (character: string) => string) =>
  inside((words) => Array.from(words, change).join(''))

const between = (filler: (at: number) => string) =>
  inside((words) => {
    const characters = Array.from(words)
    return characters
      .map((character, at) =>
        at > 0 && (isHan(character) || isHan(characters[at - 1]!))
          ? filler(at) + character
          : character,
      )
      .join('')
  })

/** Changes the first Chinese character that can be changed. */
const one = (change: (character: string) => string | undefined) =>
  inside((words) => {
    let done = false
    return Array.from(words, (character) => {
      const changed = done || !isHan(character) ? undefined : change(character)
      if (changed === undefined) return character
      done = true
      return changed
    }).join('')
  })

const letters = (first: number, capital: number) => (character: string) => {
  const code = character.charCodeAt(0)
  if (/^[a-z]$/.test(character)) return String.fromCodePoint(first + code - 97)
  if (/^[A-Z]$/.test(character)) return String.fromCodePoint(capital + code - 65)
  return character
}
const digits = (zero: number) => (character: string) =>
  /^[0-9]$/.test(character) ? String.fromCodePoint(zero + Number(character)) : character

const look =
  (table: string) =>
  (character: string): string => {
    const at = table.indexOf(character.toLowerCase())
    return at >= 0 && at % 2 === 0 ? table[at + 1]! : character
  }

const plain = (character: string) => pinyin(character, { toneType: 'none', v: true })
const traditional = Converter({ from: 'cn', to: 't' })
const NUMERALS = '零一二三四五六七八九'

/** Characters of everyday use, each by its syllable, to pick another of the same sound from. */
const everyday =
  '罪醉嘴追锥高糕膏搞稿号豪耗毫郝弟帝递地第抵底笛敌迪衣医依移疑艺易意译益异亿忆议机鸡积基级极急集及即记际季纪技佳家加价嘉假架驾保宝报抱暴堡饱胞治制质致智志值直职植只指纸至疗辽聊料了效笑校孝晓消小销根跟灭免面棉眠绵增曾僧强墙枪腔抢免勉疫役毅翼力例利立历离里理礼李糖唐堂躺汤尿鸟袅病并兵冰饼丙血雪学穴压鸭呀芽牙牙癌矮爱艾哎防房方访放仿抗康扛炕减简检剪肩件建键健见肥飞非费肺废瘦受手收首守授顶鼎定订丁唯为威微维伟味位卫未喂信新心辛欣芯刷涮耍单丹担胆但旦弹赚转砖专钱前千签浅欠潜全权泉拳圈网往王忘望旺冠官关管馆惯惯军均君菌俊品拼贫频聘排派拍牌绝决觉诀爵掘对队堆兑百白柏摆败拜分份芬粉纷奋氛美每妹枚眉媒退推腿换欢还环缓幻患本奔苯笨赢盈营迎影硬映收首熟书输速苏诉宿素俗私思斯丝死四寺扫嫂骚群裙扣口寇扣包苞雹薄过果国锅裹' +
  '就旧久酒究救业叶夜页野也安按案暗岸全劝券稳问文闻温投头透偷资姿滋字自紫升生声胜圣省盛声值直植天田甜填添见现线县限先仙鲜仙独毒读度肚杜首创窗床疮闯永勇拥用泳咏久旧九零灵玲铃龄领令另副负富付附父妇复覆作做坐座昨用永涌勇祛去趣曲取区驱斑班般板版办痘豆斗逗抖美白伯消炎言研盐严颜眼演药要腰摇遥耀妆装庄壮状专传川船穿家嘉加神什身深申伸神奇其期七齐骑启气器祖足族阻组传川方芳房秘密蜜米迷觅根耕更跟除出初厨处触'
const bySound = new Map<string, string[]>()
for (const character of new Set(everyday)) {
  const sound = plain(character)
  bySound.set(sound, [...(bySound.get(sound) ?? []), character])
}
/** One of them, which one depends on the character. */
const soundsLike = (character: string): string | undefined => {
  const others = bySound.get(plain(character))?.filter((other) => other !== character) ?? []
  return others[character.codePointAt(0)! % Math.max(1, others.length)]
}

/** Characters by their parts, as a writer without any table would put them side by side. */
const PARTS: Readonly<Record<string, string>> = {
  强: '弓虽',
  好: '女子',
  治: '氵台',
  级: '纟及',
  佳: '亻圭',
  保: '亻呆',
  证: '讠正',
  顶: '丁页',
  唯: '口隹',
  信: '亻言',
  根: '木艮',
  防: '阝方',
  抗: '扌亢',
  降: '阝夅',
  糖: '米唐',
  肥: '月巴',
  赚: '贝兼',
  加: '力口',
  销: '钅肖',
  独: '犭虫',
  国: '囗玉',
  消: '氵肖',
  神: '礻申',
  转: '车专',
  群: '君羊',
  粉: '米分',
  明: '日月',
  胞: '月包',
  码: '石马',
  扫: '扌彐',
  骗: '马扁',
  货: '化贝',
  购: '贝勾',
  球: '王求',
  绝: '纟色',
  排: '扌非',
  刷: '尸巾刂',
  退: '辶艮',
  换: '扌奂',
  病: '疒丙',
  疗: '疒了',
  炎: '火火',
  效: '交攵',
  付: '亻寸',
  投: '扌殳',
  钱: '钅戋',
}

const entity = (character: string) => `&#${character.codePointAt(0)!};`

export const EVASIONS: readonly Evasion[] = [
  { name: 'traditional characters', apply: (text) => traditional(text) },
  {
    name: 'full width',
    apply: (text) =>
      text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  },
  { name: 'spaces between', apply: between(() => ' ') },
  { name: 'punctuation between', apply: between((at) => '·.-/_*'[at % 6]!) },
  { name: 'commas and full stops between', apply: between((at) => '，。'[at % 2]!) },
  { name: 'emoji between', apply: between((at) => ['🔥', '❤️', '👍🏽'][at % 3]!) },
  {
    name: 'zero-width signs between',
    apply: between((at) => ['\u200b', '\u200d', '\ufeff', '\u2060'][at % 4]!),
  },
  { name: 'combining marks', apply: each((character) => `${character}\u0336`) },
  {
    name: 'circled letters and digits',
    apply: each((c) => digits(0x245f)(letters(0x24d0, 0x24b6)(c)).replace('\u245f', '⓪')),
  },
  { name: 'bracketed letters', apply: each(letters(0x249c, 0x1f110)) },
  {
    name: 'mathematical letters and digits',
    apply: each((c) => digits(0x1d7ce)(letters(0x1d41a, 0x1d400)(c))),
  },
  { name: 'Cyrillic look-alikes', apply: each(look('aаcсeеoоpрxхyуiіsѕ')) },
  { name: 'Greek look-alikes', apply: each(look('aαoοvνiιuυpρ')) },
  { name: 'letters upside down', apply: each(look('aɐeǝhɥmɯrɹtʇvʌwʍyʎ')) },
  {
    name: 'mixed case',
    apply: (text) =>
      Array.from(text, (c, i) => (i % 2 === 0 ? c.toUpperCase() : c.toLowerCase())).join(''),
  },
  { name: 'one character in pinyin', apply: one(plain) },
  { name: 'one character in pinyin with its tone', apply: one((c) => pinyin(c)) },
  {
    name: 'one character in pinyin with a tone number',
    apply: one((c) => pinyin(c, { toneType: 'num', v: true })),
  },
  {
    // Nobody writes whole sentences in letters and hopes to sell.
    name: 'a word of up to four characters in pinyin',
    apply: inside((words) =>
      Array.from(words).filter(isHan).length > 4
        ? words
        : Array.from(words, (c) => (isHan(c) ? plain(c) : c)).join(''),
    ),
  },
  { name: 'one character by its initial', apply: one((c) => plain(c)[0]) },
  { name: 'one character by another of its sound', apply: one(soundsLike) },
  { name: 'one character split into its parts', apply: one((c) => PARTS[c]) },
  { name: 'characters repeated', apply: one((c) => c.repeat(3)) },
  { name: 'line breaks between', apply: between(() => '\n') },
  {
    name: 'numerals for digits and digits for numerals',
    apply: each((c) =>
      /^[0-9]$/.test(c)
        ? NUMERALS[Number(c)]!
        : NUMERALS.includes(c)
          ? String(NUMERALS.indexOf(c))
          : c,
    ),
  },
  { name: 'Arabic-Indic digits', apply: each(digits(0x660)) },
  { name: 'HTML entities', apply: each(entity) },
  { name: 'markup between', apply: between((at) => (at % 2 === 0 ? '<b>' : '</b>')) },
  {
    name: 'right-to-left override',
    apply: inside((words) => `\u202e${Array.from(words).toReversed().join('')}\u202c`),
  },
]
