import { EventEmitter } from 'node:events'
import { expect, test, vi } from 'vitest'

test('M15: an answer of an error handler of another copy of the package is told with its code', async () => {
  const { onAnswered } = await import('../../src/report/answered.ts')
  vi.resetModules()
  const { noteAnswer } = await import('../../src/report/answered.ts')
  const response = Object.assign(new EventEmitter(), {
    statusCode: 401,
    headersSent: true,
    writeHead: () => {},
    end: () => {},
  })
  const told: unknown[] = []
  onAnswered(response, (...answer) => told.push(answer))
  noteAnswer(response, 401, 'LOGIN_FAILED')
  response.emit('close')
  expect(told).toEqual([[401, 'LOGIN_FAILED']])
})
