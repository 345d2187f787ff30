// The WAF itself: what it does, and the errors that it throws. No framework is named here.
import { BizError, catalog } from 'bizerror/catalogs/cloud-waf'
import { cooldown } from 'bizerror/rate-limit'
import { bodyOf } from '../body.ts'

/** What the error handler of each framework is given, and the pages of the errors. */
export const options = { catalog, docsUrl: '/errors/' } as const

/** Charts are dear to draw: no ten minutes hold more than two of a client. */
export const CHARTS = [
  { name: 'charts', limit: 2, window: '10m', algorithm: 'sliding', error: 4005 },
] as const

interface User {
  readonly id: number
  readonly username: string
  readonly password: string
  readonly locked: boolean
}

const PERMISSIONS = ['guard.domain.read', 'guard.domain.write']

/** Makes a WAF with some users and a key. Each of its methods returns the body of the answer. */
export function createCloudWaf() {
  const users: User[] = [
    { id: 1, username: 'admin', password: 'correct horse', locked: false },
    { id: 2, username: 'mallory', password: 'let me in', locked: true },
  ]
  const apiKeys = new Map([[7, { name: 'ci', revoked: false }]])
  const alerts = cooldown({ name: 'alert', window: '30s' })

  return {
    user(id: string) {
      const user = users.find((candidate) => candidate.id === Number(id))
      if (!user) throw new BizError(1001)
      return catalog.ok({ id: user.id, username: user.username })
    },

    addUser(sent: unknown) {
      const { username } = bodyOf(sent)
      if (typeof username !== 'string') throw new BizError(400)
      if (users.some((user) => user.username === username)) throw new BizError(1006)
      const user = { id: users.length + 1, username, password: '', locked: false }
      users.push(user)
      return catalog.ok({ id: user.id, username })
    },

    // Whoever guesses must not learn whether the name, the password or the lock was the cause: all three answer
    // as 1002. The log has the true code.
    login(sent: unknown) {
      const { username, password } = bodyOf(sent)
      const user = users.find((candidate) => candidate.username === username)
      if (!user) throw new BizError(1001, { as: 1002 })
      if (user.locked) throw new BizError(1003, { as: 1002 })
      if (user.password !== password) throw new BizError(1002)
      return catalog.ok({ token: 'a-session-token' })
    },

    addKey(sent: unknown) {
      const { name, scopes = [], expires_in_days: days = 30 } = bodyOf(sent)
      if (typeof name !== 'string' || name === '') throw new BizError(1055)
      if (Number(days) > 365) throw new BizError(1054)
      const beyond = [scopes].flat().filter((scope) => !PERMISSIONS.includes(String(scope)))
      if (beyond.length > 0) throw new BizError(1052, { details: { beyond } })
      const id = Math.max(...apiKeys.keys()) + 1
      apiKeys.set(id, { name, revoked: false })
      return catalog.ok({ id, name })
    },

    // Idempotent: revoking a key that is no longer there is no failure of the request, so the status is 200.
    revokeKey(id: string) {
      const key = apiKeys.get(Number(id))
      if (!key || key.revoked) throw new BizError(1051, { status: 200 })
      key.revoked = true
      return catalog.ok()
    },

    chart: (id: string) => catalog.ok({ id, points: [3, 1, 2] }),

    async sendAlert(id: string) {
      const retryAfter = await alerts.start(id)
      if (retryAfter > 0) throw new BizError(5008, { retryAfter })
      return catalog.ok()
    },
  }
}
