import { preferredType } from '../../answer/accept.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { boundedMemo } from '../../guard/memo.ts'
import { SetupError, show } from '../../guard/setup-error.ts'
import { completeOptions, type HandlerOptions } from '../../handler/options.ts'
import { createChooser } from '../../locale/language/choose.ts'
import { parseFallbacks } from '../../locale/language/fallbacks.ts'
import { createLocalize, onChange } from '../../locale/localize.ts'
import { createAnswers } from '../answers/create.ts'
import { createDump } from '../dump/create.ts'
import { writeDump } from '../dump/write.ts'
import { assetsOf } from './assets/files.ts'
import { unknownHidden } from './hidden.ts'
import { writeEntryPage } from './html/entry-page.ts'
import { createIndexPage } from './html/index-page.ts'
import { writeJsonIndex, writeJsonPage } from './json.ts'
import { writeMarkdownIndex, writeMarkdownPage } from './markdown/markdown.ts'
import { REFERENCE_CHECKS, type ReferenceOptions } from './options.ts'
import { createPageCache } from './page-cache.ts'
import { publicDump } from './public-dump.ts'
import {
  prepareCatalog,
  preparePage,
  redirectTo,
  replyWith,
  type Prepared,
  type ReferenceReply,
} from './replies.ts'
import { CATALOG_FILE, formId, servedLinks, type Form, type Format } from './served-links.ts'
import { createSite, nameOf, type Page, type SiteOptions } from './site.ts'
import type { View } from './view.ts'
import { createWords } from './words.ts'

/** What is known of a request for a page, read by an adapter. */
export interface ReferenceRequest {
  readonly method: string | undefined
  /** Path and query below the place of the pages, as they were sent: `/10001?lang=de`. */
  readonly url: string
  /** Path and query as the client has sent them: `/errors/10001?lang=de`. */
  readonly sentUrl: string
  readonly accept: string | undefined
  readonly acceptLanguage: string | undefined
  readonly ifNoneMatch: string | undefined
}

/** Answers with a page. Undefined where there is none, so that the app goes on. */
export type Reference = (request: ReferenceRequest) => ReferenceReply | undefined

const TYPES: Readonly<Record<Format, string>> = {
  html: 'text/html',
  md: 'text/markdown',
  json: 'application/json',
}
const FORMATS = Object.keys(TYPES) as readonly Format[]
const MEDIA_TYPES = Object.values(TYPES)

/** Browsers send the same few, and clients can send any number. */
const MAX_ACCEPTS = 1000
const formatFor = boundedMemo(
  MAX_ACCEPTS,
  (accept) => FORMATS[preferredType(accept || undefined, MEDIA_TYPES)]!,
)

/** Of all pages that are held. */
const MAX_BYTES = 16 * 1024 * 1024
/** Of those whose rows are held for queries. */
const MAX_INDEXES = 4
const MAX_QUERY = 200

/**
 * Makes what answers with the pages of a catalog's errors.
 *
 * @throws SetupError - when an option is wrong, or texts cannot be read
 */
export function createReference<TRequest>(given: ReferenceOptions<Catalog, TRequest>): Reference {
  const { title, hide, ...handler } = completeOptions('reference', given, REFERENCE_CHECKS)
  const make = (): Pages => createPages(handler, { title, hide })
  // Now, so that a mistake shows at creation.
  let pages: Pages | undefined = make()
  const { i18n } = handler
  if (i18n !== undefined) {
    onChange(i18n, () => {
      pages = undefined
    })
  }

  return (request) => {
    const { method, sentUrl } = request
    if (method !== 'GET' && method !== 'HEAD') return undefined
    const url = withoutOrigin(request.url)
    const mark = url.indexOf('?')
    const path = mark === -1 ? url : url.slice(0, mark)
    if (!path.startsWith('/')) return undefined
    if (path === '/') {
      const [sentPath = '', ...sentQuery] = withoutOrigin(sentUrl).split('?')
      // Express 4 takes one slash of two away. Below them, what a page names is not found.
      if (sentPath.endsWith('//')) return undefined
      const name = withoutSlash(sentPath)
      if (name !== undefined) return redirectTo([`${name}/`, ...sentQuery].join('?'))
    }
    const query = mark === -1 ? NO_QUERY : new URLSearchParams(url.slice(mark + 1))
    return (pages ??= make())(path.slice(1), query, request)
  }
}

/** A proxy may be sent a whole address, and hand it on (RFC 9112, section 3.2.2). */
function withoutOrigin(url: string): string {
  return url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '')
}

