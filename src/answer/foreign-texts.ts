import type { BizErrorState } from '../error/state.ts'
import type { LocalizedTexts, Localize } from './texts.ts'

/**
 * Finds the texts of an error. The message of a foreign error stands as it is, in no language but that of the app: the
 * catalog's own. All other texts are in that one, too.
 */
export function textsOf(
  { catalog, entry, params, message }: BizErrorState,
  localize: Localize,
  wanted: Parameters<Localize>[3],
): LocalizedTexts {
  if (message === undefined) return localize(catalog, entry, params, wanted)
  const locale = catalog.sourceLocale
  return { ...localize(catalog, entry, params, { locale, acceptLanguage: undefined }), message, locale }
}
