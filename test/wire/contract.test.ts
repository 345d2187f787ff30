import { describe, expect, test } from 'vitest'
import { asRead } from '../support/as-read.ts'
import { frameworks, listen } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'
import { cases } from './table.ts'

for (const { name, listener } of frameworks) {
  describe(name, () => {
    for (const { title, options, route, request, expected, but } of cases) {
      test(title, async () => {
        const { port, server } = await listen(
          listener({ ...(options && { options }), routes: route ? { '/': route } : {} }),
        )
        const response = await send(port, {
          path: '/',
          ...request,
          headers: { 'X-Request-ID': 't-1', ...request?.headers },
        })
        server.close()
        expect(response).toBe(asRead(but?.[name]?.expected ?? expected))
      })
    }
  })
}