const NO_QUERY = new URLSearchParams()

// RFC 3986, section 3.3, without the colon: a name that has one would be taken for an address.
const SEGMENT = /^[\w\-.~%!$&'()*+,;=@]+$/

/** The last segment of a path that lacks a slash at its end. */
function withoutSlash(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return path.startsWith('/') && SEGMENT.test(name) ? name : undefined
}

/** @param name - the rest of the path, as it was sent */
type Pages = (name: string, query: URLSearchParams, request: ReferenceRequest) => ReferenceReply | undefined

function createPages(
  handler: HandlerOptions<Catalog, never> & { readonly catalog: Catalog },
  options: SiteOptions,
): Pages {
  const { catalog, locales, i18n, i18nKey, fallbackLocale } = handler
  const dump = createDump(catalog, { handler })
  const [unknown] = unknownHidden(dump, options.hide ?? [])
  if (unknown !== undefined) {
    throw new SetupError(
      `Option hide holds ${show(unknown)}, which is no code or key of catalog ${catalog.name}. Name an error that it has.`,
    )
  }
  const site = createSite(dump, options)
  const answers = createAnswers(dump, handler)
  const rules = parseFallbacks(fallbackLocale)
  const last = rules.last.find((tag) => dump.locales.includes(tag)) ?? dump.sourceLocale
  const { choose } = createChooser(dump.locales, { ...rules, locale: last }, dump.sourceLocale)
  // What is wrong with them is told by the handler, whose texts they are.
  const localize = createLocalize({ catalog, locales, i18n, i18nKey, fallbackLocale })
  const wordsIn = createWords(localize, catalog)
  const { files } = assetsOf()
  const cached = createPageCache<Prepared>(MAX_BYTES, ({ whole }) => whole.body.length)
  const indexFor = createPageCache<ReturnType<typeof createIndexPage>>(MAX_INDEXES, () => 1)

  function write(page: Page | undefined, form: Form, query: string): Prepared {
    const { format, locale } = form
    const view = { site, answers, locale, words: wordsIn(locale), links: servedLinks(site, page, form) }
    return preparePage(writeText(view, page, form, query), TYPES[format], locale)
  }

  function writeText(view: View, page: Page | undefined, form: Form, query: string): string {
    const { format } = form
    if (page !== undefined) {
      if (format === 'html') return writeEntryPage(view, page)
      return format === 'md' ? writeMarkdownPage(view, page) : writeJsonPage(view, page)
    }
    if (format === 'html') return indexFor(formId(form), () => createIndexPage(view))(query)
    return format === 'md' ? writeMarkdownIndex(view, query) : writeJsonIndex(view, query)
  }

  return (name, query, { accept, acceptLanguage, ifNoneMatch }) => {
    const asset = files.get(name)
    if (asset !== undefined) return replyWith(asset, ifNoneMatch)
    if (name === CATALOG_FILE) {
      return replyWith(
        cached(CATALOG_FILE, () => prepareCatalog(writeDump(publicDump(site)))),
        ifNoneMatch,
      )
    }
    const page = name === '' ? undefined : (site.pages.get(name) ?? site.pages.get(canonical(name)))
    if (name !== '' && page === undefined) return undefined
    const lang = tagOf(query.get('lang'))
    const named = FORMATS.find((format) => format === query.get('format'))
    const form: Form = {
      format: named ?? formatFor(accept ?? ''),
      locale: choose({ locale: lang, acceptLanguage }),
      isFormatNamed: named !== undefined,
      isLocaleNamed: lang !== undefined,
    }
    const searchedFor = page === undefined ? (query.get('q') ?? '').trim().slice(0, MAX_QUERY) : ''
    const prepared =
      searchedFor === ''
        ? cached(`${formId(form)} ${page?.name ?? ''}`, () => write(page, form, ''))
        : write(page, form, searchedFor)
    return replyWith(prepared, ifNoneMatch)
  }
}

/** A name as pages have it, however the client has written it. Empty for what is none. */
function canonical(name: string): string {
  try {
    return name.includes('/') ? '' : nameOf(decodeURIComponent(name))
  } catch {
    return ''
  }
}

// RFC 5646, section 2.1, or as ICU writes it.
const TAG = /^[a-z]{2,8}(?:[-_][a-z0-9]{1,8}){0,4}$/i

function tagOf(lang: string | null): string | undefined {
  return lang !== null && TAG.test(lang) ? lang : undefined
}
