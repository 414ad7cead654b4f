/**
 * Characters that Unicode's compatibility folding (NFKC) keeps apart although a reader takes one
 * for the other: Cyrillic and Greek letters, small capitals, letters turned upside down, and signs
 * in black circles and squares. After the confusables of UTS #39, for letters and digits only.
 */
const PAIRS =
  // Cyrillic
  'аaвbсcԁdеeгrһhіiјjкkӏlмmнhоoрpԛqѕsтtуyԝwхxьbзe' +
  // Greek
  'αaβbγyεeηnιiκkνvοoρpσoτtυuχxωw' +
  // Capitals that look otherwise than their small letters
  'ΑaΒbΕeΖzΗhΙiΚkΜmΝnΟoΡpΤtΥyΧxАaВbЕeЅsІiЈjКkМmНhОoРpСcТtУyХxԌgԚqԜw' +
  // Small capitals and phonetic letters
  'ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpꞯqʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzɡgɑaıi' +
  // Upside down
  'ɐaɔcǝeɟfɥhᴉiɾjʞkꞁlɯmɹrʇtʌvʍwʎyΛv∀aƎe⅄y' +
  // Strokes and hooks
  'øoØođdłlŁlħhŧtɓbɗdƒf'

const single = new Map<number, number>()
const pairs = Array.from(PAIRS)
for (let at = 0; at + 1 < pairs.length; at += 2)
  single.set(pairs[at]!.codePointAt(0)!, pairs[at + 1]!.codePointAt(0)!)

const runs: readonly (readonly [from: number, until: number, first: string])[] = [
  [0x2776, 0x277e, '1'],
  [0x2780, 0x2788, '1'],
  [0x278a, 0x2792, '1'],
  [0x24f5, 0x24fd, '1'],
  [0x1f150, 0x1f169, 'a'],
  [0x1f170, 0x1f189, 'a'],
  [0x1f1e6, 0x1f1ff, 'a'],
]

/** The letter or digit that a code point passes for, or the code point itself. */
export const seenAs = (code: number): number => {
  const known = single.get(code)
  if (known !== undefined) return known
  for (const [from, until, first] of runs)
    if (code >= from && code <= until) return first.charCodeAt(0) + code - from
  return code
}
