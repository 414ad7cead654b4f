/** What the live service says to a room, to its viewers and to whoever watches over it. */
export const live = {
  'measure.verified-counter': {
    en: 'The verified figure is shown in place of the displayed one: the evidence that the figure is not genuine is {strength}.',
    zh: '以核验数据替代页面展示数据：表明该数据不真实的证据支持力度为{strength}。',
  },
  'measure.mark.figures': {
    en: 'The page carries a mark: part of its activity may not be genuine; the evidence is {strength}.',
    zh: '页面加注显著标识：部分互动可能不真实，证据支持力度为{strength}。',
  },
  'measure.mark.promise': {
    en: 'The page carries a mark: a price promise of this room may not be kept; the evidence is {strength}.',
    zh: '页面加注显著标识：本直播间的一项价格承诺可能未履行，证据支持力度为{strength}。',
  },
  'measure.mark.other': {
    en: 'The page carries a mark: something in this room is under review; the evidence is {strength}.',
    zh: '页面加注显著标识：本直播间有事项正在核查，证据支持力度为{strength}。',
  },
  'measure.prompt.promise': {
    en: 'Viewers are told that a price promise of this room is under review; the evidence that it was not kept is {strength}.',
    zh: '向观众弹窗提示：本直播间的一项价格承诺正在核查，表明其未履行的证据支持力度为{strength}。',
  },
  'measure.prompt.other': {
    en: 'Viewers are told that something in this room is under review; the evidence is {strength}.',
    zh: '向观众弹窗提示：本直播间有事项正在核查，证据支持力度为{strength}。',
  },
  'measure.prompt.figures': {
    en: 'Viewers are told that figures of this room are not audited as shown; the evidence is {strength}.',
    zh: '向观众弹窗提示：本直播间展示的数据未经核验，证据支持力度为{strength}。',
  },
  'measure.warning': {
    en: 'The room is warned and asked to put the matter right; the evidence is {strength}.',
    zh: '向直播间发出警告并要求改正，证据支持力度为{strength}。',
  },
  'measure.limit-function': {
    en: 'One function of the room is switched off until the matter is cleared up; the evidence is {strength}.',
    zh: '在查清之前限制直播间的一项功能，证据支持力度为{strength}。',
  },
  'measure.limit-traffic': {
    en: 'The room is not recommended until the matter is cleared up; the evidence is {strength}.',
    zh: '在查清之前停止对直播间的推荐，证据支持力度为{strength}。',
  },
  'measure.refused.no-such-finding': {
    en: 'There is no such supported finding now; a measure must rest on one.',
    zh: '目前没有这项有证据支持的发现，措施必须以此为依据。',
  },
  'measure.refused.not-on-the-ladder': {
    en: 'The ladder of this law pack has no such measure.',
    zh: '当前法规包的措施阶梯中没有这项措施。',
  },
  'measure.refused.families-needed': {
    en: 'A measure above a warning needs two independent families of evidence.',
    zh: '警示以上的措施需要两类相互独立的证据。',
  },
  'measure.refused.stands-already': {
    en: 'This measure stands already.',
    zh: '该措施已在执行中。',
  },
  'appeal.refused.open-already': {
    en: 'An appeal against this measure is open; it is decided first.',
    zh: '针对该措施已有一项申诉待决定，请等待其结果。',
  },
  'appeal.refused.reversed-already': {
    en: 'An appeal against this measure has succeeded already.',
    zh: '针对该措施的申诉此前已获支持，措施已撤销。',
  },
  'appeal.refused.decided-already': {
    en: 'This appeal has been decided.',
    zh: '该申诉已作出决定。',
  },
  'appeal.refused.not-by-you': {
    en: 'Somebody else must decide: you imposed this measure, or lodged this appeal.',
    zh: '须由他人决定：该措施由您采取，或该申诉由您提出。',
  },
  'measure.lifted-reasons': {
    en: 'What the measure rested on is no longer found; it is taken back.',
    zh: '采取该措施的依据已不复存在，现予解除。',
  },
} as const
