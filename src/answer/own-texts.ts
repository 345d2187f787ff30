import type { Catalog } from '../catalog/catalog.ts'
import type { Localize, LocalizedTexts } from './texts.ts'
import type { Entry } from '../catalog/entry.ts'
import { compileTemplate, type Fillings } from '../catalog/template.ts'

/** The texts of an entry as its author wrote them. They need no look-up, so that nothing can fail. */
export function ownTexts(catalog: Catalog, entry: Entry, params: Fillings): LocalizedTexts {
  const fill = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : compileTemplate(text)(params)
  return {
    // The generic texts stand in English in the code, whatever language the catalog is in.
    locale: entry.namespace === catalog.name ? catalog.sourceLocale : 'en',
    message: compileTemplate(entry.message)(params),
    title: fill(entry.title),
    description: fill(entry.description),
    action: fill(entry.action),
  }
}

/** Makes a look-up that finds the author's own texts where another one fails: translations are the app's, and a plugin's. */
export function orOwnTexts(localize: Localize, warn: (message: string, error: unknown) => void): Localize {
  return (catalog, entry, params, wanted) => {
    try {
      return localize(catalog, entry, params, wanted)
    } catch (error) {
      warn("No translation could be looked up; the catalog's own text was sent", error)
      return ownTexts(catalog, entry, params)
    }
  }
}
