// Measures one size in a process of its own: `node --expose-gc scale-probe.js <folder of locales> <codes> <locale,...>`.
import { createInstance } from 'i18next'
import { readFileSync } from 'node:fs'
import { defineCatalog } from '#bizerror/parts/index.js'
import { createLocalize } from '#bizerror/parts/locale/localize.js'
import { NO_PARAMS } from '#bizerror/parts/error/state.js'

const [folder, size, tags] = process.argv.slice(2)
const codes = Array.from({ length: Number(size) }, (_, index) => 100_000 + 9 * index)
const locales = tags.split(',')

function heap() {
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed / 2 ** 20
}

/** Milliseconds and megabytes that something takes. */
function cost(make) {
  const before = heap()
  const start = performance.now()
  const made = make()
  const ms = performance.now() - start
  return { made, ms, mb: heap() - before }
}

let read = 0

/** Nanoseconds of one look-up: the median of nine times many. */
function nanoseconds(lookUp, times = 100_000) {
  const rounds = Array.from({ length: 9 }, () => {
    const start = performance.now()
    for (let index = 0; index < times; index++) read += lookUp(index).length
    return ((performance.now() - start) * 1e6) / times
  })
  return rounds.sort((a, b) => a - b)[4]
}

const catalog = cost(() =>
  defineCatalog({
    name: 'many',
    errors: Object.fromEntries(
      codes.map((code) => [code, { status: 409, message: `Something is wrong: ${code}` }]),
    ),
  }),
)
const entries = codes.map((code) => catalog.made.get(code))

function textIn(localize, entry, locale) {
  return localize(catalog.made, entry, NO_PARAMS, { locale: undefined, acceptLanguage: locale }).message
}

const warn = (message) => {
  throw new Error(message)
}
const first = cost(() => {
  const localize = createLocalize({ catalog: catalog.made, locales: folder, warn })
  textIn(localize, entries[0], locales[0])
  return localize
})
const rest = cost(() => {
  for (const locale of locales.slice(1)) textIn(first.made, entries[0], locale)
})

// A stride that is prime to the size comes by every code.
const STRIDE = 7919
const wander = (index) => (index * STRIDE) % codes.length

const hot = nanoseconds(() => textIn(first.made, entries[0], locales[0]))
const unseen = Math.min(codes.length - 1, 10_000)
const start = performance.now()
for (let index = 1; index <= unseen; index++) read += textIn(first.made, entries[index], locales[0]).length
const firstTime = ((performance.now() - start) * 1e6) / unseen
// Every code once, in one language after the other.
const textAt = (index) => textIn(first.made, entries[wander(index)], locales[index % locales.length])
for (const index of codes.keys()) read += textAt(index).length
const anywhere = nanoseconds(textAt)
const seen = heap()

const i18n = createInstance()
void i18n.init({
  initAsync: false,
  fallbackLng: false,
  resources: Object.fromEntries(
    locales.map((locale) => [
      locale,
      { many: JSON.parse(readFileSync(`${folder}/${locale}/many.json`, 'utf8')) },
    ]),
  ),
})
const fixed = locales.map((locale) => i18n.getFixedT(locale, 'many'))
const i18nextHot = nanoseconds(() => fixed[0](`${codes[0]}.message`))
const i18nextAnywhere = nanoseconds((index) =>
  fixed[index % locales.length](`${codes[wander(index)]}.message`),
)

if (read === 0) throw new Error('Nothing was read.')
const costOf = ({ ms, mb }) => ({ ms, mb })
console.log(
  JSON.stringify({
    catalog: costOf(catalog),
    first: costOf(first),
    rest: costOf(rest),
    seen,
    ns: { firstTime, hot, anywhere, i18nextHot, i18nextAnywhere },
  }),
)
