import express, { type RequestHandler } from 'express'
import { expect, test } from 'vitest'
import { reference } from '../../../src/adapters/express/index.ts'
import { serving } from '../../support/apps.ts'
import { manyErrors } from './tea-shop.ts'

const PATHS = ['/errors/', '/errors/10002']
const ROUNDS = 5
const REQUESTS = 40

/** The time of requests that find the page made, in the best of some rounds: a busy machine only adds to it. */
async function timeOf(address: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    for (let sent = 0; sent < REQUESTS; sent++) {
      const response = await fetch(address)
      await response.arrayBuffer()
    }
    times.push(performance.now() - begin)
  }
  return Math.min(...times)
}

test('a page costs at most twice a constant answer of its size', async () => {
  const constants = new Map<string, string>()
  const constant: RequestHandler = (request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    response.end(constants.get(request.url))
  }
  const app = express()
  app.use('/constant', constant)
  app.use('/errors', reference({ catalog: manyErrors(100) }))
  await serving(app, async (port) => {
    const origin = `http://127.0.0.1:${port}`
    for (const path of PATHS) {
      constants.set(path, await (await fetch(origin + path)).text())
      const page = await timeOf(origin + path)
      expect(page).toBeLessThan(2 * (await timeOf(`${origin}/constant${path}`)))
    }
  })
})
