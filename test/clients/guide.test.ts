import { runInNewContext } from 'node:vm'
import { create as createAxios } from 'axios'
import axiosRetry from 'axios-retry'
import got from 'got'
import ky1 from 'ky'
import ky2 from 'ky2'
import { ofetch } from 'ofetch'
import createOpenapiClient from 'openapi-fetch'
import { describe, expect, test } from 'vitest'
import * as hooks from '../../src/client/index.ts'
import { pageOf } from '../docs/pages.ts'
import { failureOf } from '../support/failure-of.ts'
import { answering, ok, tells } from './answering.ts'
import { told } from './told.ts'

/** Runs the line that the guide has for a library, with what it names. */
function runLine(library: string, named: object): unknown {
  const [, line] = new RegExp(`^\\| ${library} +\\| \`(.*?)\``, 'm').exec(pageOf('front-end').text)!
  return runInNewContext(line!, { ...hooks, api, ...named })
}

const api = hooks.createReader()

type Get = (url: string) => Promise<unknown>

/** Each library as the guide has it. */
const libraries: Readonly<Record<string, () => Get>> = {
  axios() {
    const http = createAxios()
    runLine('axios', { http })
    return (url) => http.get(url)
  },
  'axios-retry'() {
    const http = createAxios()
    runLine('axios-retry', { http, axiosRetry })
    runLine('axios', { http })
    return (url) => http.get(url)
  },
  ofetch: () => runLine('ofetch', { ofetch }) as Get,
  'ky 1': () => runLine('ky', { ky: ky1 }) as Get,
  'ky 2': () => runLine('ky', { ky: ky2 }) as Get,
  got: () => runLine('got', { got }) as Get,
  'openapi-fetch'() {
    const http = createOpenapiClient<Record<string, { get: { responses: object } }>>()
    runLine('openapi-fetch', { http })
    return (url) => http.GET(url)
  },
}

describe.each(Object.entries(libraries))('the line of the guide for %s', (_name, library) => {
  test('lets a request that fails reject with the error that is told', async () => {
    await answering([ok, tells(10001, 404)], async ({ url }) => {
      const get = library()
      await get(url)
      const error = await failureOf(() => get(url))
      expect(told(error)).toEqual({ name: 'ApiError', status: 404, code: 10001, message: 'Told' })
    })
  })
})
