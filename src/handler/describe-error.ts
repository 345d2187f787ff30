import { catalog as http } from '../catalogs/http.ts'
import { isCatalog, type Catalog } from '../catalog/catalog.ts'
import { describeState, detailsOf } from '../answer/description.ts'
import type { Localize } from '../answer/texts.ts'
import { createConceal } from '../answer/conceal.ts'
import type { ErrorDescription } from '../catalog/envelope.ts'
import { identify } from '../identify/identify.ts'
import { readOwn } from '../guard/own.ts'
import { recognize } from '../identify/recognize.ts'
import { createLocalize } from '../locale/localize.ts'

/** What `describeError` can be told. */
export interface DescribeErrorOptions {
  /** The language of the texts: a BCP 47 tag or an Accept-Language header. @default that of the catalog's texts */
  readonly locale?: string | undefined
  /** Serves foreign errors. @default `http`, whose codes are the statuses */
  readonly catalog?: Catalog | undefined
}

const conceal = createConceal(http)

const NO_REQUEST = { encoded: false, contentType: undefined, authorization: undefined, clientGone: false }

const ignore = (): void => {}
const recognition = { rules: [], recognize, warn: ignore }

let made: Localize | undefined

/** Made when first needed: importing the package looks at no file. */
function localizer(): Localize {
  return (made ??= createLocalize({ catalog: http, warn: ignore }))
}

/**
 * Describes an error that is reported rather than answered: an item of a batch, a webhook delivery, a WebSocket
 * frame, a job in a queue. Texts come from the locales of the error's catalog. What a handler conceals it does not
 * know: name the code to show with `as` in the throw.
 *
 * @example
 * describeError(new BizError('webhook_delivery_timeout'), { locale: 'de' })
 */
export function describeError(error: unknown, options: DescribeErrorOptions = {}): ErrorDescription {
  const catalog = readOwn(options, 'catalog')
  const locale = readOwn(options, 'locale')
  const seen = conceal(identify(error, isCatalog(catalog) ? catalog : http, recognition, NO_REQUEST))
  const localize = localizer()
  const texts = localize(seen.catalog, seen.entry, seen.params, {
    locale: undefined,
    acceptLanguage: typeof locale === 'string' ? locale : undefined,
  })
  const description = describeState(seen, texts, {
    status: seen.status,
    requestId: undefined,
    details: detailsOf(seen, texts.locale, { localize, revealValues: false }),
    docs: undefined,
  })
  return withoutUndefined(description)
}

/** Leaves out what is not there, so that a stored description holds nothing but facts. */
function withoutUndefined(description: ErrorDescription): ErrorDescription {
  return Object.fromEntries(
    Object.entries(description).filter(([, value]) => value !== undefined),
  ) as unknown as ErrorDescription
}
