// The routes that the page tries. Each throws as any route does; the answers are the error handler's.
import { errorHandler, notFound, rateLimit, requestId } from 'bizerror'
import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import express, { Router } from 'express'
import { z } from 'zod'
import { createCloudWaf, options as shared } from '../cloud-waf.ts'
import { createLog } from './log.ts'

/** As the WAF's, and Arabic, which the catalog does not have: a file is all that a language takes. */
export const options = { ...shared, locales: new URL('./locales/', import.meta.url) }

/** The shapes that a catalog can have, and an API that says everything with HTTP 200. */
const SHAPES = {
  flat: { envelope: 'flat' },
  nested: { envelope: 'nested' },
  'two-level': { envelope: 'two-level' },
  problem: { envelope: 'problem' },
  'always-200': { httpStatus: 200 },
} as const

const Account = z.object({
  username: z.string().min(3).max(20),
  email: z.email(),
  password: z.string().min(12),
})

const CHARTS = [{ name: 'charts', limit: 4, window: '15s', error: 4005 }] as const

export function createTrials(): Router {
  const waf = createCloudWaf()
  const log = createLog()
  const render = createRenderer()
  const logged = { ...options, onReport: log.write }

  const trials = Router()
  trials.use(requestId())
  trials.use(express.json())

  trials.get('/errors/:code', (req) => fail(req.params.code))

  for (const [name, shape] of Object.entries(SHAPES)) {
    const part = Router().get('/:code', (req) => fail(req.params.code))
    trials.use(`/${name}`, part, errorHandler({ ...logged, ...shape }))
  }

  trials.post('/users', (req, res) => {
    const { username, email } = Account.parse(req.body)
    waf.addUser({ username })
    res.json(catalog.ok({ username, email }))
  })

  trials.get(
    '/charts/:id',
    rateLimit({ catalog, policies: CHARTS, headers: { draft: 'draft-11' } }),
    (req, res) => {
      const points = Array.from({ length: 24 }, () => 10 + Math.floor(Math.random() * 90))
      res.json(catalog.ok({ id: req.params.id, points }))
    },
  )

  trials.post('/reports', (req, res) => {
    render(req.get('Idempotency-Key'))
    res.json(catalog.ok({ report: 'ready' }))
  })

  trials.post('/login', (req, res) => void res.json(waf.login(req.body)))

  trials.get('/log/:id', (req, res) => void res.json(log.read(req.params.id)))

  trials.use(notFound())
  trials.use(errorHandler(logged))
  return trials
}

function fail(code: string): never {
  const key = Number(code)
  throw new BizError(isKey(key) ? key : 404)
}

function isKey(code: number): code is keyof typeof catalog.$infer {
  return catalog.get(code) !== undefined
}

/** Fails twice for each order, which is told apart by its key; for an order without a key, always. */
function createRenderer(): (order: string | undefined) => void {
  const failures = new Map<string, number>()
  return (order) => {
    const failed = order === undefined ? 0 : (failures.get(order) ?? 0)
    if (failed === 2) return void failures.delete(order!)
    if (order !== undefined) failures.set(order, failed + 1)
    throw new BizError(8005, { retryAfter: 1, cause: new Error('The renderer is starting') })
  }
}
