import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { BizError } from '../../src/catalogs/cloud-waf.ts'
import { converse, keepAlive } from '../support/converse.ts'
import type { Served } from '../support/served.ts'
import { standardAnswer } from '../support/standard-answer.ts'

export const conflict = { code: 1006, message: 'Username already exists' }
export const internal = { code: 500, message: 'Internal server error' }
export const missing = { code: 404, message: 'Resource not found' }

/** The bytes of an error answer over a connection that is kept. */
export function wholeAnswer(status: number, body: object, isHead = false): string {
  return standardAnswer(status, body, { isKept: true, isHead })
}

export const whole = {
  conflict: wholeAnswer(409, conflict),
  internal: wholeAnswer(500, internal),
  missing: wholeAnswer(404, missing),
}

export const ID = ['X-Request-ID: probe-1']

/** Sends one request over a kept connection and waits for exactly these bytes. */
export async function expectAnswer(
  { port }: Served,
  answer: string,
  request = keepAlive('/', ID),
): Promise<void> {
  const talk = await converse(port, request)
  await talk.until((text) => text.length >= answer.length, 'a whole answer')
  await sleep(20)
  expect(talk.text()).toBe(answer)
  talk.socket.destroy()
}

export async function expectAlive({ port }: Served): Promise<void> {
  const talk = await converse(port, keepAlive('/nowhere', ID))
  await talk.until((text) => text.endsWith(JSON.stringify(missing)), 'G1: the next request is answered')
  talk.socket.destroy()
}

/** One report and one line of the log for one error, with the request's id. */
export async function expectReported(
  { reported, reports, log }: Served,
  { sent, level, error }: { sent: boolean; level: string; error?: unknown },
): Promise<void> {
  await expect.poll(() => reports.filter(({ status }) => status !== 404).length, { interval: 5 }).toBe(1)
  await sleep(30)
  await reported(reports.length)
  const ours = reports.filter(({ status }) => status !== 404)
  expect(ours.map(({ requestId, sent }) => ({ requestId, sent }))).toEqual([{ requestId: 'probe-1', sent }])
  if (error !== undefined) expect(ours[0]!.error).toBe(error)
  const lines = log.filter(([, record]) => record['status'] !== 404)
  expect(lines.map(([level, record]) => [level, record['requestId'], record['sent']])).toEqual([
    [level, 'probe-1', sent],
  ])
}

export const boom = new Error('secret-7')

export const fail = (): never => {
  throw new BizError(1006)
}
