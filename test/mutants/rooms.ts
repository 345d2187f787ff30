/** The rooms whose source is changed, and the tests that are asked about it: few, so that the answer comes soon. */
export const ROOMS = {
  // A handler checks the options of answer by their names; a catalog is made by defineCatalog of error.
  answer: ['answer', 'handler'],
  handler: ['handler', 'contract'],
  error: ['error', 'catalog'],
  catalog: ['catalog', 'error'],
  locale: ['locale'],
  identify: ['identify'],
} as const

export type Room = keyof typeof ROOMS
