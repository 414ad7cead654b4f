/** Why an event, a line or a file was not taken. */
export const refusals = {
  'refused.not-json': { en: 'the line is not JSON', zh: '该行不是有效的 JSON' },
} as const
