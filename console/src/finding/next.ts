/**
 * What is still missing for a finding, and what whoever reads it can do next. From the finding alone:
 * no threshold is named, and nothing is advised that the ladder of measures does not know.
 */
import { stanceOf } from '../../../src/report/stance.ts'
import { FAMILIES, type Finding } from '../../../src/vocabulary/finding.ts'
import type { Sentence } from '../i18n.tsx'

export const missingOf = (finding: Finding): readonly Sentence[] => {
  const stance = stanceOf(finding)
  const said: Sentence[] = []
  if (stance === 'insufficient') said.push(TEXTS.data)
  if (stance === 'undetermined') said.push(TEXTS.rivals)
  if (stance === 'supported' && finding.families.length < 2) said.push(TEXTS.family)
  if (finding.families.length < FAMILIES.length && stance !== 'innocent') said.push(TEXTS.unseen)
  if (finding.provisions.some(({ reading }) => reading !== 'verified')) said.push(TEXTS.law)
  if (finding.provisions.some(({ status }) => status === 'draft')) said.push(TEXTS.draft)
  return said
}

export const nextOf = (finding: Finding): readonly Sentence[] => {
  const stance = stanceOf(finding)
  if (stance === 'innocent') return [TEXTS.nothing]
  if (stance === 'insufficient') return [TEXTS.wait, TEXTS.ask]
  if (stance === 'undetermined') return [TEXTS.ask, TEXTS.hear]
  return [TEXTS.look, TEXTS.hear, TEXTS.keep]
}

const TEXTS = {
  data: {
    en: 'Enough data to weigh the explanations at all: nothing may follow from this yet.',
    zh: '可供权衡的数据：在此之前不得据此采取任何措施。',
  },
  rivals: {
    en: 'Something that tells the leading explanations apart: payment links, devices, the time of refunds.',
    zh: '能够区分主要解释的证据，例如支付关联、设备、退款时间。',
  },
  family: {
    en: 'Evidence of a second, independent kind: one kind alone carries no more than a warning.',
    zh: '第二类独立证据：仅凭一类证据最多只能提示。',
  },
  unseen: {
    en: 'The kinds of evidence marked “nothing here” were not seen, or said nothing.',
    zh: '标为“无”的证据类别未采集到或没有说明作用。',
  },
  law: {
    en: 'A text of the law checked against the original, where its mark says that it was not.',
    zh: '标注“未核对”的法规条文尚需与原文核对。',
  },
  draft: {
    en: 'A provision in force: a draft shows what was intended and binds nobody.',
    zh: '已生效的规定：征求意见稿仅反映起草意图，不具约束力。',
  },
  nothing: {
    en: 'Nothing: an innocent explanation fits best. A measure that stands for this can be lifted.',
    zh: '无需处理：正当原因最能解释。如有因此采取的措施，可予解除。',
  },
  wait: {
    en: 'Wait for more of the broadcast; the finding is weighed again with every event.',
    zh: '等待更多直播数据；每有新事件都会重新权衡。',
  },
  ask: {
    en: 'Ask the operator for what is missing (promotion records, orders, devices).',
    zh: '向直播间运营者调取缺失的材料（推广记录、订单、设备）。',
  },
  look: {
    en: 'Look at the moment in the recording, and at the accounts if it cannot be judged without them.',
    zh: '查看录像中的相应时刻；如不查看账号便无法判断，再查看账号。',
  },
  hear: {
    en: 'Hear the operator: every measure states its reasons and can be appealed.',
    zh: '听取直播间运营者的意见：每项措施都应说明理由并可申诉。',
  },
  keep: {
    en: 'Have the evidence bundled while it is kept, so that anybody can check it.',
    zh: '在保存期内制作证据包，使任何人都能核验。',
  },
} as const satisfies Readonly<Record<string, Sentence>>
