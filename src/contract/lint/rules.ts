import type { Rule } from './rule.ts'
import { CHARACTER_RULES } from './rules/characters.ts'
import { CODE_RULES } from './rules/codes.ts'
import { COMPLETENESS_RULES } from './rules/completeness.ts'
import { FILE_RULES } from './rules/files.ts'
import { MISSING_RULES } from './rules/missing.ts'
import { PLACEHOLDER_RULES } from './rules/placeholders.ts'
import { PLURAL_RULES } from './rules/plurals.ts'
import { RETRY_RULES } from './rules/retry.ts'
import { PUNCTUATION_RULES } from './rules/style/punctuation.ts'
import { WIDTH_RULES } from './rules/style/width.ts'
import { WORD_RULES } from './rules/style/words.ts'
import { TRANSLATION_RULES } from './rules/translations.ts'

/** What `bizerror lint` looks for in catalogs and translations. */
export const RULES: readonly Rule[] = [
  ...RETRY_RULES,
  ...CODE_RULES,
  ...CHARACTER_RULES,
  ...COMPLETENESS_RULES,
  ...FILE_RULES,
  ...PLACEHOLDER_RULES,
  ...PLURAL_RULES,
  ...TRANSLATION_RULES,
  ...MISSING_RULES,
  ...PUNCTUATION_RULES,
  ...WIDTH_RULES,
  ...WORD_RULES,
]
