import { BizError, errorHandler, notFound, rateLimit, reference, requestId } from 'bizerror'
import { catalog } from 'bizerror/catalogs/cloud-waf'
import { cooldown } from 'bizerror/rate-limit'
import express, { type Express, type RequestHandler } from 'express'

interface User {
  readonly id: number
  readonly username: string
  readonly password: string
  readonly locked: boolean
}

const PERMISSIONS = ['guard.domain.read', 'guard.domain.write']

export function createApp(): Express {
  const users: User[] = [
    { id: 1, username: 'admin', password: 'correct horse', locked: false },
    { id: 2, username: 'mallory', password: 'let me in', locked: true },
  ]
  const apiKeys = new Map([[7, { name: 'ci', revoked: false }]])
  const alerts = cooldown({ name: 'alert', window: '30s' })

  const app = express()
  app.disable('x-powered-by')
  app.use(requestId())
  const options = { catalog, docsUrl: '/errors/' }
  app.use('/errors', reference({ ...options, title: 'Cloud WAF' }))
  app.use(express.json())

  app.get('/users/:id', (req, res) => {
    const user = users.find(({ id }) => id === Number(req.params.id))
    if (!user) throw new BizError(1001)
    res.json(catalog.ok({ id: user.id, username: user.username }))
  })

  app.post('/users', (req, res) => {
    const { username } = req.body ?? {}
    if (typeof username !== 'string') throw new BizError(400)
    if (users.some((user) => user.username === username)) throw new BizError(1006)
    const user = { id: users.length + 1, username, password: '', locked: false }
    users.push(user)
    res.json(catalog.ok({ id: user.id, username }))
  })

  // Whoever guesses must not learn whether the name, the password or the lock was the cause: all three answer
  // as 1002. The log has the true code.
  app.post('/login', (req, res) => {
    const { username, password } = req.body ?? {}
    const user = users.find((candidate) => candidate.username === username)
    if (!user) throw new BizError(1001, { as: 1002 })
    if (user.locked) throw new BizError(1003, { as: 1002 })
    if (user.password !== password) throw new BizError(1002)
    res.json(catalog.ok({ token: 'a-session-token' }))
  })

  app.post('/api-keys', (req, res) => {
    const { name, scopes = [], expires_in_days: days = 30 } = req.body ?? {}
    if (!name) throw new BizError(1055)
    if (days > 365) throw new BizError(1054)
    const beyond = [scopes].flat().filter((scope) => !PERMISSIONS.includes(scope))
    if (beyond.length > 0) throw new BizError(1052, { details: { beyond } })
    const id = Math.max(...apiKeys.keys()) + 1
    apiKeys.set(id, { name, revoked: false })
    res.json(catalog.ok({ id, name }))
  })

  // Idempotent: revoking a key that is no longer there is no failure of the request, so the status is 200.
  app.delete('/api-keys/:id', (req, res) => {
    const key = apiKeys.get(Number(req.params.id))
    if (!key || key.revoked) throw new BizError(1051, { status: 200 })
    key.revoked = true
    res.json(catalog.ok())
  })

  // Charts are dear to draw: no ten minutes hold more than two of a client.
  const chartLimit = rateLimit({
    catalog,
    policies: [{ name: 'charts', limit: 2, window: '10m', algorithm: 'sliding', error: 4005 }],
  })
  app.get('/charts/:id', chartLimit, (req, res) => {
    res.json(catalog.ok({ id: req.params.id, points: [3, 1, 2] }))
  })

  const debounce: RequestHandler<{ id: string }> = async (req, _res, next) => {
    const retryAfter = await alerts.start(req.params.id)
    if (retryAfter > 0) throw new BizError(5008, { retryAfter })
    next()
  }
  app.post('/alerts/:id/send', debounce, (_req, res) => {
    res.json(catalog.ok())
  })

  app.use(notFound())
  app.use(errorHandler(options))
  return app
}
