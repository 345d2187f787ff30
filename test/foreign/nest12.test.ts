import { expect, test } from 'vitest'
import { readAnswer } from '../support/answers.ts'
import { conditionCatalog } from '../support/conditions.ts'
import { nestOf, runningOn } from '../support/nest-version.ts'
import { recorder } from '../support/served.ts'
import { answerOf } from '../support/stacks.ts'

function fail(): never {
  throw (conditionCatalog.errors as unknown as Record<string, () => Error>)['conflict']!()
}

test('bizerror/nest answers in Nest 12', async () => {
  const nest = await nestOf(import.meta.dirname)
  expect(nest.require('@nestjs/core/package.json')).toMatchObject({
    version: expect.stringMatching(/^12\./) as string,
  })
  const { ExpressAdapter } = nest.require('@nestjs/platform-express') as Record<string, new () => never>
  const { options, log } = recorder()
  await runningOn(
    nest,
    new ExpressAdapter!(),
    { ...options, catalog: conditionCatalog },
    fail,
    async (ask) => {
      const taken = await ask('/', { headers: { 'X-Request-ID': 't-1' } })
      expect(taken.headers.get('x-request-id')).toBe('t-1')
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
        { code: 'malformed-body' },
      ])
    },
  )
  expect(log.map(([level]) => level)).toEqual(['info', 'error', 'info', 'info'])
})
