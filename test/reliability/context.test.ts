import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serving } from '../support/apps.ts'
import { frameworks } from '../support/frameworks.ts'
import { send } from '../support/raw.ts'

test.each(frameworks)(
  'Q06: logger and hooks are each told once, in the context of their request, on $name',
  async ({ listener }) => {
    const storage = new AsyncLocalStorage<string>()
    const told: string[] = []
    const tell = (what: string) => () => void told.push(`${what} of ${storage.getStore()}`)
    const app = listener({
      options: { logger: { error: tell('log') }, onAnswer: tell('answer'), onReport: tell('report') },
      routes: {
        '/': async () => {
          await sleep(1)
          throw new Error('x')
        },
      },
    })
    await serving(
      (request, response) => storage.run(request.url!, () => app(request, response)),
      async (port) => {
        await Promise.all(['/?a', '/?b'].map((path) => send(port, { path })))
        await expect.poll(() => told.length, { interval: 5 }).toBe(6)
        // What is told twice is told soon after.
        await sleep(10)
      },
    )
    expect(told.toSorted()).toEqual([
      'answer of /?a',
      'answer of /?b',
      'log of /?a',
      'log of /?b',
      'report of /?a',
      'report of /?b',
    ])
  },
)
