/** The folders of tests whose libraries have an install of their own. */
export const APART = [
  'test/foreign',
  'test/frameworks',
  'test/frameworks/nest10',
  'test/clients',
  'test/observe',
] as const
