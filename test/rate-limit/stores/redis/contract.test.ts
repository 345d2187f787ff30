import { afterAll, beforeAll, describe, test } from 'vitest'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import { storeContract } from '../../../../src/testing/store-contract.ts'
import { iovalkey, libraries, untilReady, type Client } from './clients.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'

onServers('contract.test.ts', 'the contract of stores', (startServer) => {
  let server: RedisServer

  beforeAll(async () => {
    server = await startServer()
  })

  afterAll(() => server.stop())

  // Most cases wait for a window.
  describe.concurrent.each([...libraries, iovalkey])('$name', ({ connect }) => {
    let client: Client

    beforeAll(async () => {
      client = connect(server.port)
      await untilReady(client)
    })

    afterAll(() => client.end())

    const createStore = () => redisStore(client.client, { timeout: '10s' })
    for (const { title, run } of storeContract(createStore)) test(title, run)
  })
})
