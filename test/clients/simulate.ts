/**
 * Prints how fifty clients get through a limit of twenty requests a second that is counted in Redis, by how they repeat.
 *
 *     npm run simulate:clients
 */
import { create as createAxios } from 'axios'
import axiosRetry from 'axios-retry'
import got from 'got'
import { Redis } from 'ioredis'
import ky from 'ky2'
import { ofetch } from 'ofetch'
import { axiosRetryOptions, createClient, createReader, ofetchErrors } from '../../src/client/index.ts'
import { startRedis } from '../rate-limit/stores/redis/redis-server.ts'
import { passageOf } from './fleet.ts'

const CLIENTS = 50
const ATTEMPTS = 8

/** Does as it is told, to the second. */
async function obedient(url: string): Promise<unknown> {
  const response = await fetch(url)
  if (response.ok) return response.json()
  await response.body?.cancel()
  await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get('Retry-After')) * 1000))
  return obedient(url)
}

function withAxiosRetry(url: string): Promise<unknown> {
  const http = createAxios()
  axiosRetry(http, { ...axiosRetryOptions(createReader()), retries: ATTEMPTS - 1 })
  return http.get(url)
}

const WAYS: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  'fetch, Retry-After to the second': obedient,
  'ky 2, by its own rules': (url) => ky.get(url, { retry: ATTEMPTS - 1 }).json(),
  'got, by its own rules': (url) => got.get(url, { retry: { limit: ATTEMPTS - 1 } }).json(),
  'ofetch, by its own rules': (url) => ofetch(url, { retry: ATTEMPTS - 1 }),
  'the client': (url) => createClient({ retry: { attempts: ATTEMPTS } }).fetch(url),
  'axios-retry, axiosRetryOptions': withAxiosRetry,
  'ofetch, ofetchErrors': (url) => ofetch(url, { ...ofetchErrors(createReader()), retry: ATTEMPTS - 1 }),
}

const server = await startRedis()
const redis = new Redis(server.port, '127.0.0.1')

console.log('how                               served  requests  seconds  most in 25 ms')
for (const [name, ask] of Object.entries(WAYS)) {
  const { served, requests, seconds, herd } = await passageOf(redis, CLIENTS, ask)
  const figures = [
    `${served}`.padStart(6),
    `${requests}`.padStart(8),
    seconds.toFixed(1).padStart(7),
    `${herd}`.padStart(13),
  ]
  console.log(`${name.padEnd(32)}  ${figures.join('  ')}`)
}

redis.disconnect()
await server.stop()
