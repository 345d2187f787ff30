import { SetupError, show } from '../../guard/setup-error.ts'
import type { LintTerm } from '../cli/config.ts'
import type { Term } from './rule.ts'

/**
 * Compiles the list of terms.
 *
 * @throws SetupError - for a pattern that is none
 */
export function compileTerms(terms: Readonly<Record<string, LintTerm>>): readonly Term[] {
  return Object.entries(terms).map(([name, { source, isOnly = false, translations }]) => {
    const where = `lint.terms, ${name}`
    return {
      name,
      source: source === undefined ? wordOf(name) : compile(`${where}, source`, source),
      isOnly,
      translations: new Map(
        Object.entries(translations).map(([locale, pattern]) => [
          locale,
          compile(`${where}, translations.${locale}`, pattern),
        ]),
      ),
    }
  })
}

/** The term itself, as a whole word, in singular or plural. */
function wordOf(name: string): RegExp {
  return new RegExp(String.raw`\b${name.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}s?\b`, 'iu')
}

function compile(where: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'iu')
  } catch (error) {
    throw new SetupError(
      `${where} is ${show(pattern)}, which is no regular expression: ${(error as Error).message}`,
    )
  }
}
