import { beforeAll, expect, test } from 'vitest'
import { readAnswer } from '../../support/answers.ts'
import { conditionCatalog } from '../../support/conditions.ts'
import { nestOf, runningOn, type NestVersion } from '../../support/nest-version.ts'
import { recorder } from '../../support/served.ts'
import { answerOf } from '../../support/stacks.ts'
import { conflict } from '../nest/apps.ts'

let nest: NestVersion
beforeAll(async () => {
  nest = await nestOf(import.meta.dirname)
})

test.each(['express', 'fastify'])('Nest 10 on platform-%s answers as Nest 11', async (platform) => {
  const adapters = nest.require(`@nestjs/platform-${platform}`) as Record<string, new () => never>
  const Adapter = adapters[platform === 'express' ? 'ExpressAdapter' : 'FastifyAdapter']!
  const { options, log } = recorder()
  const given = {
    ...options,
    catalog: conditionCatalog,
    rateLimit: { policies: [{ name: 'hour', limit: 9, window: '1h' }] },
  } as const
  await runningOn(
    nest,
    new Adapter(),
    given,
    () => fail(),
    async (ask) => {
      const taken = await ask('/', { headers: { 'X-Request-ID': 't-1' } })
      expect([taken.headers.get('x-request-id'), taken.headers.get('x-ratelimit-remaining')]).toEqual([
        't-1',
        '8',
      ])
      expect((await readAnswer(taken)).body).toEqual(answerOf('conflict').body)
      const own = await ask('/own')
      expect([own.status, await own.text()]).toEqual([418, 'own'])
      const others = [
        await ask('/unforeseen'),
        await ask('/nowhere'),
        await ask('/', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a' }),
      ]
      expect(await Promise.all(others.map(async (answer) => (await readAnswer(answer)).body))).toMatchObject([
        { code: 'unrecognized' },
        { code: 'not-found' },
        // The JSON parser of Fastify 4 marks nothing.
        { code: platform === 'express' ? 'malformed-body' : 'malformed-request' },
      ])
      expect((await ask('/', { method: 'POST' })).status).toBe(201)
    },
  )
  expect(log.map(([level]) => level)).toEqual(['info', 'error', 'info', 'info'])
})

function fail(): never {
  throw conflict()
}
