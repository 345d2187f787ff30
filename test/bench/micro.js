// The steps of an error, one by one. Loops are warm and know one shape: a stack costs a server four times what it
// costs here.
import { IncomingMessage, ServerResponse } from 'node:http'
import createError from 'http-errors'
import { bench, do_not_optimize as keep, run, summary } from 'mitata'
import { BizError, describeError } from '#bizerror/parts/index.js'
import { readFacts } from '#bizerror/parts/adapters/node/facts.js'
import { writeReply } from '#bizerror/parts/adapters/node/reply.js'
import { catalog } from '#bizerror/parts/catalogs/cloud-waf.js'
import { ENVELOPES } from '#bizerror/parts/catalog/envelope.js'
import { identify } from '#bizerror/parts/identify/identify.js'
import { toJson } from '#bizerror/parts/guard/plain.js'
import { NO_PARAMS } from '#bizerror/parts/error/state.js'
import { recognize } from '#bizerror/parts/identify/recognize.js'
import { createResponder } from '#bizerror/parts/handler/responder.js'
import { createChooser } from '#bizerror/parts/locale/choose.js'
import { createLocalize } from '#bizerror/parts/locale/localize.js'
import { createI18n } from './servers/i18n.js'
import { LOCALES } from './servers/job.js'
import { THROWS } from './servers/throws.js'

const USUAL = 'de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7'
const silent = { error: () => {} }

summary(() => {
  bench('construct: Error', () => keep(new Error('Username already exists')))
  bench('construct: BizError', () => keep(THROWS.constant()))
  bench('construct: BizError of a 5xx code, with its stack', () => keep(new BizError(500)))
  bench('construct: BizError with params', () => keep(THROWS.params()))
  bench('construct: http-errors', () => keep(createError(409, 'Username already exists', { code: 1006 })))
})
const facts = readFacts(request(), new ServerResponse(request()))
const recognition = { rules: [], recognize, warn: () => {} }
const THROWN = {
  'a BizError': new BizError(1006),
  'a foreign error that is known': createError(404),
  'a foreign error that nobody knows': new Error('duplicate key'),
}
summary(() => {
  for (const [what, thrown] of Object.entries(THROWN)) {
    bench(`identify: ${what}`, () => keep(identify(thrown, catalog, recognition, facts)))
  }
})

const choose = createChooser(LOCALES, 'en')
const wanted = (acceptLanguage) => ({ locale: undefined, acceptLanguage })
let headers = 0
const nextHeader = () => `de-AT,de;q=0.${++headers},en;q=0.7`
const HOSTILE = 'a,'.repeat(2048)
summary(() => {
  bench('language: seen before', () => keep(choose(wanted(USUAL))))
  bench('language: never seen', () => keep(choose(wanted(nextHeader()))))
  bench('language: one of a thousand', () =>
    keep(choose(wanted(`de-AT,de;q=0.${headers++ % 1000},en;q=0.7`))),
  )
  bench('language: 4 KB of ranges', () => keep(choose(wanted(HOSTILE))))
})

const localize = createLocalize({ catalog, warn: () => {} })
const withParams = identify(THROWS.params(), catalog, recognition, facts)
const entry = catalog.get(1006)
const t = createI18n().getFixedT('de')
summary(() => {
  bench('text: of a code', () => keep(localize(catalog, entry, NO_PARAMS, wanted(USUAL))))
  bench('text: with params', () =>
    keep(localize(withParams.catalog, withParams.entry, withParams.params, wanted(USUAL))),
  )
  bench("text: i18next's fixed t", () => keep(t('1006.message')))
})

const description = describeError(THROWN['a BizError'], { locale: 'de' })
summary(() => {
  for (const [name, { error }] of Object.entries(ENVELOPES)) {
    bench(`envelope: ${name}`, () => keep(toJson(error(description))))
  }
})

const answer = createResponder({ catalog, logger: silent }, () => ({ method: 'GET', route: '/' }))
const reply = answer(THROWN['a BizError'], facts, undefined)

function request() {
  return Object.assign(new IncomingMessage(), {
    method: 'GET',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    complete: true,
  })
}

const asked = request()
function limited() {
  const response = new ServerResponse(asked)
  response.setHeader('X-Request-ID', 'req_abc')
  response.setHeader('X-RateLimit-Limit', 100)
  response.setHeader('X-RateLimit-Remaining', 99)
  response.setHeader('X-RateLimit-Reset', 1_700_000_000)
  return response
}
summary(() => {
  bench('headers: four set before, nothing else', () => keep(limited()))
  bench('headers: and facts read', () => keep(readFacts(asked, limited())))
  bench('headers: and written', () => keep(answerOn(limited())))
  bench('headers: written with nothing set before', () => keep(answerOn(new ServerResponse(asked))))
})
function answerOn(response) {
  return writeReply(response, reply, readFacts(asked, response))
}

bench('whole answer without a framework', () => {
  const answered = answer(THROWS.constant(), facts, undefined)
  answered.report({ sent: true, clientGone: false, cut: false })
  keep(answered)
})

await run()
