/**
 * Comments as a reader hears them: decoration, spacing and look-alike letters taken away, and the
 * plain sort of speech recognised. The adversary here varies one script with emoji, spaces and
 * punctuation so that no two lines are equal.
 */

/** Letters of other alphabets that look Latin, the commonest substitutes only. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  і: 'i',
}

/** NFKC, lower case, letters and digits only, look-alikes folded, a run of one character cut to two. */
export const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[аеорсхуі]/g, (letter) => LOOK_ALIKES[letter] ?? letter)
    .replace(/(.)\1{2,}/gu, '$1$1')

/** The text without decoration at either end: what people add by habit is no second version. */
export const body = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')

/**
 * How much a normalised text says, a Han character counting two: 多少钱 and 666 say nothing about who
 * wrote them, a line of six Han characters or twelve letters may.
 */
export const substance = (normalised: string): number => {
  let sum = 0
  for (const character of normalised) sum += character >= '\u2e80' ? 2 : 1
  return sum
}

export const LEAST_SUBSTANCE = 12
/** Shorter lines are common property, and count only where they come in versions. */
export const LEAST_VARIED_SUBSTANCE = 8

const QUESTION =
  /[?？吗呢么]|多少|怎么|咋|什么|啥|哪|几[个件号天点]|有没有|能不能|可不可以|是不是|\b(how|what|when|where|which|who|why|does|is it|can i)\b/iu
const PRAISE_OR_URGE =
  /好看|好用|好吃|好喝|漂亮|喜欢|质量|不错|推荐|回购|划算|便宜|值得|超值|支持|信任|靠谱|正品|放心|满意|真香|太棒|冲|抢|赶紧|赶快|手慢|上车|下单|拍了|买了|买过|已拍|再来|库存|good|great|love|best|amazing|buy|bought|recommend|quality|worth|hurry/iu

export const isQuestion = (text: string): boolean => QUESTION.test(text)

/** Praise of the goods or urging to buy: what hired lines consist of (好评, 催单). */
export const isPraiseOrUrge = (text: string): boolean =>
  PRAISE_OR_URGE.test(text) && !isQuestion(text)
