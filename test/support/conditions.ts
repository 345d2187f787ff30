import type { Code } from '../../src/catalog/code.ts'
import { CONDITIONS } from '../../src/catalog/condition.ts'
import { defineCatalog } from '../../src/error/define-catalog.ts'

const words = Object.keys(CONDITIONS)

/** A catalog whose codes are the conditions themselves, so that an answer shows what was recognized. */
export const conditionCatalog = defineCatalog({
  name: 'conditions',
  errors: {
    ...Object.fromEntries(
      Object.entries(CONDITIONS).map(
        ([word, status]) => [word, { status, message: `It is ${word}` }] as const,
      ),
    ),
    unrecognized: { status: 500, message: 'It is unrecognized' },
  },
  foreign: {
    byStatus: { 500: 'unrecognized' },
    byCondition: Object.fromEntries(words.map((word): [string, Code] => [word, word])),
  },
})
