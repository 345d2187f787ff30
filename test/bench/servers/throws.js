import { BizError, defineCatalog } from '#bizerror'

const shop = defineCatalog({
  name: 'shop',
  errors: { 10002: { status: 409, message: 'Only {{left}} of {{product}} left' } },
  locales: {
    de: { shop: { 10002: { message: 'Nur noch {{left}} von {{product}}' } } },
    'zh-TW': { shop: { 10002: { message: '{{product}}只剩{{left}}' } } },
  },
})

/** What the servers with this package throw. */
export const THROWS = {
  constant: () => new BizError(1006),
  params: () => new shop.BizError(10002, { params: { left: 3, product: 'tea' } }),
}

/** A throw with `count` facts for the client. */
export function withDetails(count) {
  const fields = Array.from({ length: count }, (_, index) => ({
    path: `items.${index}.price`,
    code: 'too_small',
  }))
  return () => new BizError(1006, { details: { fields } })
}

/** A throw of a catalog in `count` languages. */
export function withLanguages(count) {
  const texts = { many: { 1: { message: 'Benutzername bereits vergeben' } } }
  const many = defineCatalog({
    name: 'many',
    errors: { 1: { status: 409, message: 'Username already exists' } },
    locales: Object.fromEntries(languages(count - 1).map((language) => [language, texts])),
  })
  return () => new many.BizError(1)
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('')

/** German, and whatever else has the form of a language. */
function languages(count) {
  const pairs = LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
  const tags = pairs.filter((tag) => tag !== 'de' && tag !== 'en' && Intl.getCanonicalLocales(tag)[0] === tag)
  return ['de', ...tags].slice(0, count)
}

/** A limit in memory with room for every request of a run. */
export const LIMIT = { policies: [{ name: 'hour', limit: 1_000_000_000, window: '1h' }] }
