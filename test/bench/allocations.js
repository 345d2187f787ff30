// Counts the bytes that one error allocates, which depend less on the machine than times do:
// `node --expose-gc <flags for a large young generation> allocations.js <folder of the modules> <their extension>`.
import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'

const [folder, extension] = process.argv.slice(2)
const load = (module) => import(pathToFileURL(`${folder}/${module}.${extension}`))
const { BizError, defineCatalog } = await load('index')
const { catalog } = await load('catalogs/cloud-waf')
const { createResponder } = await load('handler/responder')

const shop = defineCatalog({
  name: 'shop',
  errors: { 10002: { status: 409, message: 'Only {{left}} of {{product}} left' } },
})
const foreign = Object.assign(new Error('duplicate key'), { code: 'NO_SUCH_CODE' })
const answer = createResponder({ catalog, logger: { error: () => {} } }, () => ({
  method: 'GET',
  route: '/users/:id',
}))

const facts = {
  requestId: 'req_abc',
  accept: undefined,
  acceptLanguage: 'de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7',
  encoded: false,
  contentType: undefined,
  clientGone: false,
  vary: undefined,
  retryAfter: undefined,
  locale: undefined,
}
const SENT = { sent: true, clientGone: false, cut: false }

function handle(thrown) {
  const answered = answer(thrown, facts, undefined)
  answered.report(SENT)
  return answered.body.length
}

const CASES = {
  'a code': () => handle(new BizError(1006)),
  'a code with params': () => handle(new shop.BizError(10002, { params: { left: 3, product: 'tea' } })),
  'a foreign error that nobody knows': () => handle(foreign),
}

const ERRORS = 2_000
const BATCHES = 5
const WARM_BATCHES = 8
// Milliseconds after which a collection has been told of.
const OBSERVED = 5

let collections = 0
new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ['gc'] })

/** Runs one batch and returns the bytes it left, which are all that it allocated: nothing was collected. */
async function measureBatch(run) {
  globalThis.gc()
  await setTimeout(OBSERVED)
  collections = 0
  const before = getHeapStatistics().used_heap_size
  for (let index = 0; index < ERRORS; index++) run()
  const bytes = getHeapStatistics().used_heap_size - before
  await setTimeout(OBSERVED)
  if (collections > 0) throw new Error('The young generation is too small: something was collected.')
  return bytes / ERRORS
}

const results = []
for (const [title, run] of Object.entries(CASES)) {
  for (let index = 0; index < WARM_BATCHES; index++) await measureBatch(run)
  const batches = []
  for (let index = 0; index < BATCHES; index++) batches.push(await measureBatch(run))
  batches.sort((a, b) => a - b)
  results.push({
    title,
    bytes: Math.round(batches[(BATCHES - 1) / 2]),
    min: Math.round(batches[0]),
    max: Math.round(batches.at(-1)),
  })
}

/** The bytes that each code of a large catalog holds as long as the process lives. */
function measureKept(codes) {
  const definition = { name: 'many', errors: {} }
  for (let index = 0; index < codes; index++) {
    definition.errors[100_000 + index] = { status: 409, message: 'Something is wrong' }
  }
  globalThis.gc()
  const before = getHeapStatistics().used_heap_size
  const catalog = defineCatalog(definition)
  globalThis.gc()
  return { bytes: Math.round((getHeapStatistics().used_heap_size - before) / codes), catalog }
}
const { bytes } = measureKept(10_000)
results.push({ title: 'a code of a catalog, for good', bytes, min: bytes, max: bytes })
console.log(JSON.stringify(results))
