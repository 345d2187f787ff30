import type { Answers } from '../answers/answers.ts'
import type { Links } from './links.ts'
import type { Site } from './site.ts'
import type { Words } from './words.ts'

/** A site as a page of it shows it: in one language, from one address. */
export interface View {
  readonly site: Site
  readonly answers: Answers
  /** The language of the errors' texts. */
  readonly locale: string
  readonly words: Words
  readonly links: Links
}
