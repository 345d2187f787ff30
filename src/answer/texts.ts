import type { Catalog } from '../catalog/catalog.ts'
import type { Entry } from '../catalog/entry.ts'
import type { Fillings } from '../catalog/template.ts'
import type { RequestFacts } from './facts.ts'

/** The texts of an entry in one language. */
export interface LocalizedTexts {
  /** The language of `message`. */
  readonly locale: string
  readonly message: string
  readonly title: string | undefined
  readonly description: string | undefined
  readonly action: string | undefined
}

/** Finds the texts of an entry in the language that the client wants most. */
export type Localize = (
  catalog: Catalog,
  entry: Entry,
  params: Fillings,
  wanted: Pick<RequestFacts, 'acceptLanguage' | 'locale'>,
) => LocalizedTexts
