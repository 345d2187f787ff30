import { setTimeout as sleep } from 'node:timers/promises'
import { Cluster, Redis } from 'ioredis'
import { createCluster } from 'redis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../support/free-port.ts'
import type { RedisClient } from '../../../../src/rate-limit/stores/redis/client.ts'
import { redisStore } from '../../../../src/rate-limit/stores/redis/redis-store.ts'
import type { Store } from '../../../../src/rate-limit/stores/store.ts'
import { limitOf, machine } from './clients.ts'
import { timed } from '../timed.ts'
import { onServers } from './on-servers.ts'
import type { RedisServer } from './redis-server.ts'

const SLOTS = 16_384

/** Makes three masters without replicas, each with a third of the slots. */
async function joinCluster(servers: readonly RedisServer[], buses: readonly number[]): Promise<void> {
  const nodes = servers.map(({ port }) => new Redis(port, '127.0.0.1'))
  for (const [index, node] of nodes.entries()) {
    const from = Math.floor((index * SLOTS) / 3)
    const to = Math.floor(((index + 1) * SLOTS) / 3) - 1
    await node.call('CLUSTER', 'ADDSLOTSRANGE', from, to)
    await node.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)
    await nodes[0]!.call('CLUSTER', 'MEET', '127.0.0.1', servers[index]!.port, buses[index]!)
  }
  while (!(await Promise.all(nodes.map(isJoined))).every(Boolean)) await sleep(50)
  for (const node of nodes) node.disconnect()
}

async function isJoined(node: Redis): Promise<boolean> {
  const info = await node.cluster('INFO')
  return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3')
}

onServers('cluster.test.ts', 'redisStore on a cluster of three nodes', (startServer) => {
  const servers: RedisServer[] = []
  let ioredis: Cluster
  let nodeRedis: ReturnType<typeof createCluster>
  let clients: readonly (readonly [name: string, client: RedisClient])[]

  beforeAll(async () => {
    const buses: number[] = []
    for (let node = 0; node < 3; node++) {
      buses.push(await freePort())
      const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']
      servers.push(await startServer([...settings, '--cluster-port', `${buses[node]}`]))
    }
    await joinCluster(servers, buses)
    ioredis = new Cluster(servers.map(({ port }) => ({ port, host: '127.0.0.1' })))
    nodeRedis = createCluster({
      rootNodes: servers.map(({ port }) => ({ socket: { port, host: '127.0.0.1' } })),
    })
    await nodeRedis.connect()
    await ioredis.ping()
    clients = [
      ['ioredis', ioredis],
      ['node-redis', nodeRedis],
    ]
  })

  afterAll(async () => {
    await Promise.all(servers.map(({ stop }) => stop()))
    ioredis.disconnect()
    nodeRedis.destroy()
  })

  async function keysOfNodes(pattern: string): Promise<readonly (readonly string[])[]> {
    return Promise.all(
      servers.map(async ({ port }) => {
        const node = new Redis(port, '127.0.0.1')
        const keys = await node.keys(pattern)
        node.disconnect()
        return keys
      }),
    )
  }

  test('M10: both clients count together on all nodes, exactly, and spread the keys', async () => {
    const stores = clients.map(([, client]) =>
      redisStore(client, { prefix: 'spread:', timeout: '10s' })([
        limitOf(10),
        limitOf(50, 'day', { name: 'day' }),
      ]),
    )
    const keys = Array.from({ length: 30 }, (_, i) => `client-${i}`)
    const answers = await Promise.all(
      keys.flatMap((key) => Array.from({ length: 20 }, async (_, i) => stores[i % 2]!.consume(key, 1))),
    )
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(300)
    const found = await keysOfNodes('spread:*')
    expect(found.map(({ length }) => length > 0)).toEqual([true, true, true])
    expect(found.flat().sort()).toEqual(keys.map((key) => `spread:1:{${key}}`).sort())
  })

  test('all that is kept of one client is on one node, whatever the limiter and the prefix', async () => {
    for (const key of ['a', 'a}b', '{a', '}', '{}', '%']) {
      for (const prefix of ['one:', 'two:', 'three:']) {
        await redisStore(ioredis, { prefix: `place-${prefix}`, timeout: '10s' })([limitOf(5)]).consume(key, 1)
      }
    }
    const found = await keysOfNodes('place-*')
    expect(found.flat()).toHaveLength(18)
    for (const keys of found) {
      const clientsHere = keys.map((key) => key.slice(key.indexOf('{')))
      for (const key of clientsHere) expect(clientsHere.filter((other) => other === key)).toHaveLength(3)
    }
  })

  test('a client cannot choose its node: braces in keys do not count as hash tags', async () => {
    const store = redisStore(nodeRedis, { prefix: 'tags:', timeout: '10s' })([limitOf(5)])
    for (let i = 0; i < 60; i++) await store.consume(`{x}${i}`, 1)
    const found = await keysOfNodes('tags:*')
    expect(found.flat()).toHaveLength(60)
    expect(found.map(({ length }) => length > 5)).toEqual([true, true, true])
  })

  test('M10: both clients peek, give back, block and reset on all nodes', async () => {
    const stores = clients.map(
      ([, client]) =>
        redisStore(client, { prefix: 'commands:', timeout: '10s' })([
          limitOf(10),
          limitOf(50, 'day', { name: 'day' }),
        ]) as Required<Store>,
    )
    for (const [index, store] of stores.entries()) {
      const other = stores[1 - index]!
      const remaining = async (key: string): Promise<unknown> => {
        const { standings } = await other.peek(key, 1)
        return standings.map((standing) => standing!.remaining)
      }
      for (let i = 0; i < 12; i++) {
        const key = `client-${index}-${i}`
        const { receipt } = await store.consume(key, 3)
        await store.consume(key, 1)
        await other.giveBack(key, 3, undefined, receipt)
        expect(await remaining(key)).toEqual([9, 49])
        await store.block(key, 60)
        expect((await other.consume(key, 1)).violated).toEqual([0, 1])
        await store.reset(key)
        expect(await remaining(key)).toEqual([10, 50])
      }
    }
  })

  test('N02: while a node is away, nobody is refused or waits; its keys are counted in it again afterwards', async () => {
    for (const [index, [name, client]] of clients.entries()) {
      const one = machine(client, [limitOf(1_000)], { prefix: `away-${name}:` })
      servers[index]!.pause()
      const times: number[] = []
      for (let i = 0; i < 30; i++) {
        const { allowed, ms } = await timed(one.store, `client-${i}`)
        expect(allowed, name).toBe(true)
        times.push(ms)
      }
      expect(Math.max(...times)).toBeLessThan(300)
      expect(one.changes[0]!.state).toBe('degraded')
      servers[index]!.resume()
      await expect
        .poll(async () => (await one.store.consume('probe', 1), one.store.degraded), { timeout: 10_000 })
        .toBe(false)
      one.store.close()
    }
  })
})
