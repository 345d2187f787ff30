import type { UnderlyingSource } from 'node:stream/web'
import { expect, test } from 'vitest'
import { begun, withErrors } from '../../../src/adapters/web/index.ts'
import { BizError, catalog } from '../../../src/catalogs/cloud-waf.ts'
import { answer, ask, wholeOf } from './whole.ts'

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

function streaming(
  source: UnderlyingSource<Uint8Array<ArrayBuffer>>,
): (request: Request) => Promise<Response> {
  return withErrors(
    () => begun(new Response(new ReadableStream(source), { status: 201, headers: { 'X-Rows': 'many' } })),
    { catalog },
  )
}

test('a body that fails at once is an error like others', async () => {
  const fetch = streaming({
    pull() {
      throw new BizError(1006)
    },
  })
  expect(await wholeOf(await fetch(ask()))).toEqual(
    answer(409, { code: 1006, message: 'Username already exists' }),
  )
})

test('a body that begins is sent whole, with its status and headers', async () => {
  const parts = ['a', 'b', 'c']
  const fetch = streaming({
    pull(controller) {
      const part = parts.shift()
      if (part === undefined) controller.close()
      else controller.enqueue(bytes(part))
    },
  })
  expect(await wholeOf(await fetch(ask()))).toEqual({
    status: 201,
    headers: { 'x-rows': 'many' },
    body: 'abc',
  })
})

test('an empty body is sent as such', async () => {
  const fetch = streaming({ start: (controller) => controller.close() })
  expect(await wholeOf(await fetch(ask()))).toEqual({ status: 201, headers: { 'x-rows': 'many' }, body: '' })
})

test('a Response without a body is the one that is sent', async () => {
  const response = new Response(null, { status: 204 })
  expect(await begun(response)).toBe(response)
})

test('a body that fails later fails later', async () => {
  let count = 0
  const fetch = streaming({
    pull(controller) {
      if (count++ === 0) controller.enqueue(bytes('a'))
      else controller.error(new Error('late'))
    },
  })
  const response = await fetch(ask())
  expect(response.status).toBe(201)
  await expect(response.text()).rejects.toThrow('late')
})

test('a client that leaves ends the body', async () => {
  const reasons: unknown[] = []
  const fetch = streaming({
    pull: (controller) => controller.enqueue(bytes('a')),
    cancel: (reason) => void reasons.push(reason),
  })
  await (await fetch(ask())).body?.cancel('gone')
  expect(reasons).toEqual(['gone'])
})

test('no more of a body is read than is asked for', async () => {
  let count = 0
  const source = {
    pull: (controller: ReadableStreamDefaultController) => controller.enqueue(bytes(`${count++}`)),
  }
  const response = await begun(new Response(new ReadableStream(source, { highWaterMark: 0 })))
  expect(count).toBe(1)
  await response.body?.cancel()
})
