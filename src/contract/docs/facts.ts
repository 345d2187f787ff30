import type { ReferenceWord } from '../../locale/reference-words.ts'
import { paramText, type Params } from '../../catalog/template.ts'
import type { Answer } from '../answers/answers.ts'
import type { Item, Page } from './site.ts'
import type { View } from './view.ts'
import { durationIn, sectionName, statusText } from './wording.ts'

/** What else is to be known of an error at a glance. */
export type Mark = 'success' | 'retryable' | 'deprecated'

export function marksOf({ entry, isSuccess }: Item): readonly Mark[] {
  const marks: Mark[] = []
  if (isSuccess) marks.push('success')
  if (entry?.retryable) marks.push('retryable')
  if (entry?.deprecated) marks.push('deprecated')
  return marks
}

/** A line about an error: a text, or other errors. */
export interface Fact {
  readonly word: ReferenceWord
  readonly value: string | readonly Item[]
}

/** What is to be known of an error beside its texts. */
export function factsOf(view: View, page: Page, item: Item): readonly Fact[] {
  const { site, words } = view
  const { entry, isSuccess } = item
  const parent = entry?.parent === undefined ? undefined : site.byKey.get(entry.parent)
  const children = entry === undefined ? undefined : site.children.get(entry.key)
  const facts: Fact[] = [{ word: 'http_status', value: statusText(view, item.httpStatus) }]
  if (entry !== undefined && !isSuccess) {
    const word = entry.retryable ? 'can_be_retried_yes' : 'can_be_retried_no'
    facts.push({ word: 'can_be_retried', value: words.say(word) })
  }
  if (entry?.retryAfter !== undefined) {
    facts.push({ word: 'wait_before_retrying', value: durationIn(words.locale, entry.retryAfter) })
  }
  if (page.section.kind === 'module') facts.push({ word: 'module', value: sectionName(view, page.section) })
  if (parent !== undefined) facts.push({ word: 'more_general_error', value: [parent] })
  if (children !== undefined) facts.push({ word: 'more_specific_errors', value: children })
  return facts
}

/** The error to use instead of a deprecated one, if it says one that is shown. */
export function insteadOf({ site }: View, { entry }: Item): Item | undefined {
  return typeof entry?.deprecated === 'object' ? site.byKey.get(entry.deprecated.use) : undefined
}

/** What an app would answer. Undefined for the success, which is none. */
export function answerOf({ answers, locale }: View, { entry, status, isSuccess }: Item): Answer | undefined {
  if (isSuccess) return undefined
  if (entry === undefined) return answers.ofStatus(status, { locale })
  const [params] = entry.examples ?? []
  return answers.ofEntry(entry.key, { locale, params: params && plainParams(params) })
}

/** The values of an example, as a text shows them. */
export function plainParams(example: Readonly<Record<string, unknown>>): Params {
  return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, paramText(value)]))
}
