import { SetupError, show } from '../guard/setup-error.ts'
import { parseLocale } from './match.ts'

/**
 * Refuses a language that is not named by its BCP 47 tag.
 *
 * @param where - what holds it: a folder, an option
 */
export function checkTag(locale: string, where: string): void {
  const tag = parseLocale(locale)?.tag
  if (tag === locale) return
  const remedy = tag === undefined ? "Use BCP 47 tags such as 'zh-CN'" : `Rename it to ${show(tag)}`
  throw new SetupError(`${where} holds the language ${show(locale)}. ${remedy}.`)
}
